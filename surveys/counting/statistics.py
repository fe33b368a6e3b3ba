"""Exact arithmetic over counted values: no float is ever formed, so that a recount gives the same digits.

Source: docs/rules.md, "Surveys", "From answers to figures", and "Rounding".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
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

    def mean(self) -> Decimal | None:
        """Mean of the values to three places; None of no value."""
        return rounded(self.total, self.n * self.scale) if self.n else None

    def spread(self) -> Decimal | None:
        """Sample standard deviation to three places; None of fewer than three values."""
        return rounded_root(*self._variance()) if self.n >= LEAST_FOR_SPREAD else None

    def standard_error(self) -> Decimal | None:
        """Standard deviation over the root of n, to three places; None of fewer than three values."""
        if self.n < LEAST_FOR_SPREAD:
            return None
        over, under = self._variance()
        return rounded_root(over, under * self.n)

    def _variance(self) -> tuple[int, int]:
        over = self.squares * self.n - self.total**2
        return over, self.n * (self.n - 1) * self.scale**2

    def spelled(self) -> str:
        """All of it as text, for the digest of what was counted."""
        return f"{self.n} {self.dont_know} {self.total} {self.squares} {self.scale} {self.options}"


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


def weighted_mean(values: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    """Mean of (weight, value) to three places. Both have three places at most; at least one, weights above 0."""
    pairs = [(_thousandths(weight), _thousandths(value)) for weight, value in values]
    return rounded(sum(weight * value for weight, value in pairs), 1000 * sum(weight for weight, _ in pairs))


def weighted_error(errors: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    """Standard error of a weighted mean of independent values: the root of the sum of w² se², over the sum of w."""
    pairs = [(_thousandths(weight), _thousandths(error)) for weight, error in errors]
    squares = sum((weight * error) ** 2 for weight, error in pairs)
    return rounded_root(squares, (1000 * sum(weight for weight, _ in pairs)) ** 2)


def rounded(over: int, under: int) -> Decimal:
    """Quotient of 0 or more, to three places, half up."""
    return Decimal((2000 * over + under) // (2 * under)).scaleb(-3)


def rounded_root(over: int, under: int) -> Decimal:
    """Square root of a quotient of 0 or more, to three places, half up."""
    doubled = isqrt(4_000_000 * over // under)
    return Decimal((doubled + 1) // 2).scaleb(-3)


def _thousandths(value: Decimal) -> int:
    return int(value.scaleb(3))
