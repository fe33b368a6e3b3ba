"""Reading an uploaded XLSX as text, cell by cell, with addresses."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime

from python_calamine import CalamineError, load_workbook

from units.files.checking import check_file
from units.files.errors import FileNotWhatItSays
from units.files.kinds import TABLES, XLSX

MOST_ROWS = 5000
MOST_BYTES = 5 * 1024 * 1024


def read_table(name: str, content: bytes) -> list[list[str]]:
    """The first sheet as text: dates as 2016-12-15, whole numbers without a point, ends trimmed.

    At most 5 MB and 5,000 rows. Raises one of units.files.errors.
    """
    file = check_file(name, content, kinds=TABLES, most=MOST_BYTES)
    try:
        sheet = load_workbook(io.BytesIO(file.content)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS)
    except (CalamineError, ValueError, IndexError) as why:
        raise FileNotWhatItSays(file.name, XLSX.code) from why
    return [[_text(value) for value in row] for row in rows]


def address(row: int, column: int) -> str:
    """The address of a cell by its numbers from 0: (6, 1) is "B7"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def cell(row: Sequence[str], column: int) -> str:
    """The text of a cell, empty where the row is shorter."""
    return row[column] if column < len(row) else ""


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
