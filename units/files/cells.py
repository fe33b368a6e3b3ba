"""The process that reads the first sheet of a workbook: XLSX on standard input, rows as JSON on standard output.

Run by units.files.tables under limits of memory and time: the reader makes room for every cell up to the last one, so
that two cells far apart in a file of five kilobytes would ask for half a terabyte and take the server with them.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from datetime import date, datetime

from python_calamine import CalamineError, load_workbook

MOST_ROWS = 5000
MOST_MEMORY = 1024 * 1024 * 1024
MOST_SECONDS = 20


def main() -> None:
    """Read the workbook on standard input; rows end with their last cell that isn't empty."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sheet = load_workbook(io.BytesIO(sys.stdin.buffer.read())).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS)
    except (CalamineError, ValueError, IndexError):
        sys.exit(1)
    json.dump([_shorn([_text(value) for value in row]) for row in rows], sys.stdout)


def _shorn(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


if __name__ == "__main__":
    main()
