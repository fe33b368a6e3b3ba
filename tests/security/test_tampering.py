"""One byte changed anywhere in what was recorded is found, and its place is named."""

import shutil
import sqlite3
from random import Random

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from demo.play import Choice
from demo.simulating import simulate_year
from tests.demo.test_years import house_in
from webapp.verifying import kept_head, verify_all

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("tampering")]

# Table -> the columns of what was recorded in it, and what the place of a change is called.
RECORDED = {
    "audit_entry": (("at", "by", "kind", "subject", "facts", "previous", "hash"), "audit row"),
    "round": (("instrument", "instrument_digest", "rules", "salt", "version"), "round"),
    "door": (("code", "channel", "stratum", "degree", "counted"), "rules or doors"),
    "response": (("commitment", "door_id", "day", "pace", "packed"), "answer"),
    "response_text": (("key", "item", "text"), "answer text/"),
    "batch": (("number",), "answer"),
    "panel_cell": (("seat_code", "unit_code", "object", "criterion", "points", "answer", "by", "at"), "answer"),
    "peer_grade": (("rater_unit", "target_unit", "item", "grade"), "answer"),
    "closing_leaf": (("key", "leaf"), "round"),
    "tally": (("digest",), "tally"),
    "tally_row": (
        ("measure", "unit_code", "way", "n", "dk", "counts", "value", "method", "params", "digest"),
        "tally",
    ),
    "lead_entry": (("points", "unit_code", "indicator"), "entries of lead"),
    "standings": (("digest",), "standings"),
    "standing": (("bonus", "deduction", "unit_code", "category"), "standings"),
    "score_node": (("value", "code"), "standings"),
}
CASES = [(table, column, place) for table, (columns, place) in RECORDED.items() for column in columns]


@pytest.fixture(scope="module")
def played(template, tmp_path_factory):
    """A small year played to its approved standings."""
    folder = tmp_path_factory.mktemp("played")
    house = house_in(folder, template)
    simulate_year(house, Choice(seed=7, units=20), year=2016, scale=0.02, tell=lambda line: None)
    return folder, house


def first_fault(folder, house):
    """The first fault that a check of the databases in a folder finds, or None."""
    with Session(create_engine(f"sqlite:///{folder / 'main.sqlite3'}")) as session:
        return next(verify_all(session, house.storage, house.kinds), None)


def test_an_untouched_year_is_as_recorded(played):
    folder, house = played
    assert kept_head(house.storage).number > 100
    assert first_fault(folder, house) is None


@pytest.mark.parametrize(("table", "column", "place"), CASES)
def test_one_changed_byte_is_found_and_its_place_named(played, tmp_path, table, column, place):
    folder, house = played
    for file in folder.glob("main.sqlite3*"):
        shutil.copy(file, tmp_path)
    with sqlite3.connect(tmp_path / "main.sqlite3") as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        rows = connection.execute(f'SELECT * FROM "{table}" WHERE "{column}" IS NOT NULL').fetchall()
        names = [fact[0] for fact in connection.execute(f'SELECT * FROM "{table}" LIMIT 1').description]
        row = Random(f"{table}.{column}").choice(rows)
        known = " AND ".join(f'"{name}" IS ?' for name in names)
        changed = altered(row[names.index(column)])
        done = connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE {known}', (changed, *row))
        assert done.rowcount == 1
    fault = first_fault(tmp_path, house)
    assert fault is not None
    assert place in fault.place


def altered(value):
    """The value with one byte changed."""
    if isinstance(value, int):
        return value ^ 1
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1])
    middle = len(value) // 2
    return value[:middle] + ("x" if value[middle] != "x" else "y") + value[middle + 1 :]
