"""What may be shown, and that nothing hidden follows from it."""

from decimal import Decimal
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tallies.disclosure import COMPLEMENT, NOT_PUBLIC, TOO_FEW, Rules, disclose
from tallies.errors import ThresholdLowered
from tallies.rows import Row

RESIDENTS, DELEGATES, DEPUTIES = "G8_RESIDENT", "G1_PARTY_DEL", "G2_NPC_DEP"


def row(
    n: int,
    *,
    measure: str = "sat_score",
    unit: str = "U001",
    object: str = "SAT_PUBLIC",
    value: Decimal | None = Decimal("80"),
    **where: str,
) -> Row:
    return Row(
        measure=measure,
        unit_code=unit,
        object=object,
        n=n,
        counts=(n, 0, 0, 0, 0),
        value=value,
        reason=None if value else "too_few",
        spread=Decimal("10"),
        method="mean",
        input_digest="0" * 64,
        **where,
    )


def shown(rows: list[Row], audience: str = "internal", rules: Rules | None = None) -> list[str | None]:
    return [cell.hidden for cell in disclose(rows, audience, rules or Rules())]


@pytest.mark.parametrize(
    ("audience", "n", "hidden"),
    [("internal", 4, TOO_FEW), ("internal", 5, None), ("public", 9, TOO_FEW), ("public", 10, None)],
)
def test_a_cell_is_shown_from_its_audiences_threshold_on(audience, n, hidden):
    assert shown([row(n)], audience) == [hidden]


@pytest.mark.parametrize("where", [{"group": DELEGATES}, {"stratum": "S1_LEADERS"}, {"object": "SAT_LEADER"}])
def test_leaders_and_delegates_need_ten_inside_and_never_show_a_distribution(where):
    few, enough = row(9, **where), row(10, **where)
    assert shown([few]) == [TOO_FEW]
    [cell] = disclose([enough], "internal", Rules())
    assert (cell.n, cell.value, cell.counts, cell.spread) == (10, Decimal("80"), None, None)


def test_a_hidden_cell_holds_no_figure():
    [cell] = disclose([row(3)], "internal", Rules())
    assert {cell.n, cell.dk, cell.counts, cell.value, cell.spread, cell.se, cell.input_digest} == {None}


def test_one_hidden_group_takes_the_next_smallest_with_it():
    rows = [row(60), row(4, group="A"), row(16, group="B"), row(40, group="C")]
    assert shown(rows) == [None, TOO_FEW, COMPLEMENT, None]


def test_hidden_groups_that_together_are_too_few_take_another():
    rows = [row(44), row(2, group="A"), row(2, group="B"), row(40, group="C")]
    assert shown(rows) == [None, TOO_FEW, TOO_FEW, COMPLEMENT]


def test_an_empty_group_hides_nobody():
    rows = [row(43), row(3, group="A"), row(0, group="B"), row(40, group="C")]
    assert shown(rows) == [None, TOO_FEW, TOO_FEW, COMPLEMENT]


def test_what_one_measure_hides_another_does_not_show():
    whole = [row(60), row(4, group="A"), row(16, group="B"), row(40, group="C")]
    items = [row(58, object="X", measure="item"), row(16, group="B", object="X", measure="item")]
    assert shown(whole + items)[-1] == COMPLEMENT


def test_a_delegates_distribution_does_not_follow_from_the_total_and_the_rest():
    cells = disclose([row(50), row(20, group=DELEGATES), row(30, group=RESIDENTS)], "internal", Rules())
    assert [cell.counts for cell in cells] == [(50, 0, 0, 0, 0), None, None]
    assert [cell.n for cell in cells] == [50, 20, 30]


def test_a_panel_value_is_shown_from_seven_sheets_on_with_n_alone():
    few, enough = (row(n, measure="panel_score", object="FUN_ROUTINE") for n in (6, 7))
    assert shown([few]) == [TOO_FEW]
    [cell] = disclose([enough], "internal", Rules())
    assert (cell.n, cell.value, cell.counts, cell.spread, cell.se) == (7, Decimal("80"), None, None, None)


def test_the_leads_own_sheet_is_shown_inside_and_never_outside():
    sheet = [row(1, measure="bianban_score", object="FUN_ROUTINE")]
    assert shown(sheet) == [None]
    assert shown(sheet, "public") == [NOT_PUBLIC]


@pytest.mark.parametrize("lowered", [{"public": 9}, {"internal": 4}, {"guarded": 9}])
def test_a_threshold_can_not_be_lowered(lowered):
    with pytest.raises(ThresholdLowered):
        Rules(**lowered)


def test_a_rounds_rules_can_raise_a_threshold():
    assert shown([row(7)], rules=Rules.of({"k": {"internal": 8}})) == [TOO_FEW]


counts = st.integers(min_value=0, max_value=30)


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    """A city, its units, groups and channels, with all or some of the totals."""
    units = draw(st.sampled_from([("U1",), ("U1", "U2"), ("U1", "U2", "U3")]))
    groups = draw(st.sampled_from([(), (DELEGATES, RESIDENTS), (DELEGATES, DEPUTIES, RESIDENTS)]))
    channels = draw(st.sampled_from([(), ("C2", "C4")]))
    cells = list(product(units, groups or ("",), channels or ("",)))
    sizes = dict(zip(cells, draw(st.lists(counts, min_size=len(cells), max_size=len(cells))), strict=True))
    city = draw(st.booleans())
    rows = []
    for unit in (*units, "") if city else units:
        for group, channel in product((*groups, ""), (*channels, "")):
            n = sum(
                size
                for (u, g, c), size in sizes.items()
                if unit in (u, "") and group in (g, "") and channel in (c, "")
            )
            rows.append(row(n, unit=unit, group=group, channel=channel))
    return rows


