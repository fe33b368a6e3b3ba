"""Rows of every table kept as one file, by column, compressed, in a form that both engines read."""

from __future__ import annotations

import base64
import json
import lzma
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Date, LargeBinary, MetaData, Table, func, insert, select, text
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from database.columns import UTC, Thousandths

CHUNK = 5_000


def keep(session: Session, metadata: MetaData, left_out: Iterable[str], path: Path) -> None:
    """Write every row of the metadata's tables to `path`, except those of the tables `left_out`."""
    skipped = set(left_out)
    told = {}
    for table in metadata.sorted_tables:
        if table.name in skipped:
            continue
        ordered = select(table).order_by(*table.primary_key.columns)
        rows = session.execute(ordered).all()
        if rows:
            columns = zip(table.columns, zip(*rows, strict=True), strict=True)
            told[table.name] = {column.name: [_out(value) for value in values] for column, values in columns}
    packed = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    path.write_bytes(lzma.compress(packed, preset=9 | lzma.PRESET_EXTREME))


def restore(session: Session, metadata: MetaData, path: Path, changed: Mapping[str, Mapping[str, Any]]) -> int:
    """Insert the rows of a kept file into empty tables and return how many.

    changed: table -> column -> value that replaces what was kept in every row.
    """
    told = json.loads(lzma.decompress(path.read_bytes()))
    count = 0
    for table in metadata.sorted_tables:
        if table.name not in told:
            continue
        columns = [_back(table.columns[name], values) for name, values in told[table.name].items()]
        names = [table.columns[name].key for name in told[table.name]]
        fixed = dict(changed.get(table.name, {}))
        rows = [dict(zip(names, cells, strict=True)) | fixed for cells in zip(*columns, strict=True)]
        for start in range(0, len(rows), CHUNK):
            session.execute(insert(table), rows[start : start + CHUNK])
        _advance_sequence(session, table)
        count += len(rows)
    return count


def _out(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _back(column: Column[Any], values: list[Any]) -> list[Any]:
    made = _reader(column)
    return values if made is None else [None if value is None else made(value) for value in values]


def _reader(column: Column[Any]) -> Callable[[str], Any] | None:
    readers: list[tuple[type[TypeEngine[Any]], Callable[[str], Any]]] = [
        (LargeBinary, base64.b64decode),
        (UTC, datetime.fromisoformat),
        (Date, date.fromisoformat),
        (Thousandths, Decimal),
    ]
    return next((read for kind, read in readers if isinstance(column.type, kind)), None)


def _advance_sequence(session: Session, table: Table) -> None:
    """On PostgreSQL, tell the key's sequence which numbers are taken."""
    key = table.autoincrement_column
    if session.get_bind().dialect.name != "postgresql" or key is None:
        return
    sequence = session.scalar(text("SELECT pg_get_serial_sequence(:t, :c)"), {"t": f'"{table.name}"', "c": key.name})
    if sequence is not None:
        session.execute(select(func.setval(sequence, select(func.max(key)).scalar_subquery())))
