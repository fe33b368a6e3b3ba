"""What a questionnaire is: sections of items, in the order of its screens."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from surveys.instruments.conditions import Condition

TYPES = frozenset(
    {"note", "consent", "select_one", "select_multiple", "unit_picker", "rating", "rating_grid", "text"}
)
ONE_CODE = frozenset({"consent", "select_one", "rating", "rating_grid"})
"""Types answered with exactly one code, a grid with one for each row."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages; a missing language is the empty string, which the freeze refuses."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Option:
    """A choice. value: 0-100 on satisfaction scales, None for "don't know"; terminate: the outcome it ends with."""

    code: str
    label: Words
    value: Decimal | None = None
    dont_know: bool = False
    ask_reason: bool = False
    terminate: str | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """A set of graded options shared by items. positive: the codes that count in the satisfaction rate."""

    code: str
    label: Words
    options: tuple[Option, ...]
    positive: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A question, grid or note.

    options: the choices, the scale's where `scale` names one. relevant: the parsed `relevant_source`.
    dimension: the level-3 indicator it grades; ending in `_overall`: the whole level-2 indicator.
    max_choices: most units a picker takes. max_length: most characters of a text.
    rows_from: `random_block` or `all_units`, for a grid. hints: keys that only pages read.
    """

    id: str
    type: str
    label: Words
    options: tuple[Option, ...] = ()
    scale: str | None = None
    required: bool = False
    relevant_source: str | None = None
    relevant: Condition | None = None
    dimension: str | None = None
    reference_only: bool = False
    pii: bool = False
    max_choices: int = 1
    max_length: int = 500
    rows_from: str | None = None
    hint: Words | None = None
    oral_zh: str | None = None
    hints: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rated(self) -> bool:
        """Whether the item gives a unit, or the city, a grade."""
        return self.type in ("rating", "rating_grid")


@dataclass(frozen=True, slots=True)
class Section:
    """Items on one screen, or on one screen for each unit chosen in the picker `foreach`."""

    id: str
    items: tuple[Item, ...]
    relevant_source: str | None = None
    relevant: Condition | None = None
    foreach: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire as it was read.

    indicator: the level-2 satisfaction indicator it feeds. preset_unit: the door's right fixes the unit asked about.
    block_size: units in the random block, 0 without one; block_strata: the fact of a unit that the block mixes.
    closing: asked of the interviewer afterwards. hints: keys that only pages read.
    """

    id: str
    version: int
    indicator: str
    title: Words
    audience: tuple[str, ...]
    channels: tuple[str, ...]
    minutes: int
    header: Mapping[str, str]
    preset_unit: bool
    block_size: int
    block_strata: str | None
    sections: tuple[Section, ...]
    closing: tuple[Item, ...]
    scales: Mapping[str, Scale]
    hints: Mapping[str, Any] = field(default_factory=dict)

    def items(self) -> Iterator[tuple[Section, Item]]:
        """Yield every item with its section, in the order of the screens; the interviewer's own are left out."""
        for section in self.sections:
            for item in section.items:
                yield section, item

    def item(self, name: str) -> Item:
        """Return item `name`. Raises KeyError where there is none."""
        for _, item in self.items():
            if item.id == name:
                return item
        raise KeyError(name)
