"""A count as the document that `schema.json` describes, for another scoring module or for the auditor."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from database.canonical import canonical
from tallies.rows import Row


def document(round_code: str, version: int, digest: str, rows: Iterable[Row]) -> dict[str, Any]:
    """One count with all its rows, small cells too: for the auditor's record and for recomputing, never for a page.

    Decimals become text with three places. Schema: tallies/schema.json.
    """
    whole = {"round": round_code, "version": version, "digest": digest, "rows": [asdict(row) for row in rows]}
    plain: dict[str, Any] = json.loads(canonical(whole))
    return plain
