"""Reading a lead's uploaded table: every wrong cell by its address, or the entries that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches

from scoring.entering import entry_faults
from scoring.entries import Entry, LeadSheet
from scoring.tree import Node
from units.files.tables import address, cell
from units.unit import Unit
from webapp.clean_text import clean_text

NOT_APPLICABLE = "不适用"
BLANK = ("", "—", "-", "/")
FIRST_ITEM = 2  # columns A and B are a unit's code and name

_NUMBER = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class WrongCell:
    """One cell to be corrected. what: a code of webapp/words/lead.py; told: what its sentence needs besides.

    row and column count from 0; typed is what stands in the cell.
    """

    row: int
    column: int
    what: str
    unit: str = ""
    typed: str = ""
    told: str = ""

    @property
    def address(self) -> str:
        """The address as the office program shows it: "E27"."""
        return address(self.row, self.column)


@dataclass(frozen=True)
class Reading:
    """An uploaded table as read. missing: units that have no row. entries count only where nothing is wrong."""

    rows: int
    wrong: tuple[WrongCell, ...]
    missing: tuple[Unit, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the table can be taken."""
        return not self.wrong and not self.missing

    @property
    def places(self) -> int:
        """Cells to correct; missing rows alone are one place, beside wrong cells they come from those."""
        return len(self.wrong) or int(bool(self.missing))

    @property
    def lacks(self) -> str:
        """The missing units, code and name."""
        return "、".join(f"{unit.code}{unit.short_name_zh}" for unit in self.missing)

    @property
    def fine(self) -> int:
        """Rows without a wrong cell."""
        return self.rows - len({one.row for one in self.wrong if one.row})


def full(item: Node) -> str:
    """An item's full marks without needless noughts."""
    return f"{item.points.normalize():f}"


def head_of(sheet: LeadSheet) -> list[str]:
    """The first row of a lead's table."""
    items = [f"{item.name_zh}（满分{full(item)}）" for item in sheet.items]
    return ["单位代码", "单位名称", *items, "扣分理由", "依据（文号）"]


def read_entries(sheet: LeadSheet, table: Sequence[Sequence[str]]) -> Reading:
    """Check a table cell by cell against what the lead has to fill."""
    head = head_of(sheet)
    first = table[0] if table else []
    lines = [(at, row) for at, row in enumerate(table) if at and any(row[: len(head)])]
    wrong = [
        WrongCell(0, column, "head", typed=cell(first, column), told=title)
        for column, title in enumerate(head)
        if cell(first, column) != title
    ]
    if wrong:
        return Reading(len(lines), tuple(wrong))
    found = _Found(sheet)
    for at, row in lines:
        found.take(at, row)
    missing = tuple(unit for unit in sheet.units if unit.code not in found.rows)
    wrong = [*found.wrong, *_broken_rules(sheet, found), *_strangers(sheet, found, missing)]
    ordered = sorted(set(wrong), key=lambda one: (one.row, one.column))
    return Reading(len(lines), tuple(ordered), missing, tuple(found.entries))


@dataclass
class _Found:
    """What the rows read so far hold."""

    sheet: LeadSheet
    rows: dict[str, int] = field(default_factory=dict)
    strangers: list[tuple[int, str]] = field(default_factory=list)
    wrong: list[WrongCell] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    typed: dict[tuple[str, str], str] = field(default_factory=dict)

    def take(self, at: int, row: Sequence[str]) -> None:
        """Read one row."""
        code, name = cell(row, 0), cell(row, 1)
        unit = next((unit for unit in self.sheet.units if unit.code == code), None)
        if unit is None:
            self.strangers.append((at, code))
        elif code in self.rows:
            self.wrong.append(WrongCell(at, 0, "twice", unit.short_name_zh, code, str(self.rows[code] + 1)))
        else:
            self.rows[code] = at
            if name not in ("", unit.short_name_zh, unit.name_zh):
                self.wrong.append(WrongCell(at, 1, "name", unit.short_name_zh, name, unit.short_name_zh))
            self._items(at, row, unit)

    def _items(self, at: int, row: Sequence[str], unit: Unit) -> None:
        after = FIRST_ITEM + len(self.sheet.items)
        reason, basis = (clean_text(cell(row, column)) for column in (after, after + 1))
        for column, item in enumerate(self.sheet.items, start=FIRST_ITEM):
            text = cell(row, column)
            self.typed[item.code, unit.code] = text
            if self.sheet.asks(item.code, unit.code) in ("own", "nothing"):
                if text not in BLANK:
                    self.wrong.append(WrongCell(at, column, "not_yours", unit.short_name_zh, text))
            elif text == NOT_APPLICABLE:
                self.entries.append(Entry(item.code, unit.code, None))
            elif _NUMBER.fullmatch(text):
                points = Decimal(text)
                why = (reason, basis) if points < item.points else ("", "")
                self.entries.append(Entry(item.code, unit.code, points, *why))
            elif text not in BLANK:
                self.wrong.append(WrongCell(at, column, "not_a_number", unit.short_name_zh, text, full(item)))


def _broken_rules(sheet: LeadSheet, found: _Found) -> Iterator[WrongCell]:
    """The domain's own faults at their addresses; a reason or basis is asked once a row."""
    after = FIRST_ITEM + len(sheet.items)
    beside = {"no_reason": after, "long_reason": after, "no_basis": after + 1, "long_basis": after + 1}
    columns = {item.code: (column, item) for column, item in enumerate(sheet.items, start=FIRST_ITEM)}
    names = {unit.code: unit.short_name_zh for unit in sheet.units}
    unread = {(one.row, one.column) for one in found.wrong}
    for fault in entry_faults(sheet, found.entries):
        row = found.rows.get(fault.unit_code)
        column, item = columns[fault.indicator]
        if row is None or (row, column) in unread:
            continue
        if fault.what in beside:
            yield WrongCell(row, beside[fault.what], fault.what, names[fault.unit_code])
        else:
            typed = found.typed[fault.indicator, fault.unit_code]
            yield WrongCell(row, column, fault.what, names[fault.unit_code], typed, full(item))


def _strangers(sheet: LeadSheet, found: _Found, missing: Sequence[Unit]) -> Iterator[WrongCell]:
    """Rows of codes that the year doesn't have, each with the missing unit that is probably meant."""
    for at, code in found.strangers:
        here = sheet.units[at - 1] if at <= len(sheet.units) else None
        alike = get_close_matches(code, [unit.code for unit in missing], n=1, cutoff=0.5)
        meant = here if here in missing else next((unit for unit in missing if unit.code in alike), None)
        yield WrongCell(at, 0, "stranger", "", code, f"{meant.code}{meant.short_name_zh}" if meant else "")
