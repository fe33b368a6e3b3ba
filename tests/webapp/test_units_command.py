"""`flask units import` reads a register in, or names every wrong cell and fails."""

import pytest
from sqlalchemy import func, select

from database.transactions import set_writing
from tests.factories import make_year
from tests.units.test_register import ROW, table
from units.unit import Unit


@pytest.fixture
def run(app, tmp_path):
    house = app.extensions["pingyi"]
    with house.sessions.begin() as session:
        make_year(session)

    def command(*rows, options=()):
        file = tmp_path / "units.xlsx"
        file.write_bytes(table(*rows))
        done = app.test_cli_runner().invoke(args=["units", "import", str(file), *options])
        set_writing(True)
        with house.sessions() as session:
            return done, session.scalar(select(func.count()).select_from(Unit))

    return command


def test_units_are_read_in(run):
    done, units = run(ROW)
    assert (done.exit_code, done.output, units) == (0, "2016: 1 new, 0 changed, 0 unchanged\n", 1)


def test_a_dry_run_writes_nothing(run):
    done, units = run(ROW, options=["--dry-run"])
    assert (done.exit_code, units) == (0, 0)
    assert "1 new" in done.output


def test_wrong_cells_are_named_and_the_command_fails(run):
    done, units = run(("u1", *ROW[1:]))
    assert (done.exit_code, units) == (1, 0)
    assert "A2: not_a_code u1" in done.stderr


def test_a_year_that_is_not_there_fails_in_words(run):
    done, units = run(ROW, options=["--year", "1999"])
    assert (done.exit_code, units) == (1, 0)
    assert done.stderr.startswith("Error: ") and "Traceback" not in done.stderr
