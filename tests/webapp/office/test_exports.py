"""A count leaves as a file without its small cells, and that it left is recorded."""

import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import validate
from openpyxl import load_workbook
from sqlalchemy import select

from accounts.making import Role
from audit.events import Entry
from rounds.round import Round
from tallies.rows import Row, write_tally
from tests.factories import NOW, make_account_for
from tests.surveys.rounds import frozen_round
from units.visibility import default_showings
from units.year import Year

SCHEMA = json.loads(Path("tallies/schema.json").read_text())


def row(measure="sat_score", object_="SAT_PUBLIC", group="", n=40, value="88.437"):
    facts = {"measure": measure, "unit_code": "U001", "object": object_, "group": group, "n": n}
    return Row(**facts, value=Decimal(value), method="mean", input_digest="0" * 64)


@pytest.fixture
def house(app):
    return app.extensions["pingyi"]


@pytest.fixture
def counted(house, sign_in):
    """A counted questionnaire: one unit's score, its parts by group, one of them on three answers."""
    with house.sessions.begin() as session:
        round_ = frozen_round(session)
        for year in session.scalars(select(Year)):
            session.add_all(default_showings(year.id))
        rows = [row(), row(group="G1_PARTY_DEL", n=3, value="12.345"), row(group="G2_NPC_DEP", n=17)]
        rows += [row(group="G8_RESIDENT", n=20), row(object_="SAT_LEADER", n=55, value="77.777")]
        write_tally(session, round_.id, rows, salt=b"", now=NOW)
        round_.state = "tallied"
        make_account_for(session, "auditor", Role("auditor"))
    return sign_in


def export(counted, form, by="office"):
    return counted(by).post(f"/office/exports/q1-2016/{form}")


def test_small_cells_stay_inside_with_one_that_would_betray_them(counted):
    sheet = load_workbook(io.BytesIO(export(counted, "xlsx").data)).active
    values = list(sheet.values)
    assert [line[5 - 1] for line in values[1:]].count("党代表") == 0
    text = json.dumps([[str(cell) for cell in line] for line in values])
    assert "12.345" not in text
    groups = {line[4] for line in values[1:]} - {None, ""}
    assert len(groups) <= 1
    assert any(line[11] == 88.437 for line in values[1:])


def test_csv_begins_with_a_byte_order_mark_and_json_follows_the_schema(counted):
    assert export(counted, "csv").data.startswith(b"\xef\xbb\xbf")
    document = json.loads(export(counted, "json").data)
    validate(document, SCHEMA)
    assert "12.345" not in json.dumps(document)


def test_each_export_is_recorded(counted, house):
    export(counted, "csv")
    with house.sessions() as session:
        [facts] = session.scalars(select(Entry.facts).where(Entry.kind == "TallyExported")).all()
    assert json.loads(facts)["form"] == "csv"


def test_what_the_years_table_hides_does_not_leave(counted, house):
    with house.sessions.begin() as session:
        session.scalars(select(Year)).one().stage = "collecting"
    assert export(counted, "csv").status_code == 404


def test_a_round_that_is_not_counted_has_no_file(counted, house):
    with house.sessions.begin() as session:
        session.scalars(select(Round)).one().state = "closed"
    assert export(counted, "csv").status_code == 404


@pytest.mark.parametrize("form", ["pdf", "..%2Fx", "XLSX"])
def test_a_file_of_no_such_form_is_not_found(counted, form):
    assert export(counted, form).status_code == 404


def test_the_page_lists_counts_and_others_do_not_enter(counted):
    assert "CSV" in counted("office").get("/office/exports").get_data(as_text=True)
    assert export(counted, "csv", by="auditor").status_code == 403
