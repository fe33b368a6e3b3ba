"""Ranks. Pure."""

from collections.abc import Mapping
from decimal import Decimal


def competition_ranks(totals: Mapping[str, Decimal]) -> dict[str, int]:
    """Ranks 1, 2, 2, 4 by falling total, compared on the three decimals that are kept.

    Equal totals share the better rank, and the next rank is left out. Rule: docs/rules.md, "Ranks".
    """
    above: dict[Decimal, int] = {}
    for place, total in enumerate(sorted(totals.values(), reverse=True), start=1):
        above.setdefault(total, place)
    return {name: above[total] for name, total in totals.items()}
