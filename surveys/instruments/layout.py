"""How the graded answers of one response lie in its bytes: as many for every response of a round.

One byte holds one choice: 0 is "not answered" and 1, 2 … the option in the order of the form, "don't know" among
them. A choice of several is a bit for each option. A unit is its position in the round's list, from 1, in two bytes.
A section asked for each chosen unit has a slot for each unit that may be chosen, in the order of choosing; the random
block has a slot of unit and grade for each row; a grid over all units has a byte for each unit, in the list's order.
Texts have no byte here. Little-endian, no gaps.

Source: docs/rules.md, "Surveys", "How answers are stored".
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from surveys.instruments.conditions import Answered
from surveys.instruments.forms import ONE_CODE, Form, Item, Section

OUTCOME = "_outcome"
"""Field of the outcome: 0 complete, else the position of the terminating code, from 1."""
PRESET = "_preset"
"""Field of the unit that the right fixed."""

Record = np.dtype[np.void]


def outcomes(form: Form) -> tuple[str, ...]:
    """Outcomes by which the form may end early, in order of first mention."""
    found = {option.terminate: None for _, item in form.items() for option in item.options if option.terminate}
    return tuple(found)


def about_text(form: Form, item: Item) -> str | None:
    """The text whose subject a picker names: one unit at most, asked only when that text was written.

    Its answer is kept with the text and not with the grades, which could otherwise be joined to it.
    """
    if item.type != "unit_picker" or item.max_choices != 1 or not isinstance(item.relevant, Answered):
        return None
    subject = form.item(item.relevant.name)
    return subject.id if subject.type == "text" and not subject.pii else None


def record_type(form: Form, units: int) -> Record:
    """The numpy type of one response of a form over so many units."""
    fields: list[Any] = [(OUTCOME, "u1")]
    if form.preset_unit:
        fields.append((PRESET, "<u2"))
    for section in form.sections:
        if section.foreach is None:
            fields += [field for item in section.items if (field := _field(form, item, units)) is not None]
        elif slot := _slot(form, section, units):
            fields.append((section.id, slot, (form.item(section.foreach).max_choices,)))
    fields += [(item.id, "u1") for item in form.closing if item.type in ONE_CODE]
    return np.dtype(fields)


def _slot(form: Form, section: Section, units: int) -> list[Any]:
    return [field for item in section.items if (field := _field(form, item, units)) is not None]


def _field(form: Form, item: Item, units: int) -> Any:
    if item.type == "rating_grid":
        if item.rows_from == "all_units":
            return (item.id, "u1", (units,))
        return (item.id, [("unit", "<u2"), ("grade", "u1")], (form.block_size,))
    if item.type in ONE_CODE:
        return (item.id, "u1")
    if item.type == "select_multiple":
        return (item.id, _bits(len(item.options)))
    if item.type == "unit_picker" and about_text(form, item) is None:
        return (item.id, "<u2", (item.max_choices,))
    return None


def _bits(options: int) -> str:
    return next(f"<u{size}" for size in (1, 2, 4, 8) if options <= size * 8)


def unpack_many(record: Record, packed: list[bytes]) -> NDArray[np.void]:
    """Read many responses at once, without copying a field. Raises ValueError on a wrong length."""
    return np.frombuffer(b"".join(packed), dtype=record)
