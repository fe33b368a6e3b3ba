"""Runs each migration on both databases: the main one and the ballot box."""

from alembic import context
from flask import current_app, has_app_context
from sqlalchemy import Connection, Engine, text
from sqlalchemy.types import TypeDecorator

from webapp.schema import whole_schema

METADATA = whole_schema()


def engines() -> dict[str, Engine]:
    """The engines handed over by the caller, else those of the current application."""
    if given := context.config.attributes.get("engines"):
        return given
    if not has_app_context():
        raise RuntimeError("run migrations through `flask db`, or hand over two engines")
    house = current_app.extensions["pingyi"]
    return {"main": house.sessions.kw["bind"], "box": house.box_sessions.kw["bind"]}


def plain_type(kind: str, item: object, _context: object) -> str | bool:
    """Spell our own column types as what they are in the database, so that a migration imports no model."""
    if kind == "type" and isinstance(item, TypeDecorator) and type(item).__module__ == "database.columns":
        return f"sa.{item.impl!r}"
    return False


def run(name: str, connection: Connection) -> None:
    """Migrate one database, with foreign keys checked afterwards instead of enforced meanwhile."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        # A batch recreates its table: with foreign keys on, ON DELETE CASCADE would empty the children.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    elif name == "box":
        connection.execute(text("CREATE SCHEMA IF NOT EXISTS box"))
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=METADATA[name],
        upgrade_token=f"{name}_upgrades",
        downgrade_token=f"{name}_downgrades",
        render_as_batch=True,
        compare_type=True,
        render_item=plain_type,
        include_name=lambda found, kind, parents: kind != "schema" or found is None,
    )
    with context.begin_transaction():
        context.run_migrations(engine_name=name)
    if sqlite:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        if broken:
            raise RuntimeError(f"rows without their parent after migrating: {broken[:5]}")
    connection.commit()


for name, engine in engines().items():
    with engine.connect() as connection:
        run(name, connection)
