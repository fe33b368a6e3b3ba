"""A form turned into the table by which posted forms are checked and packed, once for each round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from surveys.instruments.conditions import Condition
from surveys.instruments.forms import ONE_CODE, Form, Item, Section
from surveys.instruments.layout import PRESET, Record, about_text, outcomes, record_type

Choice = tuple[int, Decimal | None, str | None]
"""Byte that stands for the option, its value, the outcome it ends the form with."""


@dataclass(frozen=True, slots=True)
class Step:
    """How one item is checked. at: its first byte in the record or in the slot; names: unit code -> field name."""

    kind: str  # "one", "several", "units", "block", "all", "text"
    id: str
    section: str
    at: int
    width: int
    choices: Mapping[str, Choice]
    names: Mapping[str, str]
    required: bool
    relevant: Condition | None
    graded: bool
    dont_know: str
    most: int
    pii: bool
    about_text: str | None


@dataclass(frozen=True, slots=True)
class Steps:
    """How a section is checked. stride: bytes from one unit's slot to the next; own: names that mean one unit."""

    name: str
    relevant: Condition | None
    foreach: str | None
    stride: int
    own: frozenset[str]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The compiled form. units: unit code -> position in the list, from 1."""

    form: Form
    record: Record
    size: int
    units: Mapping[str, int]
    outcomes: tuple[str, ...]
    preset_at: int | None
    sections: tuple[Steps, ...]
    closing: Steps


def compile_form(form: Form, unit_codes: Sequence[str]) -> Plan:
    """Compile a form for the units of a round, in the order of its list."""
    record = record_type(form, len(unit_codes))
    places: Mapping[str, Any] = record.fields or {}
    sections = tuple(_steps(form, section, record, unit_codes) for section in form.sections)
    closing = Section("interviewer_close", form.closing)
    return Plan(
        form=form,
        record=record,
        size=record.itemsize,
        units={code: index for index, code in enumerate(unit_codes, start=1)},
        outcomes=outcomes(form),
        preset_at=int(places[PRESET][1]) if PRESET in places else None,
        sections=sections,
        closing=_steps(form, closing, record, unit_codes),
    )


def _steps(form: Form, section: Section, record: Record, unit_codes: Sequence[str]) -> Steps:
    places: Mapping[str, Any] = record.fields or {}
    base = stride = 0
    if section.foreach is not None and section.id in places:
        slots, base = places[section.id][0], int(places[section.id][1])
        places, stride = slots.base.fields or {}, slots.base.itemsize
    named = unit_codes if section.foreach is not None else ()
    steps = tuple(
        _step(form, section, item, base + int(places[item.id][1]) if item.id in places else 0, unit_codes, named)
        for item in section.items
        # The interviewer is known by the batch, and what closes an interview is one code.
        if item.type != "note" and (item.type in ONE_CODE or section.id != "interviewer_close")
    )
    own = frozenset({section.id, *(item.id for item in section.items)}) if section.foreach else frozenset[str]()
    return Steps(section.id, section.relevant, section.foreach, stride, own, steps)


def _step(form: Form, section: Section, item: Item, at: int, unit_codes: Sequence[str], named: Sequence[str]) -> Step:
    kind = _kind(item)
    return Step(
        kind=kind,
        id=item.id,
        section=section.id,
        at=at,
        width=next(size for size in (1, 2, 4, 8) if len(item.options) <= size * 8),
        choices={
            option.code: (byte, option.value, option.terminate) for byte, option in enumerate(item.options, start=1)
        },
        names={code: f"{item.id}.{code}" for code in (unit_codes if kind in ("block", "all") else named)},
        required=item.required,
        relevant=item.relevant,
        graded=item.rated,
        dont_know=next((option.code for option in item.options if option.dont_know), ""),
        most={"units": item.max_choices, "text": item.max_length, "block": form.block_size}.get(kind, 0),
        pii=item.pii,
        about_text=about_text(form, item),
    )


def _kind(item: Item) -> str:
    if item.type == "rating_grid":
        return "block" if item.rows_from == "random_block" else "all"
    return {"select_multiple": "several", "unit_picker": "units", "text": "text"}.get(item.type, "one")
