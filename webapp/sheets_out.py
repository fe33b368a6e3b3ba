"""The one writer of tables that leave as files: XLSX and CSV, safe to open in an office program."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from flask import Response, send_file

from database.canonical import canonical
from webapp.demonstration import is_demonstration

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
JSON = "application/json"
MARK = "演示数据"

Cell = str | int | Decimal | date | None

_ACTIVE = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 48


@dataclass(frozen=True)
class Table:
    """What is written: a name (the tab's), the head, and rows of text, whole numbers, decimals, dates, None."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def neutral(text: str) -> str:
    """The text as no program takes it for a formula: an apostrophe before one that begins, after spaces, with
    = + - @, tab or carriage return.

    Source: OWASP, "CSV Injection".
    """
    return f"'{text}" if text.lstrip(" \u3000").startswith(_ACTIVE) else text


def as_csv(table: Table, *, mark: str = "") -> bytes:
    """The table as CSV in UTF-8 with a byte-order mark, lines ended by CR LF.

    mark: goes into the first row after the head, so that figures stay in the rows and columns they have without it.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([neutral(title) for title in _first_row(table, mark)])
    writer.writerows([_plain(value) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(tables: Sequence[Table], *, mark: str = "") -> bytes:
    """The tables as one workbook, a tab each; numbers are numbers, text is never a formula or a link.

    mark: as in `as_csv`.
    """
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        decimals = book.add_format({"num_format": "0.000"})
        for table in tables:
            tab = book.add_worksheet(_tab_name(table.name))
            tab.freeze_panes(1, 0)
            widths = [_width(title) for title in table.head]
            for column, title in enumerate(_first_row(table, mark)):
                tab.write_string(0, column, neutral(title), head)
            for line, row in enumerate(table.rows, start=1):
                for column, value in enumerate(row):
                    if isinstance(value, Decimal):
                        tab.write_number(line, column, float(value), decimals)
                    elif isinstance(value, int):
                        tab.write_number(line, column, value)
                    elif value is not None:
                        text = str(_plain(value))
                        tab.write_string(line, column, text)
                        widths[column] = max(widths[column], _width(text))
            for column, width in enumerate(widths):
                tab.set_column(column, column, min(width, _WIDEST) + 2)
    return out.getvalue()


def download_xlsx(tables: Sequence[Table], name: str) -> Response:
    """The tables as an XLSX file of this name (without its ending), marked in the demonstration."""
    return attachment(as_xlsx(tables, mark=_mark()), f"{name}.xlsx", XLSX)


def download_csv(table: Table, name: str) -> Response:
    """The table as a CSV file of this name (without its ending), marked in the demonstration."""
    return attachment(as_csv(table, mark=_mark()), f"{name}.csv", CSV)


def download_json(document: Mapping[str, Any], name: str) -> Response:
    """A document of plain values as a JSON file, marked in the demonstration; decimals are text of three places."""
    mark = {"demonstration": MARK} if _mark() else {}
    return attachment(canonical({**mark, **document}), f"{name}.json", JSON)


def attachment(content: bytes, name: str, mimetype: str) -> Response:
    """Bytes as a download under this file name; in the demonstration it begins with 演示_."""
    shown = f"演示_{name}" if is_demonstration() else name
    return send_file(BytesIO(content), mimetype=mimetype, as_attachment=True, download_name=shown)


def _mark() -> str:
    return MARK if is_demonstration() else ""


def _first_row(table: Table, mark: str) -> list[str]:
    return [*table.head, mark] if mark else list(table.head)


def _plain(value: Cell) -> str | int | Decimal:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return neutral(value) if isinstance(value, str) else value


def _tab_name(name: str) -> str:
    return "".join("_" if letter in "[]:*?/\\'" else letter for letter in name)[:31] or "1"


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
