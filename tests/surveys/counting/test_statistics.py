"""Exact figures against Python's own fractions, decimals of sixty digits, and its statistics module."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from statistics import mean, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.counting.statistics import Sums, pooled, rounded, rounded_root, weighted_error, weighted_mean

values = st.lists(st.sampled_from([Fraction(v) for v in (100, 80, 60, 30, 0)] + [Fraction(115, 2), Fraction(175, 3)]))
thousandths = st.integers(0, 100_000).map(lambda n: Decimal(n).scaleb(-3))
weights = st.integers(1, 40_000).map(lambda n: Decimal(n).scaleb(-3))


def sums(some, scale=6):
    whole = [int(value * scale) for value in some]
    return Sums(len(some), 0, sum(whole), sum(value * value for value in whole), scale)


def half_up(number: Fraction) -> Decimal:
    with localcontext(prec=60):
        exact = Decimal(number.numerator) / Decimal(number.denominator)
        return exact.quantize(Decimal("0.001"), ROUND_HALF_UP)


def half_up_root(number: Fraction) -> Decimal:
    with localcontext(prec=60):
        exact = (Decimal(number.numerator) / Decimal(number.denominator)).sqrt()
        return exact.quantize(Decimal("0.001"), ROUND_HALF_UP)


@given(values)
def test_mean_spread_and_error_are_those_of_the_statistics_module(some):
    found = sums(some)
    assert found.mean() == (half_up(mean(some)) if some else None)
    if len(some) < 3:
        assert (found.spread(), found.standard_error()) == (None, None)
    else:
        assert found.spread() == half_up_root(variance(some))
        assert found.standard_error() == half_up_root(Fraction(variance(some)) / len(some))


@given(values, values)
def test_pooled_respondents_are_as_if_they_had_been_one_group(some, others):
    assert pooled([sums(some), sums(others)]) == (sums(some + others) if some or others else Sums())


@given(st.lists(st.tuples(weights, thousandths), min_size=1, max_size=9))
def test_the_weighted_mean_and_its_error_are_exact(pairs):
    total = sum(Fraction(weight) for weight, _ in pairs)
    by_hand = sum(Fraction(weight) * Fraction(value) for weight, value in pairs) / total
    assert weighted_mean(pairs) == half_up(by_hand)
    squares = sum((Fraction(weight) * Fraction(value)) ** 2 for weight, value in pairs)
    assert weighted_error(pairs) == half_up_root(squares / total**2)


@pytest.mark.parametrize(
    ("over", "under", "told"), [(1, 2000, "0.001"), (1, 2001, "0.000"), (2, 3, "0.667"), (100, 1, "100.000")]
)
def test_a_half_is_rounded_up(over, under, told):
    assert str(rounded(over, under)) == told


def test_the_root_of_a_half_is_rounded_up():
    assert rounded_root(25, 100_000_000) == Decimal("0.001")  # the root of 0.00000025 is 0.0005
    assert rounded_root(24, 100_000_000) == 0
