"""What a page asks, in which order and of which unit: a questionnaire unrolled for one respondent."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from surveys.instruments.checking import Raw
from surveys.instruments.conditions import (
    Answered,
    Answers,
    Condition,
    Contains,
    CountAtLeast,
    Every,
    Is,
    LeastAtMost,
    Not,
)
from surveys.instruments.forms import Form, Item, Section
from surveys.instruments.freezing import UnitFacts
from webapp.language import either

Units = Mapping[str, UnitFacts]
THANKS = "thanks"
"""The note that a form ends with after it was sent; the receipt's page has words of its own for it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as a page shows it.

    name: its field; of a grid, the part before the unit. unit: whom it is about, if anybody.
    when: the skip condition for the page's script, as JSON; empty where it is always asked.
    rows: the units of a grid.
    """

    item: Item
    name: str
    unit: UnitFacts | None
    when: str
    rows: tuple[UnitFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Screen:
    """The questions of a section, or of a section about one unit; of, among: its place in a series of units."""

    section: str
    unit: UnitFacts | None
    of: int
    among: int
    when: str
    asked: tuple[Asked, ...]


def parts(form: Form) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """Cut a form where its first page ends: before the first section that depends on the respondent's own units."""
    cut = next(
        (
            at
            for at, section in enumerate(form.sections)
            if section.foreach or any(item.rows_from == "random_block" for item in section.items)
        ),
        0,
    )
    return form.sections[:cut], form.sections[cut:]


def screens(
    sections: Iterable[Section],
    units: Units,
    *,
    given: Raw | None = None,
    block: Sequence[str] = (),
    preset: str | None = None,
    contact: bool = False,
) -> list[Screen]:
    """Unroll sections for one respondent.

    given: what was answered on earlier pages; a section whose condition it already refuses is left out.
    block: the units of the random block; preset: the unit that the right fixes; contact: whether personal
    information is asked.
    """
    earlier = Answers({name: tuple(values) for name, values in (given or {}).items() if any(values)})
    about = units.get(preset or "")
    found: list[Screen] = []
    chosen: set[str] = set()
    for section in sections:
        if section.foreach is None:
            if _may_hold(section.relevant, earlier):
                rows = tuple(units[code] for code in block if code in units and code not in chosen)
                found.append(_screen(section, about, _shown(section, contact), units, rows=rows))
        elif section.relevant is None or section.relevant.holds(earlier):
            codes = [code for code in dict.fromkeys((given or {}).get(section.foreach, ())) if code in units]
            chosen.update(codes)
            for place, code in enumerate(codes, start=1):
                items = _shown(section, contact)
                found.append(_screen(section, units[code], items, units, place=place, among=len(codes)))
    return found


def spoken(words: Any, unit: UnitFacts | None = None, *, headed: bool = False) -> str:
    """A text of the questionnaire in the page's language, with the unit's name in its place.

    headed: the unit's name stands above already, so that a label doesn't begin with it again.
    """
    text = either(words.zh, words.en)
    if headed and text.startswith("{unit}"):
        text = text.removeprefix("{unit}").lstrip("：: ")
        text = text[:1].upper() + text[1:]
    return text if unit is None else text.replace("{unit}", unit_name(unit))


def breaking(label: str) -> Markup:
    """A short Chinese label that may break after its second sign: 基本|满意, 非常|不满意."""
    if len(label) < 4 or not "\u4e00" <= label[0] <= "\u9fff":
        return escape(label)
    return escape(label[:2]) + Markup("<wbr>") + escape(label[2:])


def unit_name(unit: UnitFacts) -> str:
    """A unit as a questionnaire names it: the short name, in English the whole one."""
    return either(unit.short_name_zh, unit.name_en)


def by_category(units: Iterable[UnitFacts]) -> dict[str, list[UnitFacts]]:
    """Units by category, in the order of the list."""
    found: dict[str, list[UnitFacts]] = {}
    for unit in units:
        found.setdefault(unit.category, []).append(unit)
    return found


def condition_data(condition: Condition | None) -> str:
    """A skip condition as the page's script reads it: JSON lists, the kind first."""
    return "" if condition is None else json.dumps(_tree(condition), separators=(",", ":"))


def values_data(form: Form) -> str:
    """What the options of graded questions are worth, for the page's script: JSON, item -> option -> value."""
    graded = {item.id: item.options for _section, item in form.items() if item.type == "rating"}
    worth = {
        name: {option.code: float(option.value) for option in options if option.value is not None}
        for name, options in graded.items()
    }
    return json.dumps(worth, separators=(",", ":"))


def _tree(condition: Condition) -> list[Any]:
    if isinstance(condition, Is):
        return ["is", condition.name, condition.code]
    if isinstance(condition, Contains):
        return ["in", condition.name, condition.code]
    if isinstance(condition, Answered):
        return ["count", condition.name, 1]
    if isinstance(condition, CountAtLeast):
        return ["count", condition.name, condition.number]
    if isinstance(condition, LeastAtMost):
        return ["least", condition.name, condition.number]
    if isinstance(condition, Not):
        return ["not", _tree(condition.inner)]
    kind = "every" if isinstance(condition, Every) else "any"
    return [kind, *(_tree(part) for part in condition.parts)]  # type: ignore[attr-defined]


def _may_hold(condition: Condition | None, earlier: Answers) -> bool:
    """Whether a section is to be shown: only a condition on earlier pages alone can already refuse it."""
    if condition is None or any(earlier.of(name) is None for name in condition.names()):
        return True
    return condition.holds(earlier)


def _shown(section: Section, contact: bool) -> list[Item]:
    return [item for item in section.items if item.id != THANKS and (contact or not item.pii)]


def _screen(
    section: Section,
    unit: UnitFacts | None,
    items: Iterable[Item],
    units: Units,
    *,
    rows: tuple[UnitFacts, ...] = (),
    place: int = 1,
    among: int = 1,
) -> Screen:
    asked = []
    for item in items:
        name = f"{item.id}.{unit.code}" if section.foreach and unit else item.id
        grid = () if item.type != "rating_grid" else rows if item.rows_from == "random_block" else (*units.values(),)
        asked.append(Asked(item, name, unit, condition_data(item.relevant), grid))
    when = condition_data(section.relevant)
    return Screen(section.id, unit if section.foreach else None, place, among, when, tuple(asked))
