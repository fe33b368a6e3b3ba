"""The random block: units that a respondent is asked about without having chosen them."""

from collections.abc import Collection
from itertools import groupby
from random import Random

from surveys.instruments.freezing import Instrument, UnitFacts


def draw_block(instrument: Instrument, exclude: Collection[str], random: Random) -> tuple[str, ...]:
    """Draw the units of one respondent's block, in an order of their own.

    exclude: codes of the units rated in detail. random: seeded in a simulation, `random.SystemRandom` on pages.
    Each remaining unit has the same chance, so that all come to a similar number of raters without any counter being
    kept; and the block is spread over the categories, where the form asks for it, in proportion to their size.
    Source: docs/rules.md, "Surveys", "The random block": systematic sampling with a random start from a list that is
    shuffled within each category.
    """
    form = instrument.form
    left = [unit for unit in instrument.units if unit.code not in exclude]
    size = min(form.block_size, len(left))
    if not size:
        return ()
    ordered = _shuffled(left, random, by_category=form.block_strata == "category")
    step, start = len(ordered) / size, random.random()
    block = [ordered[int((start + place) * step)].code for place in range(size)]
    random.shuffle(block)
    return tuple(block)


def _shuffled(units: list[UnitFacts], random: Random, *, by_category: bool) -> list[UnitFacts]:
    if not by_category:
        return random.sample(units, len(units))
    parts = [list(part) for _, part in groupby(sorted(units, key=_category), key=_category)]
    random.shuffle(parts)
    return [unit for part in parts for unit in random.sample(part, len(part))]


def _category(unit: UnitFacts) -> str:
    return unit.category
