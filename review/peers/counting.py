"""From the grades that a unit received to its figures: pure arithmetic, exact until the last step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from review.peers.form import DONT_KNOW, Form

_LEAST_FOR_SPREAD = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """What one unit received in one item.

    n: valid grades, those that were trimmed included. used: grades in the mean. value: 0-100, None without a valid
    grade. spread: standard deviation of all valid grades, None below three. error: standard error of the mean.
    """

    n: int
    dont_know: int
    counts: Mapping[str, int]
    used: int
    value: Decimal | None
    spread: Decimal | None
    error: Decimal | None


def item_figures(form: Form, grades: Sequence[str]) -> Figures:
    """Figures of one unit and item from the grade codes that the others gave.

    The mean is taken after `trim_percent` of the valid grades are dropped on each side, k = n * percent // 100 in
    whole numbers; "don't know" stands outside both. Source: docs/rules.md, "Mutual evaluation".
    """
    counts = Counter(grades)
    values = sorted(value for grade in grades if (value := form.value_of(grade)) is not None)
    k = len(values) * form.trim_percent // 100
    return Figures(
        n=len(values),
        dont_know=counts[DONT_KNOW],
        counts={each.code: counts[each.code] for each in form.scale},
        used=len(values) - 2 * k,
        value=_kept(trimmed_mean(values, k)) if values else None,
        spread=_kept_root(variance(values)) if len(values) >= _LEAST_FOR_SPREAD else None,
        error=_standard_error(values, k),
    )


def trimmed_mean(values: Sequence[int], k: int) -> Fraction:
    """Mean of ascending values after k are dropped at each end; needs more than 2k values."""
    rest = values[k : len(values) - k]
    return Fraction(sum(rest), len(rest))


def variance(values: Sequence[int]) -> Fraction:
    """Sample variance (divisor n - 1) of at least two values."""
    mean = Fraction(sum(values), len(values))
    return sum(((value - mean) ** 2 for value in values), Fraction()) / (len(values) - 1)


def total(form: Form, by_item: Mapping[str, Figures]) -> Decimal | None:
    """Weighted mean of the items' stored values; None while an item has none, for a missing part is never 0."""
    parts = [(item.weight, by_item[item.code].value) for item in form.items]
    if any(value is None for _, value in parts):
        return None
    weighted = sum((Fraction(weight) * Fraction(value) for weight, value in parts if value is not None), Fraction())
    return _kept(weighted / sum(weight for weight, _ in parts))


def _standard_error(values: Sequence[int], k: int) -> Decimal | None:
    """Yuen's: spread of the values with the dropped ones replaced by their neighbours, over (1 - 2k/n) sqrt(n)."""
    n = len(values)
    if n < _LEAST_FOR_SPREAD:
        return None
    winsorised = [values[k]] * k + list(values[k : n - k]) + [values[n - k - 1]] * k
    return _kept_root(variance(winsorised) / ((1 - Fraction(2 * k, n)) ** 2 * n))


def _kept(exact: Fraction) -> Decimal:
    return Decimal(int((exact * 1000 * 2 + 1) // 2)).scaleb(-3)


def _kept_root(exact: Fraction) -> Decimal:
    root = (Decimal(exact.numerator) / Decimal(exact.denominator)).sqrt()
    return root.quantize(Decimal("0.001"), ROUND_HALF_UP)
