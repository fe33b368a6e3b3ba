"""One line of migrations, which gives exactly the tables that the code knows, on both engines, up and down."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlalchemy.pool import NullPool

from database.engines import engine_for
from tests.conftest import _named, _postgres
from webapp.schema import alembic_config, bring_to_current, whole_schema


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    """Two empty databases: the main one and the box."""
    if request.param == "sqlite":
        yield tuple(engine_for(f"sqlite:///{tmp_path / name}.sqlite3", poolclass=NullPool) for name in ("a", "b"))
        return
    url = request.getfixturevalue("postgres_url")
    _postgres(url, "CREATE DATABASE bare")
    own = _named(url, "bare")
    yield (
        engine_for(own, poolclass=NullPool),
        engine_for(own, poolclass=NullPool, connect_args={"options": "-csearch_path=box"}),
    )
    _postgres(url, "DROP DATABASE bare WITH (FORCE)")


def differences(engine, metadata):
    with engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)


def test_there_is_one_head(empty):
    assert len(ScriptDirectory.from_config(alembic_config(*empty)).get_heads()) == 1


def test_migrations_give_the_tables_of_the_code_up_down_and_up_again(empty):
    bring_to_current(*empty)
    for engine, metadata in zip(empty, whole_schema().values(), strict=True):
        assert differences(engine, metadata) == []
    command.downgrade(alembic_config(*empty), "base")
    assert inspect(empty[0]).get_table_names() == ["alembic_version"]
    bring_to_current(*empty)
    assert differences(empty[0], whole_schema()["main"]) == []


def test_no_table_of_one_side_names_the_other():
    main, box = whole_schema().values()
    assert set(main.tables).isdisjoint(box.tables)
