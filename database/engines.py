"""Engines that keep the same promises on SQLite and PostgreSQL.

A transaction is begun for writing or for reading, chosen before its first statement (`database.transactions`).
On SQLite a writer begins IMMEDIATE, so that it waits for its turn instead of failing half-way, and a reader runs with
`query_only`; on PostgreSQL a reader's transaction is READ ONLY. So "a GET writes nothing" is held by the engine.
"""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

from database.transactions import is_writing

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    # An answer that was acknowledged survives a power cut.
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
)


def _on_connect_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _on_begin_sqlite(connection: Connection) -> None:
    writing = is_writing()
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _on_begin_postgresql(connection: Connection) -> None:
    if not is_writing():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def hold_promises(engine: Engine) -> Engine:
    """Attach pragmas and the kind of transaction to an engine; returns the engine."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect_sqlite)
        event.listen(engine, "begin", _on_begin_sqlite)
    else:
        event.listen(engine, "begin", _on_begin_postgresql)
    return engine


def driver_url(url: str) -> URL:
    """Read a database address; a bare `postgresql://` means the psycopg driver."""
    made = make_url(url)
    return made.set(drivername="postgresql+psycopg") if made.drivername in ("postgresql", "postgres") else made


def engine_for(url: str, **options: Any) -> Engine:
    """Make an engine for a database address, with the promises of this module."""
    return hold_promises(create_engine(driver_url(url), **options))
