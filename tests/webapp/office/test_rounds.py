"""Acts on rounds through the desk: one asks, another approves, and the act is done with the approval."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select

from accounts.approvals import Approval
from audit.events import Entry
from rounds.round import Round
from tests.factories import make_round
from units.year import Year

TWO = ("office", "office-check")


def ask(office, act="freeze", **data):
    return office("office").post(f"/office/rounds/peers-2016/ask/{act}", data=data)


def decide(office, public_id, decision="approved", by="office-check"):
    return office(by).post(f"/office/approvals/{public_id}", data={"decision": decision})


def frozen(office, request_id):
    ask(office)
    decide(office, request_id())


def shift_window(write, opens, closes):
    def shift(session):
        round_ = session.scalars(select(Round)).one()
        now = datetime.now(UTC)
        round_.opens_at, round_.closes_at = now + opens, now + closes

    write(shift)


HOUR = timedelta(hours=1)


def test_a_freeze_is_done_with_the_second_persons_approval(office, request_id, round_, read):
    assert ask(office).status_code == 303
    assert round_().state == "draft"
    page = office("office-check").get("/office/approvals").get_data(as_text=True)
    assert "冻结测评批次" in page and "peers-2016" in page
    assert decide(office, request_id()).status_code == 303
    assert (round_().state, len(round_().instrument_digest)) == ("frozen", 64)
    kinds = read(lambda session: session.scalars(select(Entry.kind).order_by(Entry.number)).all())
    assert [kind for kind in kinds if kind != "SignInRecorded"][-3:] == [
        "ApprovalAsked",
        "ApprovalDecided",
        "RoundFrozen",
    ]


def test_who_asked_cannot_approve(office, write, request_id, round_):
    ask(office)

    def asked_by_checker(session):
        session.scalars(select(Approval)).one().asked_by = "office-check"

    write(asked_by_checker)
    answer = decide(office, request_id())
    assert answer.status_code == 409
    assert "须由另一人审批" in answer.get_data(as_text=True)
    assert round_().state == "draft"


def test_a_refused_freeze_leaves_the_draft(office, request_id, round_, count):
    ask(office)
    assert decide(office, request_id(), "refused").status_code == 303
    assert round_().state == "draft"
    assert "暂无待批事项" in office("office-check").get("/office/approvals").get_data(as_text=True)


def test_a_request_is_decided_once(office, request_id, round_):
    ask(office)
    public_id = request_id()
    decide(office, public_id)
    assert decide(office, public_id, by="office-approve").status_code == 409


def test_a_request_is_stale_once_the_draft_has_changed(office, request_id, write, round_):
    ask(office)

    def retitle(session):
        session.scalars(select(Round)).one().title_zh = "另一名称"

    write(retitle)
    answer = decide(office, request_id())
    assert answer.status_code == 409
    assert "请退回" in answer.get_data(as_text=True)
    assert round_().state == "draft"


def test_a_draft_that_lacks_something_cannot_be_asked_for_and_says_what(office, write, count):
    write(lambda session: setattr(session.scalars(select(Round)).one(), "draft", {}))
    page = office("office").get("/office/rounds/peers-2016").get_data(as_text=True)
    assert "互评表无法读取" in page
    assert ask(office).status_code == 422
    assert count(Approval) == 0


def test_a_round_lives_from_draft_to_published_through_the_desk(office, request_id, round_, write):
    frozen(office, request_id)
    ask(office, "open")
    decide(office, request_id())
    assert round_().state == "open"
    assert office("office").post("/office/rounds/peers-2016/close").status_code == 422
    assert office("office").post("/office/rounds/peers-2016/close", data={"early": "y"}).status_code == 303
    assert round_().state == "closed"
    assert office("office").post("/office/rounds/peers-2016/tally").status_code == 303
    ask(office, "publish", version=1)
    decide(office, request_id(), by="office-approve")
    assert (round_().state, round_().published_version) == ("published", 1)


@pytest.mark.parametrize("version", ["2", "", "-1", "²", "9" * 40])
def test_only_a_version_that_was_counted_can_be_published(office, request_id, write, count, version):
    frozen(office, request_id)
    shift_window(write, -2 * HOUR, -HOUR)
    office("office").post("/office/rounds/peers-2016/close")
    office("office").post("/office/rounds/peers-2016/tally")
    asked = count(Approval)
    assert ask(office, "publish", version=version).status_code == 422
    assert count(Approval) == asked


def test_hours_of_an_open_round_are_moved_by_two(office, request_id, round_, write):
    frozen(office, request_id)
    shift_window(write, -HOUR, HOUR)
    data = {"opens_at": "2016-12-01T00:00", "closes_at": "2036-12-31T18:00"}
    assert office("office").post("/office/rounds/peers-2016/window", data=data).status_code == 303
    decide(office, request_id())
    assert round_().closes_at == datetime(2036, 12, 31, 10, 0, tzinfo=UTC)


def test_a_window_that_closes_before_it_opens_is_refused_and_stays_on_the_page(office, request_id, write, round_):
    frozen(office, request_id)
    data = {"opens_at": "2036-12-31T18:00", "closes_at": "2016-12-01T00:00"}
    answer = office("office").post("/office/rounds/peers-2016/window", data=data)
    assert answer.status_code == 422
    assert 'value="2036-12-31T18:00"' in answer.get_data(as_text=True)


def test_titles_and_hours_of_a_draft_are_edited_by_one(office, round_):
    data = {
        "title_zh": "单位互评",
        "title_en": "Mutual",
        "opens_at": "2036-12-01T08:00",
        "closes_at": "2036-12-09T18:00",
    }
    assert office("office").post("/office/rounds/peers-2016/edit", data=data).status_code == 303
    assert (round_().title_zh, round_().opens_at) == ("单位互评", datetime(2036, 12, 1, 0, 0, tzinfo=UTC))


def test_a_frozen_round_cannot_be_edited(office, request_id, round_):
    frozen(office, request_id)
    assert office("office").get("/office/rounds/peers-2016/edit").status_code == 409
    data = {"title_zh": "改名", "title_en": "x", "opens_at": "2036-12-01T08:00", "closes_at": "2036-12-09T18:00"}
    assert office("office").post("/office/rounds/peers-2016/edit", data=data).status_code == 409
    assert round_().title_zh == "peers-2016测评"


def test_rules_change_by_two_and_thresholds_only_upward(office, request_id, round_, write, count):
    weights = {"G1_PARTY_DEL": 10, "G2_NPC_DEP": 15}
    write(lambda session: make_survey_draft(session, weights))
    data = {"min_raters": "12", "public": "10", "internal": "6", "guarded": "10"}
    data |= {"weights-G1_PARTY_DEL": "10", "weights-G2_NPC_DEP": "12.5"}
    assert office("office").post("/office/rounds/q1-2016/rules", data=data).status_code == 303
    decide(office, request_id())
    assert round_("q1-2016").rules == {
        "min_raters": 12,
        "k": {"public": 10, "internal": 6, "guarded": 10},
        "weights": {"G1_PARTY_DEL": "10", "G2_NPC_DEP": "12.5"},
    }
    lower = office("office").post("/office/rounds/q1-2016/rules", data=data | {"internal": "5"})
    assert lower.status_code == 422
    assert "不得低于6" in lower.get_data(as_text=True)


@pytest.mark.parametrize("weight", ["0", "-1", "1e400", "NaN", "²", "", "abc", "=1+1"])
def test_a_weight_must_be_a_number_above_0(office, write, count, weight):
    write(lambda session: make_survey_draft(session, {"G1_PARTY_DEL": 10}))
    data = {"min_raters": "10", "public": "10", "internal": "5", "guarded": "10", "weights-G1_PARTY_DEL": weight}
    assert office("office").post("/office/rounds/q1-2016/rules", data=data).status_code == 422
    assert count(Approval) == 0


def make_survey_draft(session, weights):
    now = datetime.now(UTC)
    window = {"opens_at": now + HOUR, "closes_at": now + 2 * HOUR}
    make_round(session, session.scalars(select(Year)).one(), "q1-2016", rules={"weights": weights}, **window)


@pytest.mark.parametrize(
    ("username", "path"),
    [
        ("office-check", "/office/rounds/peers-2016/ask/freeze"),
        ("office-approve", "/office/rounds/peers-2016/close"),
        ("office-check", "/office/rounds/peers-2016/tally"),
        ("office-check", "/office/rounds/peers-2016/edit"),
        ("office-approve", "/office/rounds/peers-2016/rules"),
        ("office-check", "/office/rounds/peers-2016/window"),
        ("office", "/office/approvals/none-such"),
        ("auditor", "/office/rounds/peers-2016/ask/freeze"),
    ],
)
def test_the_wrong_duty_is_refused(office, username, path, count):
    assert office(username).post(path).status_code == 403
    assert count(Approval) == 0


@pytest.mark.parametrize("act", ["tally", "archive", "stage", "showing", "rules", "no-such-act"])
def test_only_the_acts_of_a_round_can_be_asked_for_on_it(office, act, count):
    assert ask(office, act).status_code == 404
    assert count(Approval) == 0


def test_the_confirmation_to_be_printed_bears_the_digest_and_places_to_sign(office, request_id, round_):
    assert office("office").get("/office/rounds/peers-2016/confirmation").status_code == 404
    frozen(office, request_id)
    page = office("office").get("/office/rounds/peers-2016/confirmation").get_data(as_text=True)
    assert round_().instrument_digest in page
    assert "盖章" in page and "签字" in page


def test_the_list_of_rounds_asks_as_much_for_three_as_for_one(office, write, house):
    def statements():
        seen = []
        engine = house.sessions.kw["bind"]
        event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
        client.get("/office/rounds")
        return len(seen)

    client = office("office")
    client.get("/office/rounds")  # whatever a process asks once
    one = statements()

    def more(session):
        year = session.scalars(select(Year)).one()
        for code in ("q1-2016", "q2-2016"):
            make_round(session, year, code)

    write(more)
    assert statements() == one
