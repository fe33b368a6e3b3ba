"""The auditor's desk: it shows what was recorded, finds what was altered, and records its own looks."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select, text

from accounts.making import Role
from audit.events import Entry, record
from rounds.life import close_round, freeze_round
from rounds.round import Round
from surveys.counting.casting import cast_open
from surveys.fieldwork.submissions import new_submission
from surveys.instruments.checking import check
from tests.factories import NOW, make_account_for, make_round, make_unit, make_year
from tests.review.panel.panels import fill_all, make_panel
from tests.review.peers.forms import PLAIN
from tests.surveys.rounds import open_survey
from units.register_events import YearMoved

TWO = {"by": "office", "approved_by": "office-check"}
HOUR = timedelta(hours=1)


@pytest.fixture
def house(app):
    return app.extensions["pingyi"]


@pytest.fixture
def auditor(house, sign_in):
    """Signed in beside a frozen mutual evaluation of three units."""
    with house.sessions.begin() as session:
        for username, role in (
            ("office", Role("office", "make")),
            ("office-check", Role("office", "check")),
            ("auditor", Role("auditor")),
        ):
            make_account_for(session, username, role)
        year = make_year(session)
        for code in ("U001", "U002", "U003"):
            make_unit(session, year, code)
        now = datetime.now(UTC)
        window = {"opens_at": now - HOUR, "closes_at": now + HOUR}
        make_round(session, year, "peers-2016", "peers", draft={"form": PLAIN}, **window)
        freeze_round(session, house.kinds, "peers-2016", **TWO, now=now)
    return sign_in("auditor")


def entries(house, kind):
    with house.sessions() as session:
        return [json.loads(facts) for facts in session.scalars(select(Entry.facts).where(Entry.kind == kind))]


def body(answer):
    return answer.get_data(as_text=True)


def test_all_is_as_recorded_until_something_is_altered(auditor, house):
    assert "核验通过" in body(auditor.get("/audit/verify"))
    with house.sessions.begin() as session:
        session.execute(text("UPDATE audit_entry SET subject = 'round q9' WHERE kind = 'RoundFrozen'"))
    page = body(auditor.get("/audit/verify"))
    assert "核验未通过：audit row" in page and "被改动" in page


def test_an_altered_frozen_document_is_named(auditor, house):
    with house.sessions.begin() as session:
        session.scalars(select(Round)).one().instrument = b'{"changed":true}'
    assert "核验未通过：round peers-2016, frozen document" in body(auditor.get("/audit/verify"))


def test_a_ballot_is_shown_only_with_a_purpose_and_the_look_is_recorded(auditor, house):
    address = "/audit/looks/ballot/peers-2016"
    assert auditor.post(address, data={"whose": "U001", "purpose": "  "}).status_code == 422
    assert entries(house, "Looked") == []
    answer = auditor.post(address, data={"whose": "U001", "purpose": "举报核查"})
    assert answer.status_code == 200
    assert "市U002局" in body(answer) and "举报核查" in body(answer)
    assert entries(house, "Looked") == [{"purpose": "举报核查", "what": "ballot", "whose": "U001"}]


def test_the_sheets_of_a_seat_are_shown_under_the_name(house, sign_in):
    with house.sessions.begin() as session:
        panel = make_panel(session)
        fill_all(session, panel.experts[0], panel.units, total=83)
        make_account_for(session, "auditor", Role("auditor"))
    answer = sign_in("auditor").post("/audit/looks/sheets/panel-2016", data={"whose": "E01", "purpose": "抽查"})
    assert answer.status_code == 200
    assert "expert01" in body(answer) and "市U002局" in body(answer)
    assert entries(house, "Looked") == [{"purpose": "抽查", "what": "sheets", "whose": "expert01"}]


def test_raw_answers_are_shown_by_way_in_without_a_name(house, sign_in):
    with house.sessions.begin() as session:
        survey = open_survey(session)
        checked = check(survey.plan, {"agree": ["y"], "dealt_any": ["n"]}, block=())
        cast_open(session, survey, new_submission(survey.round_code, "open", (), now=NOW), checked, now=NOW)
        make_account_for(session, "auditor", Role("auditor"))
    address = f"/audit/looks/answers/{survey.round_code}"
    answer = sign_in("auditor").post(address, data={"whose": "open", "purpose": "抽查"})
    assert answer.status_code == 200
    assert "dealt_any <b>n</b>" in body(answer)
    assert entries(house, "Looked") == [{"purpose": "抽查", "what": "answers", "whose": "open"}]


@pytest.mark.parametrize("whose", ["U999", "U001' OR 1=1", "<svg/onload=x()>", "²", "9" * 40])
def test_a_look_at_nobody_records_nothing_and_keeps_what_was_typed(auditor, house, whose):
    answer = auditor.post("/audit/looks/ballot/peers-2016", data={"whose": whose, "purpose": "核查"})
    assert answer.status_code == 422
    assert "<svg" not in body(answer)
    assert entries(house, "Looked") == []


@pytest.mark.parametrize(
    "address", ["sheets/peers-2016", "answers/peers-2016", "ballot/none-such", "names/peers-2016"]
)
def test_a_look_fits_the_kind_of_its_round(auditor, address):
    assert auditor.get(f"/audit/looks/{address}").status_code == 404
    assert auditor.post(f"/audit/looks/{address}", data={"whose": "U001", "purpose": "x"}).status_code == 404


def test_the_trail_is_filtered_by_kind_subject_and_person(auditor, house):
    page = body(auditor.get("/audit/trail?kind=RoundFrozen"))
    assert "留痕记录1条" in page
    assert "留痕记录1条" in body(auditor.get("/audit/trail?subject=round+peers&by=office"))
    assert "没有符合条件的留痕记录" in body(auditor.get("/audit/trail?subject=%25"))


@pytest.mark.parametrize("number", ["0", "-1", "²", "9" * 40, "abc", ""])
def test_a_page_that_is_not_there_is_another(auditor, number):
    assert auditor.get(f"/audit/trail?page={number}").status_code == 200


def test_the_trail_asks_as_much_for_many_as_for_one(auditor, house):
    def statements():
        seen = []
        engine = house.sessions.kw["bind"]
        event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
        auditor.get("/audit/trail?kind=YearMoved")
        return len(seen)

    def append(number):
        with house.sessions.begin() as session:
            for _ in range(number):
                record(session, YearMoved(2016, "preparing", "collecting", ""), by="office", now=NOW)

    append(1)
    auditor.get("/audit/trail")  # whatever a process asks once
    one = statements()
    append(2)
    assert statements() == one


def test_the_chain_leaves_as_lines_that_can_be_verified_elsewhere(auditor):
    import hashlib

    lines = auditor.get("/audit/trail.jsonl").data.splitlines()
    previous = "0" * 64
    for number, line in enumerate(lines, 1):
        row = json.loads(line)
        names = ("number", "at", "by", "kind", "subject", "facts", "previous")
        spelt = json.dumps([row[name] for name in names], ensure_ascii=False, separators=(",", ":"))
        assert (row["number"], row["previous"]) == (number, previous)
        assert hashlib.sha256(spelt.encode()).hexdigest() == row["hash"]
        previous = row["hash"]
    assert len(lines) == 5


def test_digests_of_freeze_and_close_are_listed(auditor, house):
    with house.sessions.begin() as session:
        closed = close_round(session, house.kinds, "peers-2016", by="office", now=datetime.now(UTC), early=True)
        digest = session.scalars(select(Round)).one().instrument_digest
    page = body(auditor.get("/audit/rounds"))
    assert closed.merkle_root in page
    assert entries(house, "RoundFrozen")[0]["document"] in page
    assert digest not in page


@pytest.mark.parametrize(
    "path",
    ["", "verify", "trail", "trail.jsonl", "rounds", "voids", "approvals", "looks", "looks/ballot/peers-2016"],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_is_well_formed_and_writes_nothing(auditor, house, path, lang):
    with house.sessions() as session:
        before = session.scalars(select(Entry.hash).order_by(Entry.number.desc())).first()
    assert auditor.get(f"/audit/{path}?lang={lang}").status_code == 200
    with house.sessions() as session:
        assert session.scalars(select(Entry.hash).order_by(Entry.number.desc())).first() == before


def test_the_office_does_not_enter(auditor, sign_in):
    sign_in("office")
    assert auditor.get("/audit/").status_code == 403
    assert auditor.post("/audit/looks/ballot/peers-2016", data={"whose": "U001", "purpose": "x"}).status_code == 403
