"""The arithmetic of mutual evaluation, by hand and against scipy."""

import random
from decimal import Decimal

import numpy as np
import pytest
from scipy.stats import trim_mean
from scipy.stats.mstats import trimmed_stde

from review.peers.counting import item_figures, total
from tests.review.peers.forms import FORM

VALUES = {"A": 100, "B": 85, "C": 70, "D": 50}


def test_figures_of_twenty_grades_worked_out_by_hand():
    # 20 valid: one is dropped at each end, one A and one D; 4 A, 10 B, 4 C are left: (400 + 850 + 280) / 18 = 85
    figures = item_figures(FORM, ["A"] * 5 + ["B"] * 10 + ["C"] * 4 + ["D"] + ["dk"] * 7)
    assert (figures.n, figures.used, figures.dont_know) == (20, 18, 7)
    assert figures.counts == {"A": 5, "B": 10, "C": 4, "D": 1, "dk": 7}
    assert figures.value == Decimal("85.000")
    # squares about 84: 5 * 256 + 10 * 1 + 4 * 196 + 1156 = 3230; 3230 / 19 = 170
    assert figures.spread == Decimal("13.038")


@pytest.mark.parametrize(("n", "used"), [(19, 19), (20, 18), (39, 37), (40, 36), (100, 90)])
def test_the_number_dropped_is_a_whole_twentieth_of_the_valid_grades(n, used):
    assert item_figures(FORM, ["B"] * n + ["dk"] * 50).used == used


def test_trimming_agrees_with_scipy_on_random_grades():
    drawn = random.Random(7)
    for _ in range(200):
        grades = drawn.choices("ABCD", k=drawn.randint(3, 120))
        values = np.array([VALUES[grade] for grade in grades], dtype=float)
        figures = item_figures(FORM, grades)
        assert float(figures.value) == pytest.approx(trim_mean(values, 0.05), abs=0.000501)
        assert float(figures.spread) == pytest.approx(values.std(ddof=1), abs=0.000501)


@pytest.mark.parametrize("n", [20, 40, 60, 100])  # where a twentieth is whole, scipy's cut is ours
def test_the_standard_error_agrees_with_scipy(n):
    values = [100, 85, 70, 50]
    grades = random.Random(n).choices("ABCD", k=n)
    expected = trimmed_stde(np.array([values["ABCD".index(grade)] for grade in grades], float), (0.05, 0.05))
    assert float(item_figures(FORM, grades).error) == pytest.approx(expected, abs=0.000501)


def test_nothing_is_made_up_where_nobody_knows():
    figures = item_figures(FORM, ["dk"] * 100)
    assert (figures.n, figures.value, figures.spread, figures.error) == (0, None, None, None)


def test_two_grades_have_a_mean_and_no_spread():
    figures = item_figures(FORM, ["A", "B"])
    assert (figures.value, figures.spread, figures.error) == (Decimal("92.500"), None, None)


def test_a_half_thousandth_is_rounded_up():
    # 85 + 15/16 = 85.9375 exactly
    assert item_figures(FORM, ["A"] + ["B"] * 15).value == Decimal("85.938")


def test_the_total_weighs_the_stored_values():
    given = {"p_duty": ["A"], "p_coop": ["B"] * 2 + ["A"], "p_innov": ["D"]}
    # 40 % of 100 + 30 % of 90 + 30 % of 50
    assert total(FORM, {item: item_figures(FORM, grades) for item, grades in given.items()}) == Decimal("82.000")


def test_a_missing_item_leaves_no_total():
    given = {"p_duty": ["A"], "p_coop": ["dk"], "p_innov": ["D"]}
    assert total(FORM, {item: item_figures(FORM, grades) for item, grades in given.items()}) is None
