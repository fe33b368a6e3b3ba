"""Letting a count out as a file: the cells that may be shown, recorded as an export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from audit.events import record
from rounds.round import Round
from tallies.disclosure import Cell, Rules, disclosed
from tallies.errors import NoTally
from tallies.events import TallyExported
from tallies.rows import newest_version


@dataclass(frozen=True, slots=True)
class Exported:
    """What may leave of one count. hidden: how many cells stay inside, for being on too few answers."""

    round_code: str
    version: int
    digest: str
    cells: tuple[Cell, ...]
    hidden: int


def export_tally(
    session: Session, round_: Round, let_out: Callable[[Cell], Cell | None], form: str, *, by: str, now: datetime
) -> Exported:
    """Give the newest count of a round as its inside readers may see it, and record that it left.

    let_out: a cell as far as the year's table shows it to the reader, None for not at all. form: what it leaves as.
    Raises NoTally. Rule: docs/rules.md, "Small cells".
    """
    newest = newest_version(session, round_.id)
    if newest is None:
        raise NoTally(round_.id, None)
    all_cells = disclosed(session, round_.id, "internal", Rules.of(round_.rules))
    cells = [out for cell in all_cells if (out := let_out(cell)) is not None]
    shown = tuple(cell for cell in cells if cell.hidden is None)
    event = TallyExported(round_.code, newest.version, form, len(shown))
    record(session, event, by=by, now=now, subject=f"round {round_.code}")
    return Exported(round_.code, newest.version, newest.digest, shown, len(cells) - len(shown))


def exported_document(exported: Exported) -> dict[str, Any]:
    """What left as the document that tallies/schema.json describes; a distribution that is never shown is empty."""
    rows = [
        {
            "measure": cell.measure,
            "unit_code": cell.unit_code,
            "object": cell.object,
            "group": cell.group,
            "stratum": cell.stratum,
            "channel": cell.channel,
            "way": cell.way,
            "n": cell.n,
            "dk": cell.dk or 0,
            "counts": list(cell.counts or ()),
            "value": cell.value,
            "spread": cell.spread,
            "se": cell.se,
            "method": cell.method,
            "params": dict(cell.params),
            "input_digest": cell.input_digest,
            "reason": cell.reason,
        }
        for cell in exported.cells
    ]
    return {
        "round": exported.round_code,
        "version": exported.version,
        "digest": exported.digest,
        "rows": rows,
    }
