"""What somebody typed into a questionnaire, and what of it can't be accepted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _

from surveys.instruments.checking import Problem, Raw
from surveys.instruments.forms import Form, Item
from webapp.language import showable
from webapp.questionnaire.screens import Units, spoken, unit_name

MOST_VALUES = 12
"""Values of one name that are read; a picker takes fewer, a choice of several has fewer options."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the error summary. at: the id that it leads to; empty where the page shows no such field."""

    at: str
    words: str


class Filled:
    """A form as it was typed: values by field name, and the problems found in it."""

    def __init__(
        self,
        raw: Raw | None = None,
        problems: Sequence[Problem] = (),
        units: Units | None = None,
        at: Mapping[str, str] | None = None,
    ) -> None:
        """Take what was typed. at: where a field stands on the page under another name."""
        self.raw = raw or {}
        self.problems = problems
        self.units = units or {}
        self._at = at or {}
        self._bad = {self._at.get(problem.field, problem.field): problem for problem in problems}

    def value(self, name: str) -> str:
        """The first value of a field, as far as a page can show it."""
        return showable(next(iter(self.raw.get(name, ())), ""))

    def has(self, name: str, value: str) -> bool:
        """Whether a value of a field was chosen."""
        return value in self.raw.get(name, ())

    def error(self, name: str) -> str:
        """What is wrong with a field, in words; empty where nothing is."""
        problem = self._bad.get(name)
        return _words(problem) if problem else ""

    def summary(self, form: Form) -> list[Line]:
        """Every problem with the question that it belongs to."""
        items = {item.id: item for _section, item in form.items()} | {item.id: item for item in form.closing}
        return [
            Line(self._at.get(problem.field, problem.field), self._line(items.get(problem.item), problem))
            for problem in self.problems
        ]

    def kept(self, items: Iterable[Item]) -> list[tuple[str, str]]:
        """Values of some questions as hidden fields, those about a unit included."""
        ids = {item.id for item in items}
        return [
            (showable(name), showable(value))
            for name, values in self.raw.items()
            if name.partition(".")[0] in ids
            for value in values[:MOST_VALUES]
        ]

    def _line(self, item: Item | None, problem: Problem) -> str:
        unit = self.units.get(problem.unit or "")
        if item is None:
            return _("Unit of the sample") + _(": ") + _words(problem)
        label = spoken(item.label, unit)
        if unit is not None and item.rated and unit_name(unit) not in label:
            label = unit_name(unit)
        return label + _(": ") + _words(problem)


def posted() -> dict[str, list[str]]:
    """The form of this request as the checks read it: field name -> its values in the order posted."""
    return {name: values[:MOST_VALUES] for name, values in request.form.lists()}


def _words(problem: Problem) -> str:
    sentences: dict[str, Any] = {
        "required": _("choose an answer"),
        "unknown_code": _("this answer isn't on the form"),
        "unknown_unit": _("this unit isn't on the list"),
        "unit_twice": _("a unit stands there twice"),
        "too_many": _("at most %(most)s", most=problem.most),
        "too_long": _("at most %(most)s characters", most=problem.most),
        "bad_text": _("the text holds signs that can't be stored"),
    }
    return str(sentences[problem.reason])
