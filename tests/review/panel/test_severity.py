"""Severities against full least squares on dummy variables, and against planted truth."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.panel.severity import Scored, severities


def by_dummies(sheets: list[Scored], ridge: float = 0.0) -> dict[str, float]:
    """The same model as one big least squares: a dummy for each unit and each rater."""
    units = sorted({s.unit for s in sheets})
    raters = sorted({s.rater for s in sheets})
    design = np.zeros((len(sheets) + len(raters), len(units) + len(raters)))
    target = np.zeros(len(design))
    for row, sheet in enumerate(sheets):
        design[row, units.index(sheet.unit)] = 1
        design[row, len(units) + raters.index(sheet.rater)] = 1
        target[row] = sheet.total
    for column in range(len(raters)):
        design[len(sheets) + column, len(units) + column] = np.sqrt(ridge)
    solution = np.linalg.lstsq(design, target, rcond=None)[0][len(units) :]
    return dict(zip(raters, solution - solution.mean(), strict=True))


def table(rows: dict[str, dict[str, int]]) -> list[Scored]:
    return [Scored(unit, rater, total) for unit, row in rows.items() for rater, total in row.items()]


def full(units: int, raters: int, seed: int, missing: int = 0) -> list[Scored]:
    rng = np.random.default_rng(seed)
    quality, severity = rng.normal(80, 6, units), rng.normal(0, 5, raters)
    sheets = [
        Scored(f"U{i:03}", f"E{j:02}", int(np.clip(round(quality[i] + severity[j] + rng.normal(0, 3)), 0, 100)))
        for i in range(units)
        for j in range(raters)
    ]
    drop = set(rng.choice(len(sheets), missing, replace=False).tolist())
    return [sheet for index, sheet in enumerate(sheets) if index not in drop]


def test_a_strict_rater_of_a_complete_table_is_so_many_points_below_the_mean() -> None:
    units = {f"U{n:02}": {"E1": 70 + n, "E2": 76 + n, "E3": 82 + n} for n in range(12)}
    found = severities(table(units))
    assert found is not None
    assert found.by_rater == pytest.approx({"E1": -6, "E2": 0, "E3": 6})
    assert (found.comparable, found.shrunk) == (True, False)
    assert found.sigma == pytest.approx(0, abs=1e-9)


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 10_000), missing=st.integers(0, 60))
def test_severities_agree_with_dummy_variables(seed: int, missing: int) -> None:
    sheets = full(30, 8, seed, missing)
    found = severities(sheets)
    assert found is not None and not found.shrunk
    assert found.by_rater == pytest.approx(by_dummies(sheets), abs=1e-8)


def test_planted_severities_come_back_although_each_rater_saw_other_units() -> None:
    rng = np.random.default_rng(7)
    truth = {f"E{j:02}": b for j, b in enumerate([-8, -4, -2, 0, 0, 2, 4, 8])}
    sheets = [
        Scored(f"U{i:03}", rater, int(70 + i % 20 + truth[rater]))
        for i in range(60)
        for rater in rng.choice(sorted(truth), 5, replace=False)
    ]
    found = severities(sheets)
    assert found is not None
    assert found.by_rater == pytest.approx(truth, abs=1e-9)


def test_two_panels_that_share_no_unit_are_not_comparable() -> None:
    one = [Scored(f"U{i}", f"E{j}", 80 + j) for i in range(12) for j in range(2)]
    two = [Scored(f"V{i}", f"F{j}", 60 + 4 * j) for i in range(12) for j in range(2)]
    found = severities(one + two)
    assert found is not None
    assert not found.comparable
    assert found.by_rater == pytest.approx({"E0": -0.5, "E1": 0.5, "F0": -2, "F1": 2})


def test_few_sheets_shrink_the_severities_as_ridge_does() -> None:
    sheets = full(8, 5, seed=3)
    found = severities(sheets)
    assert found is not None and found.shrunk and found.sigma is not None
    plain = by_dummies(sheets)
    # complete table of 8 x 5: S = 8 (I - J/5), so trace of its inverse is 4/8 and shrinkage is 8 / (8 + lambda)
    between = (sum(b * b for b in plain.values()) - found.sigma**2 * 4 / 8) / 4
    ridge = found.sigma**2 / between
    assert found.by_rater == pytest.approx({code: b * 8 / (8 + ridge) for code, b in plain.items()})
    assert found.by_rater == pytest.approx(by_dummies(sheets, ridge))


def test_raters_who_differ_by_chance_alone_are_left_alone() -> None:
    sheets = table({"U1": {"A": 80, "B": 70}, "U2": {"A": 70, "B": 80}, "U3": {"A": 75, "B": 76}})
    found = severities(sheets)
    assert found is not None
    assert found.by_rater == {"A": 0.0, "B": 0.0}


def test_without_a_degree_of_freedom_nothing_is_said() -> None:
    assert severities([Scored("U1", "E1", 80), Scored("U1", "E2", 70)]) is None


def test_no_sheets_have_no_severities() -> None:
    assert severities([]) is None


def test_a_constant_rater_is_a_rater_like_others() -> None:
    sheets = [Scored(f"U{i}", "E1", 80) for i in range(12)] + [Scored(f"U{i}", "E2", 70 + i) for i in range(12)]
    found = severities(sheets)
    assert found is not None
    assert found.by_rater == pytest.approx({"E1": 2.25, "E2": -2.25})
