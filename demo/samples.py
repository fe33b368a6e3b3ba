"""Two files to try the lead's desk with: a table with seven planted errors, and the same table put right."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from sqlalchemy.orm import Session

from demo.play import Play, year_row
from scoring.lead_desk import lead_desk
from webapp.lead.tables import template
from webapp.sheets_out import MARK, Cell, Table, as_xlsx

LEAD = "JW"
WRONG = "演示_廉洁履职计分_有错.xlsx"
RIGHT = "演示_廉洁履职计分_更正.xlsx"
FIRST_ITEM, REASON, BASIS = 2, -2, -1


def write_samples(session: Session, play: Play, folder: Path) -> None:
    """Write both files of the lead JW from the entries that it has kept."""
    table = template(lead_desk(session, year_row(session, play.year), LEAD))
    rows = [list(row) for row in table.rows]
    folder.mkdir(parents=True, exist_ok=True)
    for name, written in ((RIGHT, rows), (WRONG, _spoilt(rows))):
        (folder / name).write_bytes(as_xlsx([Table(table.name, table.head, written)], mark=MARK))


def _spoilt(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Seven errors: an own row, above full marks, below 0, not a number, no reason, no basis, an unknown code."""
    spoilt = [list(row) for row in rows]
    lowered = [row for row in spoilt[4:] if row[REASON]]
    spoilt[0][FIRST_ITEM] = Decimal(3)
    spoilt[1][FIRST_ITEM] = Decimal("3.5")
    spoilt[2][FIRST_ITEM + 1] = Decimal("-1")
    spoilt[3][FIRST_ITEM + 2] = "满分"
    lowered[0][REASON] = ""
    lowered[1][BASIS] = ""
    lowered[2][0] = "U0" + str(lowered[2][0])[1:]
    return spoilt
