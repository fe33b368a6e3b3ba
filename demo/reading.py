"""Reads the demonstration's files: units, their roles, their topics, what they work on."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from units.unit import CATEGORIES

DATA = Path(__file__).parent / "data"
STAGES = ("closed", "tallied", "provisional", "final", "archived")
"""Where a loaded year can be played on to, in order."""
LEAST_UNITS = 20
"""The smallest city: nine leads, three samples, eight that nominate an expert (one more than trimming needs)."""


@dataclass
class BadLine(Exception):
    """A line of a data file that can't be used; `line` counts from 1, the heading included."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One assessed unit as data/units.csv describes it."""

    code: str
    name_zh: str
    short_name_zh: str
    name_en: str
    category: str
    mandate_zh: str
    mandate_en: str
    internal_bodies_zh: tuple[str, ...]
    staffing: str


@dataclass(frozen=True, slots=True)
class RoleLine:
    """What a unit does in the evaluation beside being assessed."""

    code: str
    leads: tuple[str, ...]
    nominates_expert: bool


@dataclass(frozen=True, slots=True)
class FocusLine:
    """What a unit's plans and submissions speak of: `fields` are noun phrases, `served` whom they serve."""

    code: str
    fields: tuple[str, ...]
    served: str


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of each row; raises BadLine when the heading or the number of cells is wrong."""
    with path.open(encoding="utf-8", newline="") as source:
        reader = csv.reader(source)
        heading = tuple(next(reader, ()))
        if heading != columns:
            raise BadLine(path.name, 1, f"columns are {', '.join(heading)}; expected {', '.join(columns)}")
        for cells in reader:
            if len(cells) != len(columns):
                raise BadLine(path.name, reader.line_num, f"{len(cells)} cells, expected {len(columns)}")
            yield reader.line_num, dict(zip(columns, cells, strict=True))


def read_units(path: Path = DATA / "units.csv") -> list[UnitLine]:
    """The assessed units in protocol order; raises BadLine on a double code or short name, or a strange category."""
    columns = tuple(UnitLine.__dataclass_fields__)
    units: list[UnitLine] = []
    codes: set[str] = set()
    names: set[str] = set()
    for line, row in rows(path, columns):
        if row["code"] in codes or row["short_name_zh"] in names:
            raise BadLine(path.name, line, f"{row['code']} {row['short_name_zh']} appears twice")
        if row["category"] not in CATEGORIES:
            raise BadLine(path.name, line, f"unknown category {row['category']}")
        codes.add(row["code"])
        names.add(row["short_name_zh"])
        bodies = tuple(row.pop("internal_bodies_zh").split(";"))
        units.append(UnitLine(**row, internal_bodies_zh=bodies))
    return units


def read_roles(path: Path = DATA / "unit_roles.csv") -> list[RoleLine]:
    """Who leads an indicator and who nominates an expert; raises BadLine on an answer other than yes or no."""
    columns = ("code", "short_name_zh", "name_checked", "leads_indicators", "nominates_expert")
    roles = []
    for line, row in rows(path, columns):
        if row["nominates_expert"] not in ("yes", "no"):
            raise BadLine(path.name, line, f"nominates_expert is {row['nominates_expert']!r}")
        leads = tuple(code for code in row["leads_indicators"].split(";") if code)
        roles.append(RoleLine(row["code"], leads, row["nominates_expert"] == "yes"))
    return roles


def read_topics(path: Path = DATA / "unit_topics.csv") -> dict[str, tuple[str, ...]]:
    """Unit code -> the words a citizen may search by."""
    columns = ("code", "short_name_zh", "topics_zh")
    return {row["code"]: tuple(row["topics_zh"].split(";")) for _, row in rows(path, columns)}


def read_focus(path: Path = DATA / "unit_focus.csv") -> dict[str, FocusLine]:
    """Unit code -> what its texts speak of; raises BadLine on fewer than three fields."""
    focus = {}
    for line, row in rows(path, ("code", "fields_zh", "served_zh")):
        fields = tuple(row["fields_zh"].split(";"))
        if len(fields) < 3:
            raise BadLine(path.name, line, f"{row['code']} has {len(fields)} fields, expected at least 3")
        focus[row["code"]] = FocusLine(row["code"], fields, row["served_zh"])
    return focus
