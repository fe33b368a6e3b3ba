"""Loading assigned matters from the office's table: all wrong cells at once, or nothing wrong and all rows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.events import record
from units.errors import CellFault, TableHasFaults
from units.events import MattersLoaded
from units.files.tables import address, cell, read_table
from units.matters import AssignedMatter
from units.unit import Unit
from units.year import Year

COLUMNS = ("编号", "单位代码", "交办事项", "来源文件", "办结时限")
NUMBER, UNIT, MATTER, SOURCE, DEADLINE = range(5)
_LONGEST = {NUMBER: 32, MATTER: 300, SOURCE: 128}


@dataclass(frozen=True, slots=True)
class MattersImport:
    """What a table of matters does, or in a dry run would do."""

    added: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class _Line:
    number: str
    unit_code: str
    matter: str
    source: str
    deadline: date


def import_matters(
    session: Session, year: Year, name: str, content: bytes, *, dry_run: bool, by: str, now: datetime
) -> MattersImport:
    """Load the matters of a year from an XLSX with the columns COLUMNS; loading it again changes nothing.

    A row whose unit and number exist takes the place of that matter's text and deadline; its answer stays.
    dry_run: check and count, write nothing. Raises TableHasFaults with every wrong cell by its address, and one of
    units.files.errors.
    """
    units = {unit.code: unit.id for unit in session.scalars(select(Unit).where(Unit.year_id == year.id))}
    lines = _read(read_table(name, content), set(units))
    wanted = select(AssignedMatter).where(AssignedMatter.unit_id.in_(units.values()))
    stored = {(matter.unit_id, matter.number): matter for matter in session.scalars(wanted)}
    added = changed = 0
    for line in lines:
        matter = stored.get((units[line.unit_code], line.number))
        if matter is None:
            added += 1
            matter = AssignedMatter(unit_id=units[line.unit_code], number=line.number)
            if not dry_run:
                session.add(matter)
        elif (matter.matter, matter.source_document, matter.deadline) == (line.matter, line.source, line.deadline):
            continue
        else:
            changed += 1
        if not dry_run:
            matter.matter, matter.source_document, matter.deadline = line.matter, line.source, line.deadline
    if not dry_run:
        session.flush()
        loaded = MattersLoaded(year.year, added, changed, hashlib.sha256(content).hexdigest())
        record(session, loaded, by=by, now=now, subject=f"year {year.year}")
    return MattersImport(added, changed, len(lines) - added - changed)


def _read(rows: list[list[str]], units: set[str]) -> list[_Line]:
    faults = [
        CellFault(address(0, column), "wrong_header", cell(rows[0], column) if rows else "")
        for column, title in enumerate(COLUMNS)
        if not rows or cell(rows[0], column) != title
    ]
    if faults:
        raise TableHasFaults(faults)
    lines: list[_Line] = []
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(rows[1:], start=1):
        if not any(row):
            continue
        wrong = _faults(number, row, units, seen)
        faults += wrong
        seen.add((cell(row, UNIT), cell(row, NUMBER)))
        if not wrong:
            code, unit, matter, source, deadline = (cell(row, column) for column in range(len(COLUMNS)))
            lines.append(_Line(code, unit, matter, source, date.fromisoformat(deadline)))
    if faults:
        raise TableHasFaults(faults)
    return lines


def _faults(number: int, row: Sequence[str], units: set[str], seen: set[tuple[str, str]]) -> list[CellFault]:
    def fault(column: int, reason: str) -> CellFault:
        return CellFault(address(number, column), reason, cell(row, column))

    faults = [fault(column, "missing") for column in range(len(COLUMNS)) if not cell(row, column)]
    faults += [fault(column, "too_long") for column, most in _LONGEST.items() if len(cell(row, column)) > most]
    if cell(row, UNIT) and cell(row, UNIT) not in units:
        faults.append(fault(UNIT, "unknown_unit"))
    if cell(row, DEADLINE) and not _is_date(cell(row, DEADLINE)):
        faults.append(fault(DEADLINE, "not_a_date"))
    if cell(row, NUMBER) and (cell(row, UNIT), cell(row, NUMBER)) in seen:
        faults.append(fault(NUMBER, "twice"))
    return faults


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