def known_to_a_reader(rows: list[Row], hidden: list[bool]) -> list[bool]:
    """By brute force: a hidden n is known if the sums that hold among the rows leave it one value."""
    names = ("unit_code", "group", "channel")
    sums = []
    for at, total in enumerate(rows):
        for name in names:
            if getattr(total, name):
                continue
            others = [other for other in names if other != name]
            parts = [
                i
                for i, part in enumerate(rows)
                if getattr(part, name) and all(getattr(part, o) == getattr(total, o) for o in others)
            ]
            if parts:
                line = np.zeros(len(rows))
                line[at], line[parts] = -1, 1
                sums.append(line)
    unknown = [i for i, h in enumerate(hidden) if h]
    if not sums or not unknown:
        return [False] * len(rows)
    system = np.array(sums)[:, unknown]
    rank = np.linalg.matrix_rank(system)
    return [
        i in unknown and np.linalg.matrix_rank(np.vstack([system, np.eye(len(unknown))[unknown.index(i)]])) == rank
        for i in range(len(rows))
    ]


@settings(max_examples=100, deadline=None)
@given(tables(), st.sampled_from(["public", "internal"]))
def test_no_hidden_count_follows_from_the_shown_ones(rows, audience):
    cells = disclose(rows, audience, Rules())
    hidden = [cell.hidden is not None for cell in cells]
    assert not any(known_to_a_reader(rows, hidden))
    assert all(h for h, r in zip(hidden, rows, strict=True) if r.n < Rules().threshold(r, audience))


@settings(max_examples=100, deadline=None)
@given(tables())
def test_no_distribution_of_delegates_follows_from_the_shown_ones(rows):
    veiled = [cell.counts is None for cell in disclose(rows, "internal", Rules())]
    assert not any(known_to_a_reader(rows, veiled))
    assert all(v for v, r in zip(veiled, rows, strict=True) if r.group in (DELEGATES, DEPUTIES))


@settings(max_examples=100, deadline=None)
@given(tables())
def test_what_a_total_tells_of_its_hidden_parts_stands_on_enough_answers(rows):
    cells = disclose(rows, "internal", Rules())
    for at, total in enumerate(rows):
        if cells[at].hidden or total.group:
            continue
        parts = [
            part.n
            for part, cell in zip(rows, cells, strict=True)
            if part.group and cell.hidden and (part.unit_code, part.channel) == (total.unit_code, total.channel)
        ]
        assert not parts or sum(parts) >= 5


def test_a_cell_that_alone_joins_two_hidden_blocks_is_not_left_computable():
    groups, channels = ("A", "B", "C", "D"), ("1", "2", "3", "4")
    small = {(g, c) for g, c in product("AB", "12")} | {(g, c) for g, c in product("CD", "34")} | {("B", "3")}
    sizes = {(g, c): 3 if (g, c) in small else 20 for g, c in product(groups, channels)}
    rows = [
        row(
            sum(n for (g, c), n in sizes.items() if group in (g, "") and channel in (c, "")),
            group=group,
            channel=channel,
        )
        for group, channel in product((*groups, ""), (*channels, ""))
    ]
    small_alone = [(r.group, r.channel) in small for r in rows]
    assert sum(known_to_a_reader(rows, small_alone)) == 1
    assert not any(known_to_a_reader(rows, [h is not None for h in shown(rows)]))


def test_a_group_left_out_of_the_total_does_not_follow_from_the_channels():
    rows = [
        row(40),
        row(4, group="G6_SOCIAL_ORG", value=None),
        row(40, group=RESIDENTS),
        row(24, channel="C2_ONLINE"),
        row(20, channel="C4_PHONE"),
    ]
    # The channels hold 44, the total 40: one channel shown less, and 44 - 40 would tell the four.
    assert shown(rows) == [None, TOO_FEW, None, None, COMPLEMENT]


@settings(max_examples=100, deadline=None)
@given(st.lists(counts, min_size=2, max_size=4), st.lists(st.integers(0, 3), min_size=2, max_size=3), st.booleans())
def test_with_groups_left_out_no_hidden_count_follows_either(sizes, cuts, internal):
    assume(max(sizes) >= 10)
    groups = [f"G{place}" for place in range(len(sizes))]
    whole = sum(sizes)
    rows = [row(sum(n for n in sizes if n >= 10))]
    rows += [row(n, group=g, value=None if n < 10 else Decimal(80)) for g, n in zip(groups, sizes, strict=True)]
    channels = [whole * cut // (sum(cuts) or 1) for cut in cuts]
    channels[-1] += whole - sum(channels)
    rows += [row(n, channel=f"C{place}") for place, n in enumerate(channels)]
    hidden = [why is not None for why in shown(rows, "internal" if internal else "public")]
    kept = [0.0] + [-1.0 if n >= 10 else 0.0 for n in sizes] + [0.0] * len(channels)
    kept[0] = 1.0
    everybody = [0.0] + [1.0] * len(sizes) + [-1.0] * len(channels)
    unknown = [place for place, h in enumerate(hidden) if h]
    system = np.array([kept, everybody])[:, unknown] if unknown else np.zeros((2, 0))
    rank = np.linalg.matrix_rank(system) if unknown else 0
    for place in range(len(unknown)):
        assert np.linalg.matrix_rank(np.vstack([system, np.eye(len(unknown))[place]])) == rank + 1
