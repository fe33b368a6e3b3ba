"""The tally contract: versions, digests, recounts, and naming what was altered."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from sqlalchemy import func, select, update

import tallies
from audit.events import record
from rounds.events import RoundTallied
from tallies.document import document
from tallies.errors import BadRow, NoTally, SameCellTwice
from tallies.measures import ALL
from tallies.rows import Row, Tally, TallyRow, read_rows, read_totals, verify_tally, write_tally
from tests.factories import NOW, make_round, make_year

SALT = b"s" * 32
SCHEMA = json.loads((Path(tallies.__file__).parent / "schema.json").read_text())


def row(unit: str = "U001", **fields) -> Row:
    given = {
        "measure": "sat_score",
        "unit_code": unit,
        "object": "SAT_PUBLIC",
        "n": 12,
        "dk": 3,
        "counts": (4, 4, 2, 1, 1),
        "value": Decimal("74.167"),
        "spread": Decimal("28.1"),
        "se": Decimal("8.112"),
        "method": "group_weighted_mean",
        "params": {"weights": {"G8_RESIDENT": 15}, "min_raters": 10},
        "input_digest": "0" * 64,
        **fields,
    }
    return Row(**given)


def counted_round(session):
    round_ = make_round(session, make_year(session))
    round_.salt = SALT
    session.flush()
    return round_


def written(session, round_, rows):
    """Write a count and record it as the round's life does."""
    tallied = write_tally(session, round_.id, rows, salt=SALT, now=NOW)
    event = RoundTallied(round_.code, tallied.version, tallied.digest)
    record(session, event, by="office", now=NOW, subject=f"round {round_.code}")
    return tallied


def test_rows_come_back_as_they_were_written_and_in_one_order(each_session):
    round_ = counted_round(each_session)
    rows = [row("U002"), row("U001", group="G8_RESIDENT"), row("U001"), row("U003", value=None, reason="too_few")]
    write_tally(each_session, round_.id, rows, salt=SALT, now=NOW)
    assert read_rows(each_session, round_.id) == sorted(rows, key=lambda one: one.cell)


def test_a_recount_gives_the_same_digest_and_adds_no_version(each_session):
    round_ = counted_round(each_session)
    rows = [row("U001"), row("U002")]
    first = write_tally(each_session, round_.id, rows, salt=SALT, now=NOW)
    again = write_tally(each_session, round_.id, reversed(read_rows(each_session, round_.id)), salt=SALT, now=NOW)
    assert (first.version, again) == (1, first)
    assert each_session.scalar(select(func.count()).select_from(TallyRow)) == 2


def test_a_different_count_is_a_new_version_and_the_old_one_stays(each_session):
    round_ = counted_round(each_session)
    write_tally(each_session, round_.id, [row()], salt=SALT, now=NOW)
    second = write_tally(each_session, round_.id, [row(n=13)], salt=SALT, now=NOW)
    assert second.version == 2
    assert [read_rows(each_session, round_.id, version=version)[0].n for version in (1, 2)] == [12, 13]
    assert read_rows(each_session, round_.id)[0].n == 13


@pytest.mark.parametrize(
    "changed", [{"n": 13}, {"value": Decimal("74.168")}, {"counts": (4, 4, 2, 2, 0)}, {"params": {}}, {"dk": 4}]
)
def test_every_field_is_under_the_digest(session, changed):
    round_ = counted_round(session)
    first = write_tally(session, round_.id, [row()], salt=SALT, now=NOW)
    second = write_tally(session, round_.id, [row(**changed)], salt=SALT, now=NOW)
    assert first.digest != second.digest


def test_the_digest_hangs_on_the_rounds_salt(session):
    round_ = counted_round(session)
    first = write_tally(session, round_.id, [row()], salt=SALT, now=NOW)
    second = write_tally(session, round_.id, [row()], salt=b"t" * 32, now=NOW)
    assert first.digest != second.digest


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"value": Decimal("1.2345")}, "value"),
        ({"se": Decimal("0.0001")}, "se"),
        ({"value": None}, "reason"),
        ({"reason": "too_few"}, "reason"),
        ({"n": -1}, "n"),
        ({"measure": "gossip"}, "measure"),
        ({"way": "secret"}, "way"),
    ],
)
def test_a_row_that_breaks_the_contract_is_refused_and_nothing_is_written(session, fields, field):
    round_ = counted_round(session)
    with pytest.raises(BadRow) as refused:
        write_tally(session, round_.id, [row("U002"), row(**fields)], salt=SALT, now=NOW)
    assert refused.value.field == field
    assert session.scalar(select(func.count()).select_from(Tally)) == 0


