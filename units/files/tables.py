"""Reading an uploaded XLSX as text, cell by cell, with addresses."""

from __future__ import annotations

import json
from collections.abc import Sequence

from units.files.bounded import run_bounded
from units.files.checking import check_file
from units.files.errors import FilePacksTooMuch, FileTakesTooLong
from units.files.kinds import TABLES, XLSX

MOST_BYTES = 5 * 1024 * 1024


def read_table(name: str, content: bytes) -> list[list[str]]:
    """The first sheet as text: dates as 2016-12-15, whole numbers without a point, ends trimmed.

    At most 5 MB and 5,000 rows; a row ends with its last cell that isn't empty. Raises one of units.files.errors.
    """
    file = check_file(name, content, kinds=TABLES, most=MOST_BYTES)
    try:
        found = run_bounded("cells.py", file.name, XLSX.code, file.content)
    except FileTakesTooLong as why:
        raise FilePacksTooMuch(file.name) from why
    rows: list[list[str]] = json.loads(found)
    return rows


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
