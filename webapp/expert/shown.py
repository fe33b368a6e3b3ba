"""What the sheet pages show beside plain facts: figures of a whole list, put together from one read."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from review.panel.pace import Distribution, Drift, distribution, drift, mean_of
from review.panel.queries import Away, Chair, SheetList, UnitLine
from review.rubrics.rubric import Rubric
from webapp.language import either

FILTERS = ("all", "todo", "done", "noted")


def filtered(listed: SheetList, show: str) -> list[UnitLine]:
    """The lines of a list that a filter keeps; an unknown filter keeps all."""
    keeps = {
        "todo": lambda line: not line.done,
        "done": lambda line: line.done,
        "noted": lambda line: bool(line.note),
    }
    return [line for line in listed.lines if keeps.get(show, lambda _line: True)(line)]


def titles(rubric: Rubric, codes: Sequence[str]) -> list[str]:
    """The titles of some criteria of a rubric, in the page's language."""
    return [either(one.title.zh, one.title.en) for one in rubric.criteria if one.code in codes]


def names(units: Sequence[Away]) -> list[str]:
    """The names of units, in the page's language."""
    return [either(unit.name_zh, unit.name_en) for unit in units]


def by_category(lines: Sequence[UnitLine]) -> list[tuple[str, list[UnitLine]]]:
    """Lines in the order given, under their categories."""
    return [(category, list(group)) for category, group in groupby(lines, key=lambda line: line.category)]


@dataclass(frozen=True, slots=True)
class ObjectFigures:
    """One object over a whole list: the own distribution, and whether the scoring moved."""

    rubric: Rubric
    distribution: Distribution
    drift: Drift | None


def figures(chair: Chair, listed: SheetList) -> list[ObjectFigures]:
    """The own figures of every object that the seat scores."""
    return [_figures(chair, listed, rubric) for rubric in chair.own_rubrics]


def _figures(chair: Chair, listed: SheetList, rubric: Rubric) -> ObjectFigures:
    scored = [line for line in listed.lines if line.sheets[rubric.object].total is not None and line.at is not None]
    in_order = sorted(scored, key=lambda line: (line.at, line.code))
    totals = [total for line in in_order if (total := line.sheets[rubric.object].total) is not None]
    return ObjectFigures(rubric, distribution(totals, chair.rubrics), drift(totals))


@dataclass(frozen=True, slots=True)
class Compared:
    """Units of a category, or all, ordered by one object's own total, highest first; without a total last."""

    object: str
    category: str
    lines: list[UnitLine]
    mean: Decimal | None


def compared(chair: Chair, listed: SheetList, object_: str, category: str) -> Compared:
    """The table of comparison. object_: ordering column, else the first; category: a code, else all units."""
    objects = [rubric.object for rubric in chair.own_rubrics]
    chosen = object_ if object_ in objects else objects[0]
    lines = [line for line in listed.lines if not category or line.category == category]
    totals = [total for line in lines if (total := line.sheets[chosen].total) is not None]
    ordered = sorted(lines, key=lambda line: _height(line, chosen), reverse=True)
    return Compared(chosen, category, ordered, mean_of(totals))


def _height(line: UnitLine, object_: str) -> int:
    total = line.sheets[object_].total
    return -1 if total is None else total