def test_one_cell_can_not_hold_two_rows(session):
    round_ = counted_round(session)
    with pytest.raises(SameCellTwice):
        write_tally(session, round_.id, [row(), row(n=1)], salt=SALT, now=NOW)


def test_a_float_never_gets_under_a_digest(session):
    round_ = counted_round(session)
    with pytest.raises(TypeError):
        write_tally(session, round_.id, [row(params={"weight": 0.1})], salt=SALT, now=NOW)


def test_a_round_that_was_not_counted_has_no_rows(session):
    with pytest.raises(NoTally):
        read_rows(session, counted_round(session).id)


def test_totals_are_the_counted_rows_over_everybody(session):
    round_ = counted_round(session)
    rows = [row(), row(group="G8_RESIDENT"), row(channel="C4_PHONE"), row(stratum="S5_CLIENTS"), row(way="open")]
    write_tally(session, round_.id, rows, salt=SALT, now=NOW)
    assert read_totals(session, {round_.id: 1}) == [row()]
    assert read_totals(session, {}) == []


def test_an_untouched_count_verifies(each_session):
    round_ = counted_round(each_session)
    written(each_session, round_, [row("U001"), row("U002")])
    written(each_session, round_, [row("U001"), row("U002", n=13)])
    assert verify_tally(each_session, round_) is None


@pytest.mark.parametrize("column", ["n", "value", "counts", "params", "method", "input_digest", "unit_code"])
def test_the_first_altered_row_is_named(session, column):
    round_ = counted_round(session)
    written(session, round_, [row("U001"), row("U002"), row("U003")])
    changed = {
        "n": 11,
        "value": Decimal("99"),
        "counts": [5, 4, 2, 1, 0],
        "params": {},
        "method": "x",
        "input_digest": "1" * 64,
        "unit_code": "U009",
    }[column]
    session.execute(update(TallyRow).where(TallyRow.unit_code == "U002").values({column: changed}))
    named = "U009" if column == "unit_code" else "U002"
    assert verify_tally(session, round_) == f"version 1, row 2 (sat_score {named} SAT_PUBLIC counted)"


def test_a_missing_row_is_named(session):
    round_ = counted_round(session)
    written(session, round_, [row("U001"), row("U002"), row("U003")])
    session.query(TallyRow).filter(TallyRow.position == 2).delete()
    assert verify_tally(session, round_) == "version 1, row 2"
    session.query(TallyRow).filter(TallyRow.position == 3).delete()
    assert verify_tally(session, round_) == "version 1, row 2"


def test_a_count_replaced_whole_differs_from_the_chain(session):
    round_ = counted_round(session)
    written(session, round_, [row("U001")])
    session.query(TallyRow).delete()
    session.query(Tally).delete()
    write_tally(session, round_.id, [row("U001", n=99)], salt=SALT, now=NOW)
    assert verify_tally(session, round_) == "version 1, digest"


def test_a_count_is_published_by_its_schema():
    whole = document("q1-2016", 1, "0" * 64, [row(), row("U002", value=None, reason="too_few")])
    jsonschema.validate(whole, SCHEMA)
    assert whole["rows"][0]["value"] == "74.167"


def test_the_schema_knows_every_field_and_measure():
    defined = SCHEMA["$defs"]["row"]["properties"]
    assert set(defined) == set(Row.__dataclass_fields__)
    assert set(defined["measure"]["enum"]) == ALL


@pytest.mark.parametrize("changed", [{"value": 74.167}, {"n": -1}, {"gossip": 1}, {"reason": "too_few"}])
def test_the_schema_refuses_what_breaks_the_contract(changed):
    whole = document("q1-2016", 1, "0" * 64, [replace(row())])
    whole["rows"][0] |= changed
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(whole, SCHEMA)
