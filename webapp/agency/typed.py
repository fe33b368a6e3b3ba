"""A paper form or an interview as digits, and back to the fields that a questionnaire's checks read.

Options are typed by their place in the question, 1 the first; 0 is "don't know". A unit is typed by its number or its
short name. A row about one unit bears the unit in a cell of its own, so that a form is typed from top to bottom.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from surveys.instruments.checking import Problem, Raw
from surveys.instruments.forms import Form, Item, Section
from surveys.instruments.freezing import UnitFacts
from webapp.questionnaire.screens import by_category

PRESET = "preset"
"""The cell of the unit that the sample fixes."""
ANY_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell to type into. name: of its input. kind: "digit", "digits", "number", "unit" or "text"."""

    name: str
    kind: str
    item: Item | None = None
    most: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side. unit: whom a row of a long grid is about; place: of a row whose unit is typed, from 1."""

    cells: tuple[Cell, ...]
    unit: UnitFacts | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that belong together. kind: "one" question, "slots" of typed units, or a "long" list of all units."""

    kind: str
    item: Item | None
    rows: tuple[Row, ...]
    heads: tuple[Item, ...] = ()


class Sheet:
    """The sheet on which forms of one questionnaire are typed."""

    def __init__(self, form: Form, units: Mapping[str, UnitFacts]) -> None:
        self.form, self.units = form, units
        self.foreach = {section.foreach: section for section in form.sections if section.foreach}
        self.blocks = tuple(self._blocks())

    def read(self, typed: Raw, drawn: Sequence[str]) -> "Read":
        """Read what was typed. drawn: the block's units, where the typist named none."""
        read = _Reading(self, {name: next(iter(values), "").strip() for name, values in typed.items()}, drawn)
        for block in self.blocks:
            for row in block.rows:
                read.row(block, row)
        block_units = tuple(code for _place, code in sorted(read.block.items()))
        return Read(read.raw, read.at, block_units, read.preset)

    def _blocks(self) -> Iterator[Block]:
        if self.form.preset_unit:
            yield Block("one", None, (Row((Cell(PRESET, "unit"),)),))
        for section in self.form.sections:
            if section.foreach is None:
                for item in section.items:
                    yield from self._of_item(item)
        for item in self.form.closing:
            if item.options:
                yield Block("one", item, (Row((_cell(item, item.id),)),))

    def _of_item(self, item: Item) -> Iterator[Block]:
        if item.type == "note":
            return
        if item.id in self.foreach:
            yield self._slots(item, self.foreach[item.id])
        elif item.type == "rating_grid" and item.rows_from == "all_units":
            grouped = (unit for units in by_category(self.units.values()).values() for unit in units)
            rows = tuple(Row((_cell(item, f"{item.id}.{unit.code}"),), unit) for unit in grouped)
            yield Block("long", item, rows)
        elif item.type == "rating_grid":
            places = range(1, self.form.block_size + 1)
            rows = tuple(
                Row((_unit(item, place), _cell(item, f"{item.id}#{place}")), None, place) for place in places
            )
            yield Block("slots", item, rows, (item,))
        elif item.type == "unit_picker":
            cells = tuple(_unit(item, place) for place in range(1, item.max_choices + 1))
            yield Block("one", item, (Row(cells),))
        else:
            yield Block("one", item, (Row((_cell(item, item.id),)),))

    def _slots(self, picker: Item, section: Section) -> Block:
        items = tuple(item for item in section.items if item.type != "note")
        rows = tuple(
            Row((_unit(picker, place), *(_cell(item, f"{item.id}#{place}") for item in items)), None, place)
            for place in range(1, picker.max_choices + 1)
        )
        return Block("slots", picker, rows, items)


@dataclass(frozen=True, slots=True)
class Read:
    """A typed form as the checks read it. at: field -> the cell it was typed in; block: the units of its block."""

    raw: dict[str, list[str]]
    at: Mapping[str, str]
    block: tuple[str, ...]
    preset: str | None

    def cell_of(self, problem: Problem) -> str:
        """The cell to which a problem leads."""
        if problem.item == PRESET:
            return PRESET
        return self.at.get(problem.field) or self.at.get(problem.item) or problem.field


class _Reading:
    """One typed form while it is being read."""

    def __init__(self, sheet: Sheet, typed: Mapping[str, str], drawn: Sequence[str]) -> None:
        self.sheet, self.typed, self.drawn = sheet, typed, drawn
        self.raw: dict[str, list[str]] = {}
        self.at: dict[str, str] = {}
        self.block: dict[int, str] = {}
        self.preset: str | None = None

    def row(self, block: Block, row: Row) -> None:
        about = ""
        for cell in row.cells:
            text = self.typed.get(cell.name, "")
            if cell.kind == "unit":
                about = self.unit(block, cell, row, text)
            elif cell.item is not None and (block.kind != "slots" or about):
                name = f"{cell.item.id}.{about}" if block.kind == "slots" else cell.name
                self.answer(name, cell, text)

    def unit(self, block: Block, cell: Cell, row: Row, text: str) -> str:
        code = self.unit_code(text)
        if cell.name == PRESET:
            self.preset = code or None
        elif block.item is not None and block.item.type == "rating_grid":
            code = code or (self.drawn[row.place - 1] if row.place <= len(self.drawn) else "")
            if code:
                self.block[row.place] = code
        elif block.item is not None:
            self.at.setdefault(block.item.id, cell.name)
            if code:
                self.raw.setdefault(block.item.id, []).append(code)
                self.at[f"{block.item.id}.{code}"] = cell.name
        return code

    def unit_code(self, text: str) -> str:
        """A unit's code from "24", "U024" or its short name; other text stays, for the checks to refuse."""
        digits = text.upper().removeprefix("U")
        if digits and set(digits) <= ANY_DIGITS and len(digits) <= 4:
            return f"U{int(digits):03}"
        named = [unit.code for unit in self.sheet.units.values() if text in (unit.short_name_zh, unit.name_zh)]
        return named[0] if len(named) == 1 else text

    def answer(self, name: str, cell: Cell, text: str) -> None:
        self.at[name] = cell.name
        if not text or cell.item is None:
            return
        if cell.kind == "text":
            self.raw[name] = [text]
        elif cell.kind == "digits":
            self.raw[name] = [code_of(cell.item, digit) for digit in text if digit not in " ,，、"]
        else:
            self.raw[name] = [code_of(cell.item, text)]


def code_of(item: Item, digits: str) -> str:
    """The option that a number stands for; other text stays, for the checks to refuse."""
    if not digits or not set(digits) <= ANY_DIGITS or len(digits) > 2:
        return digits
    return next((option for number, option in numbered(item) if number == int(digits)), digits)


def numbered(item: Item) -> list[tuple[int, str]]:
    """The options with the numbers by which they are typed and printed: from 1, "don't know" is 0."""
    known = [option.code for option in item.options if not option.dont_know]
    unknown = [(0, option.code) for option in item.options if option.dont_know]
    return [*enumerate(known, start=1), *unknown]


def _unit(item: Item, place: int) -> Cell:
    return Cell(f"{item.id}@{place}", "unit", item)


def _cell(item: Item, name: str) -> Cell:
    if item.type == "text":
        return Cell(name, "text", item, item.max_length)
    if item.type == "select_multiple":
        return Cell(name, "digits", item, 2 * len(item.options))
    most = 1 if len(item.options) < 10 else 2
    return Cell(name, "digit" if most == 1 else "number", item, most)
