"""The lead's table as a file: the template with what was entered so far, and a refused table marked red."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from scoring.lead_desk import LeadCell, LeadDesk
from webapp.lead.reading import NOT_APPLICABLE, Reading, head_of
from webapp.sheets_out import Cell, Table, neutral

MOST_DIGITS = 15
"""Digits that a number of a sheet keeps; what is longer is text."""


def template(desk: LeadDesk) -> Table:
    """One row a unit, one column an item, then reason and basis; cells that aren't the lead's hold a dash."""
    rows = []
    for line in desk.lines:
        given = [cell.entry for cell in line.cells if cell.lost is not None and cell.entry is not None]
        reason, basis = (given[0].reason, given[0].basis) if given else ("", "")
        unit = line.unit
        rows.append([unit.code, unit.short_name_zh, *(_value(cell) for cell in line.cells), reason, basis])
    return Table(desk.sheet.lead.name_zh, head_of(desk.sheet), rows)


def _value(cell: LeadCell) -> Cell:
    if cell.asks in ("own", "nothing"):
        return "—"
    if cell.asks == "not_applicable":
        return NOT_APPLICABLE
    return None if cell.entry is None else cell.entry.points


def marked(table: Sequence[Sequence[str]], reading: Reading, why: dict[tuple[int, int], str]) -> bytes:
    """The refused table again, its wrong cells red with what is wrong as a note. why: (row, column) -> sentence."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        red = book.add_format(
            {"bg_color": "#fdece9", "font_color": "#ae2417", "border": 1, "border_color": "#ae2417"}
        )
        tab = book.add_worksheet()
        tab.freeze_panes(1, 2)
        wrong = {(one.row, one.column) for one in reading.wrong}
        for row, line in enumerate(table):
            for column, text in enumerate(line):
                _write(tab, row, column, text, red if (row, column) in wrong else None)
        for row, column in wrong:
            if row >= len(table) or column >= len(table[row]):
                tab.write_blank(row, column, None, red)
            tab.write_comment(row, column, why[row, column])
    return out.getvalue()


def _write(tab: xlsxwriter.worksheet.Worksheet, row: int, column: int, text: str, style: object) -> None:
    if len(text) <= MOST_DIGITS and text.isascii() and text.replace(".", "", 1).isdigit():
        tab.write_number(row, column, float(text), style)
    else:
        tab.write_string(row, column, neutral(text), style)
