"""The official figure of a panel: a mean without one highest and one lowest sheet, and its error."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from database.columns import three_places


@dataclass(frozen=True, slots=True)
class TrimmedMean:
    """A mean of sheet totals after the extremes were dropped.

    n: sheets before dropping; used: sheets in the mean; lows, highs: what was dropped.
    spread: standard deviation of the sheets that are in the mean; error: standard error of the mean after
    Yuen (1974). Both are None below three sheets: two say nothing about a spread.
    """

    value: float
    n: int
    used: int
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    spread: float | None
    error: float | None


def trimmed_mean(totals: Sequence[float], *, trim: int, trim_from: int) -> TrimmedMean | None:
    """Mean of totals (0-100) after the `trim` lowest and highest are dropped; None of none.

    With fewer than `trim_from` totals nothing is dropped. Of tied extremes only `trim` copies go.
    The error replaces the dropped values by their neighbours (winsorised) and divides their standard
    deviation by (1 - 2 * trim / n) * sqrt(n).
    Source: docs/rules.md, "Panel"; Yuen, Biometrika 61 (1974).
    """
    n = len(totals)
    if n == 0:
        return None
    ordered = sorted(totals)
    cut = trim if n >= trim_from and n > 2 * trim else 0
    kept = ordered[cut : n - cut]
    winsorised = [kept[0]] * cut + kept + [kept[-1]] * cut
    return TrimmedMean(
        value=math.fsum(kept) / len(kept),
        n=n,
        used=len(kept),
        lows=tuple(ordered[:cut]),
        highs=tuple(ordered[n - cut :]),
        spread=_deviation(kept) if n >= 3 else None,
        error=_deviation(winsorised) / ((1 - 2 * cut / n) * math.sqrt(n)) if n >= 3 else None,
    )


def _deviation(values: Sequence[float]) -> float:
    """Standard deviation with n - 1; 0.0 of a single value."""
    if len(values) < 2:
        return 0.0
    mean = math.fsum(values) / len(values)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1))


def thousandths(value: float) -> Decimal:
    """A figure as it is stored: three decimals, half up.

    Nine decimals are taken first, so that a tie that binary fractions can't hold still counts as a tie.
    """
    return three_places(Decimal(repr(round(value, 9))))
