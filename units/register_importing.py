"""Reading the register of a year from the office's table: all wrong cells at once, or all rows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from audit.events import record
from units.errors import CellFault, TableHasFaults
from units.files.tables import address, cell, read_table
from units.register import LONGEST, LONGEST_TOPIC, register_fields, units_of, write_fields
from units.register_events import UnitsImported
from units.unit import CATEGORIES, Mandate, Unit
from units.year import Year

# heading -> field; the first six must be filled in.
COLUMNS = {
    "单位代码": "code",
    "全称": "name_zh",
    "简称": "short_name_zh",
    "英文名称": "name_en",
    "类别": "category",
    "排序": "position",
    "参加排名": "ranked",
    "主要职责": "functions_zh",
    "主要职责（英文）": "functions_en",
    "内设机构": "internal_bodies_zh",
    "人员编制": "staffing",
    "三定文号": "document_no",
    "事项词": "topics",
}
FIELDS = tuple(COLUMNS.values())
NEEDED = FIELDS[:6]
YES_NO = {"": True, "是": True, "否": False}
_CODE = re.compile(r"U[0-9]{3,6}")


@dataclass(frozen=True, slots=True)
class UnitsImport:
    """What a table of units does, or in a dry run would do."""

    added: int
    changed: int
    same: int


def import_units(
    session: Session, year: Year, name: str, content: bytes, *, dry_run: bool, by: str, now: datetime
) -> UnitsImport:
    """Read the units of a year from an XLSX with the headings COLUMNS; reading it again changes nothing.

    A unit whose code exists gets what its row says; one that no row names stays. Topics are parted by "；".
    A new unit's mandate is internal. dry_run: check and count, write nothing.
    Raises TableHasFaults with every wrong cell by its address, and one of units.files.errors.
    """
    lines = _read(read_table(name, content))
    stored = {unit.code: unit for unit in units_of(session, year.id)}
    added = [line for line in lines if line["code"] not in stored]
    changed = [
        line
        for line in lines
        if line["code"] in stored and register_fields(stored[line["code"]]) != {k: line[k] for k in FIELDS[1:]}
    ]
    if not dry_run:
        for line in [*added, *changed]:
            unit = stored.get(line["code"]) or _new(session, year, line)
            write_fields(session, unit, line)
        imported = UnitsImported(year.year, len(added), len(changed), hashlib.sha256(content).hexdigest())
        record(session, imported, by=by, now=now, subject=f"year {year.year}")
    return UnitsImport(len(added), len(changed), len(lines) - len(added) - len(changed))


def _new(session: Session, year: Year, line: dict[str, Any]) -> Unit:
    names = {key: line[key] for key in ("code", "name_zh", "short_name_zh", "name_en", "category", "position")}
    unit = Unit(year_id=year.id, pinyin="", initials="", mandate=Mandate(functions_zh=""), topics=[], **names)
    session.add(unit)
    return unit


def _read(rows: list[list[str]]) -> list[dict[str, Any]]:
    head = rows[0] if rows else []
    faults = [
        CellFault(address(0, column), "wrong_header", cell(head, column))
        for column, title in enumerate(COLUMNS)
        if cell(head, column) != title
    ]
    if faults:
        raise TableHasFaults(faults)
    lines, seen = [], set[str]()
    for number, row in enumerate(rows[1:], start=1):
        if not any(row):
            continue
        texts = dict(zip(FIELDS, (cell(row, column) for column in range(len(FIELDS))), strict=True))
        wrong = [
            CellFault(address(number, FIELDS.index(field)), reason, texts[field])
            for field, reason in _faults(texts, seen)
        ]
        seen.add(texts["code"])
        faults += wrong
        if not wrong:
            lines.append(_values(texts))
    if faults:
        raise TableHasFaults(faults)
    return lines


def _faults(texts: dict[str, str], seen: set[str]) -> list[tuple[str, str]]:
    faults = [(field, "missing") for field in NEEDED if not texts[field]]
    faults += [(field, "too_long") for field, most in LONGEST.items() if len(texts[field]) > most]
    if texts["code"] and not _CODE.fullmatch(texts["code"]):
        faults.append(("code", "not_a_code"))
    if texts["code"] in seen and texts["code"]:
        faults.append(("code", "twice"))
    if texts["category"] and texts["category"] not in CATEGORIES:
        faults.append(("category", "unknown_category"))
    if texts["position"] and not re.fullmatch("[1-9][0-9]{0,3}", texts["position"]):
        faults.append(("position", "not_a_number"))
    if texts["ranked"] not in YES_NO:
        faults.append(("ranked", "not_yes_or_no"))
    if any(len(topic) > LONGEST_TOPIC for topic in _topics(texts["topics"])):
        faults.append(("topics", "too_long"))
    return faults


def _values(texts: dict[str, str]) -> dict[str, Any]:
    return {
        **texts,
        "position": int(texts["position"]),
        "ranked": YES_NO[texts["ranked"]],
        "topics": _topics(texts["topics"]),
    }


def _topics(text: str) -> Sequence[str]:
    return [topic.strip() for topic in re.split("[；;]", text) if topic.strip()]
