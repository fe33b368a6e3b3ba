"""What is measured: which answers make one respondent's value of one unit, and what that value is.

Pure: forms and codes in, fractions out. Source: docs/rules.md, "Surveys", "One respondent, one value".
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import lcm, prod

from surveys.instruments.forms import Form, Item, Section
from tallies.measures import ITEM, SAT_RATE, SAT_SCORE

Value = Fraction | None
"""A respondent's value of a unit, 0-100; None is "don't know"."""


@dataclass(frozen=True)
class Source:
    """One place of a form where units are graded, with the items that make the value there.

    where: field of the record that holds the grades of a place, "" for items that stand alone. place: "slots" of a
    section asked for each chosen unit, "block", "all" units, or the unit that the right has "preset".
    picker: the field that says which units the slots are about.
    """

    place: str
    where: str
    picker: str
    items: tuple[Item, ...]

    @property
    def bases(self) -> tuple[int, ...]:
        """How many codes each item may have, the blank included."""
        return tuple(len(item.options) + 1 for item in self.items)

    @property
    def patterns(self) -> int:
        """How many combinations of codes there are; 0 is the one in which all are blank."""
        return prod(self.bases)

    def codes_of(self, pattern: int) -> tuple[int, ...]:
        """Take a combination apart: the code of each item, 0 for a blank."""
        codes = []
        for base in self.bases:
            pattern, code = divmod(pattern, base)
            codes.append(code)
        return tuple(codes)


@dataclass(frozen=True)
class Measure:
    """One measure of the tally and the value it makes of a combination of codes."""

    name: str
    object: str
    sources: tuple[Source, ...]
    value: Callable[[Source, tuple[int, ...]], Value]

    @cached_property
    def graded(self) -> tuple[int, ...]:
        """Codes of the graded options of which a distribution can be told: those of a single item, else none."""
        scales = {item.options for source in self.sources for item in source.items}
        if len(scales) != 1 or any(len(source.items) > 1 for source in self.sources):
            return ()
        return tuple(code for code, option in enumerate(next(iter(scales)), start=1) if not option.dont_know)


def measures_of(form: Form, points: Mapping[str, Decimal]) -> list[Measure]:
    """List what a form measures of units: the score, the rate, and each level-3 dimension.

    points: level-3 indicator -> points, the weights of the dimensions in a respondent's mean.
    """
    whole = f"{form.indicator}_overall"
    places = list(_places(form))
    decisive = tuple(_decisive(source, whole) for source in places)
    least = _least_positive(form)
    measures = [
        Measure(SAT_SCORE, form.indicator, decisive, lambda source, codes: _mean(source, codes, points)),
        Measure(SAT_RATE, form.indicator, decisive, lambda source, codes: _rate(source, codes, points, least)),
    ]
    dimensions = dict.fromkeys(item.dimension for source in places for item in source.items)
    for dimension in dimensions:
        if dimension is not None and dimension != whole:
            parts = tuple(part for source in places if (part := _part(source, dimension)).items)
            measures.append(Measure(ITEM, dimension, parts, lambda source, codes: _mean(source, codes, {})))
    return measures if decisive else []


def _places(form: Form) -> Iterator[Source]:
    for section in form.sections:
        graded = tuple(item for item in section.items if item.dimension is not None and not item.reference_only)
        alone = tuple(item for item in graded if item.type == "rating")
        if alone and section.foreach is not None:
            yield Source("slots", section.id, section.foreach, alone)
        elif alone and form.preset_unit:
            yield Source("preset", "", "", alone)
        yield from (_grid(section, item) for item in graded if item.type == "rating_grid")


def _grid(section: Section, item: Item) -> Source:
    return Source("block" if item.rows_from == "random_block" else "all", item.id, "", (item,))


def _decisive(source: Source, whole: str) -> Source:
    """The items that decide: the overall grade where the place asks one, else all dimension items."""
    overall = tuple(item for item in source.items if item.dimension == whole)
    return Source(source.place, source.where, source.picker, overall or source.items)


def _part(source: Source, dimension: str) -> Source:
    items = tuple(item for item in source.items if item.dimension == dimension)
    return Source(source.place, source.where, source.picker, items)


def _mean(source: Source, codes: tuple[int, ...], points: Mapping[str, Decimal]) -> Value:
    """Mean of the graded items of each dimension, then of the dimensions weighted by their points.

    "Don't know" and blanks are left out of both sides; nothing left is None. A dimension without points weighs 1.
    """
    given: dict[str, list[int]] = {}
    for item, code in zip(source.items, codes, strict=True):
        value = item.options[code - 1].value if code else None
        if value is not None:
            given.setdefault(item.dimension or "", []).append(_thousandths(value))
    if not given:
        return None
    weights = {name: _thousandths(points.get(name, Decimal(1))) for name in given}
    # One fraction at the end: the means of the dimensions over the common multiple of their numbers of items.
    common = lcm(*(len(values) for values in given.values()))
    total = sum(weights[name] * sum(values) * (common // len(values)) for name, values in given.items())
    return Fraction(total, sum(weights.values()) * common * 1000)


def _thousandths(value: Decimal) -> int:
    return int(value.scaleb(3))


def _rate(source: Source, codes: tuple[int, ...], points: Mapping[str, Decimal], least: Fraction) -> Value:
    value = _mean(source, codes, points)
    return None if value is None else Fraction(100 if value >= least else 0)


def _least_positive(form: Form) -> Fraction:
    """The least value that counts as satisfied: the lowest of the scale's positive options."""
    values = [
        option.value
        for scale in form.scales.values()
        for option in scale.options
        if option.code in scale.positive and option.value is not None
    ]
    return Fraction(min(values)) if values else Fraction(0)
