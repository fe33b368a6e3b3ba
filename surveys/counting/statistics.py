"""Exact arithmetic over counted values: no float is ever formed, so that a recount gives the same digits.

Source: docs/rules.md, "Surveys", "From answers to figures", and "Rounding".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isqrt

LEAST_FOR_SPREAD = 3
"""Fewest values of which a spread is told."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What was answered about one unit by one set of respondents.

    n: valid answers. dont_know: answers without a value. total, squares: sums of the values and of their squares as
    whole numbers, the values counted in parts of 1/scale. options: count per graded option, () where a value is made
    of several answers.
    """

    n: int = 0
    dont_know: int = 0
    total: int = 0
    squares: int = 0
    scale: int = 1
    options: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.n or self.dont_know)

    def mean(self) -> Fraction | None:
        """Mean of the values, exact; None of no value."""
        return Fraction(self.total, self.n * self.scale) if self.n else None

    def variance(self) -> Fraction | None:
        """Sample variance, exact; None of fewer than three values."""
        if self.n < LEAST_FOR_SPREAD:
            return None
        return Fraction(self.squares * self.n - self.total**2, self.n * (self.n - 1) * self.scale**2)

    def spread(self) -> Decimal | None:
        """Standard deviation to three places."""
        variance = self.variance()
        return None if variance is None else root(variance)

    def standard_error(self) -> Decimal | None:
        """Standard deviation over the root of n, to three places."""
        variance = self.variance()
        return None if variance is None else root(variance / self.n)

    def plain(self) -> list[object]:
        """All of it as whole numbers, for the digest of what was counted."""
        return [self.n, self.dont_know, self.total, self.squares, self.scale, list(self.options)]


def pooled(parts: Iterable[Sums]) -> Sums:
    """Take several sets of respondents of one measure together."""
    some = [part for part in parts if part]
    if len(some) < 2:
        return some[0] if some else Sums()
    whole = some[0]
    for part in some[1:]:
        whole = Sums(
            whole.n + part.n,
            whole.dont_know + part.dont_know,
            whole.total + part.total,
            whole.squares + part.squares,
            part.scale,
            added(whole.options, part.options),
        )
    return whole


def added(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    """Add counts per option; () stands for none."""
    if not one or not other:
        return one or other
    return tuple(a + b for a, b in zip(one, other, strict=True))


def weighted_mean(values: Sequence[tuple[Fraction, Decimal]]) -> Fraction:
    """Mean of (weight, stored value); at least one, weights above 0."""
    return sum((weight * Fraction(value) for weight, value in values), Fraction(0)) / _weight(values)


def weighted_error(errors: Sequence[tuple[Fraction, Decimal]]) -> Decimal:
    """Standard error of a weighted mean of independent values: the root of the sum of w² se², over the sum of w."""
    squares = sum((weight * weight * Fraction(error) ** 2 for weight, error in errors), Fraction(0))
    return root(squares / _weight(errors) ** 2)


def three_places_of(value: Fraction) -> Decimal:
    """Round a value of 0 or more to three places, half up, from its exact form."""
    return Decimal((2000 * value.numerator + value.denominator) // (2 * value.denominator)).scaleb(-3)


def root(value: Fraction) -> Decimal:
    """Square root of a value of 0 or more to three places, half up, in whole numbers."""
    doubled = isqrt(4_000_000 * value.numerator // value.denominator)
    return Decimal((doubled + 1) // 2).scaleb(-3)


def _weight(pairs: Sequence[tuple[Fraction, Decimal]]) -> Fraction:
    return sum((weight for weight, _ in pairs), Fraction(0))
