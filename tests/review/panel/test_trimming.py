"""The trimmed mean against calculation by hand and against scipy."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from review.panel.trimming import thousandths, trimmed_mean

SEVEN = [60, 71, 80, 82, 85, 90, 99]


def test_of_seven_sheets_the_lowest_and_the_highest_are_dropped() -> None:
    result = trimmed_mean(SEVEN, trim=1, trim_from=7)
    assert result is not None
    # by hand: (71 + 80 + 82 + 85 + 90) / 5 = 408 / 5
    assert (result.value, result.n, result.used, result.lows, result.highs) == (81.6, 7, 5, (60,), (99,))


def test_the_error_is_that_of_yuen() -> None:
    result = trimmed_mean(SEVEN, trim=1, trim_from=7)
    assert result is not None and result.error is not None
    # by hand: winsorised 71 71 80 82 85 90 90, mean 569/7, squares 379.42857, SD sqrt(379.42857 / 6) = 7.95224;
    # 7.95224 / ((1 - 2/7) * sqrt(7)) = 4.20793
    assert result.error == pytest.approx(4.20793, abs=1e-5)


def test_of_six_sheets_none_is_dropped() -> None:
    result = trimmed_mean(SEVEN[:6], trim=1, trim_from=7)
    assert result is not None
    assert (result.value, result.used, result.lows, result.highs) == (78.0, 6, (), ())


def test_of_tied_extremes_one_copy_goes() -> None:
    result = trimmed_mean([70, 70, 70, 80, 90, 90, 90], trim=1, trim_from=7)
    assert result is not None
    assert (result.value, result.lows, result.highs) == (80.0, (70,), (90,))


@pytest.mark.parametrize("totals", [[80], [70, 90]])
def test_two_sheets_have_a_mean_but_no_spread(totals: list[int]) -> None:
    result = trimmed_mean(totals, trim=1, trim_from=7)
    assert result is not None
    assert (result.value, result.spread, result.error) == (80.0, None, None)


def test_no_sheet_has_no_mean() -> None:
    assert trimmed_mean([], trim=1, trim_from=7) is None


@given(st.lists(st.integers(0, 100), min_size=7, max_size=30))
@example([0, 0, 0, 0, 0, 97, 97])
def test_mean_and_error_agree_with_scipy(totals: list[int]) -> None:
    result = trimmed_mean(totals, trim=1, trim_from=7)
    assert result is not None
    cut = 1.0000001 / len(totals)
    assert result.value == pytest.approx(stats.trim_mean(totals, cut))
    limits = (cut, cut)
    # The cut stands a hair above 1/n, so that scipy drops exactly one; it also divides by 1 - 2 * cut: taken back.
    told = float(stats.mstats.trimmed_stde(totals, limits=limits, inclusive=(True, True)))
    assert result.error == pytest.approx(told * (1 - 2 * cut) / (1 - 2 / len(totals)), abs=1e-6)


@pytest.mark.parametrize(
    ("value", "stored"),
    [(86.0625, "86.063"), (81.6, "81.600"), (1.0005, "1.001"), (2.0015, "2.002"), (1 / 3, "0.333")],
)
def test_a_figure_is_stored_with_three_decimals_half_up(value: float, stored: str) -> None:
    assert thousandths(value) == Decimal(stored)
