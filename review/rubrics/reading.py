"""Rubrics read from their file. Every fault names its place."""

from collections.abc import Iterator
from typing import TypeVar, cast

import yaml

from review.rubrics.errors import RubricFault
from review.rubrics.rubric import (
    PANEL_OBJECTS,
    Band,
    Criterion,
    Grade,
    PanelRules,
    ReadingNote,
    Rubric,
    RubricSet,
    Words,
)

_T = TypeVar("_T")


class _At:
    """A value of the file together with the way to it."""

    def __init__(self, value: object, place: str = "") -> None:
        self.value = value
        self.place = place

    def __getitem__(self, key: str) -> "_At":
        place = f"{self.place}.{key}".lstrip(".")
        if not isinstance(self.value, dict) or self.value.get(key) is None:
            raise RubricFault(place, "missing")
        return _At(self.value[key], place)

    def has(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    def __iter__(self) -> Iterator["_At"]:
        if not isinstance(self.value, list) or not self.value:
            raise RubricFault(self.place, "not_list")
        for index, item in enumerate(cast("list[object]", self.value)):
            yield _At(item, f"{self.place}[{index}]")

    def text(self) -> str:
        if not isinstance(self.value, str) or not self.value.strip():
            raise RubricFault(self.place, "not_text")
        return self.value.strip()

    def whole(self) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise RubricFault(self.place, "not_whole")
        if self.value < 0:
            raise RubricFault(self.place, "negative")
        return self.value

    def words(self, stem: str = "") -> Words:
        prefix = f"{stem}_" if stem else ""
        return Words(zh=self[f"{prefix}zh"].text(), en=self[f"{prefix}en"].text())


def read_rubrics(text: str) -> RubricSet:
    """The rubric set that a YAML text holds.

    Both languages are required everywhere; a criterion's bands run from its points down to 0 without a
    gap; the points of a rubric's criteria add up to its `max_points`.
    Raises RubricFault, which names the place.
    """
    book = _At(yaml.safe_load(text))
    return RubricSet(
        rubrics=_distinct([_rubric(at) for at in book["rubrics"]], "object", "rubrics"),
        grades=tuple(_grade(at) for at in book["bands"]),
        rules=_rules(book["panel"]),
    )


def _rules(at: _At) -> PanelRules:
    aggregation = at["aggregation"]
    lowest = aggregation["drop_lowest"]
    if lowest.whole() != aggregation["drop_highest"].whole():
        raise RubricFault(lowest.place, "points_differ")
    return PanelRules(
        trim=lowest.whole(),
        trim_from=aggregation["min_scores_to_trim"].whole(),
        minutes_per_unit=at["load"]["suggested_minutes_per_unit"].whole(),
    )


def _grade(at: _At) -> Grade:
    return Grade(code=at["code"].text(), title=at.words(), least=at["min"].whole())


def _rubric(at: _At) -> Rubric:
    if at["object"].text() not in PANEL_OBJECTS:
        raise RubricFault(at["object"].place, "unknown_object")
    rubric = Rubric(
        object=at["object"].text(),
        indicator=at["indicator"].text(),
        title=at.words("title"),
        most=at["max_points"].whole(),
        criteria=_distinct([_criterion(one) for one in at["criteria"]], "code", at["criteria"].place),
        notes=tuple(ReadingNote(type=one["type"].text(), text=one.words()) for one in at["reading_by_type"])
        if at.has("reading_by_type")
        else (),
    )
    if sum(one.points for one in rubric.criteria) != rubric.most:
        raise RubricFault(at["max_points"].place, "points_differ")
    return rubric


def _criterion(at: _At) -> Criterion:
    criterion = Criterion(
        code=at["code"].text(),
        title=at.words(),
        points=at["points"].whole(),
        question=at.words("question"),
        bands=tuple(_band(one) for one in at["bands"]),
    )
    expected = criterion.points
    for index, band in enumerate(criterion.bands):
        place = f"{at.place}.bands[{index}]"
        if band.most != expected or band.least > band.most:
            raise RubricFault(f"{place}.max", "gap")
        expected = band.least - 1
    if expected != -1:
        raise RubricFault(f"{at.place}.bands[{len(criterion.bands) - 1}].min", "gap")
    return criterion


def _band(at: _At) -> Band:
    return Band(least=at["min"].whole(), most=at["max"].whole(), anchor=at.words("anchor"))


def _distinct(items: list[_T], name: str, place: str) -> tuple[_T, ...]:
    seen: set[object] = set()
    for index, item in enumerate(items):
        if (value := getattr(item, name)) in seen:
            raise RubricFault(f"{place}[{index}].{name}", "repeated")
        seen.add(value)
    return tuple(items)
