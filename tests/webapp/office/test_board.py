"""The board tells what is to be done and how far everything is, and never an answer."""

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from accounts.making import Role
from review.panel.sealing import seal_set
from review.panel.seating import seats_of
from rounds.round import Round
from surveys.counting.casting import cast_open
from surveys.fieldwork.submissions import new_submission
from surveys.instruments.checking import check
from tests.factories import NOW, make_account_for
from tests.review.panel.panels import fill_all, make_panel
from tests.surveys.rounds import open_survey


def body(answer):
    return answer.get_data(as_text=True)


def test_a_draft_that_should_be_open_is_the_first_thing_to_do(office, write):
    write(lambda s: setattr(s.scalars(select(Round)).one(), "opens_at", NOW))
    page = body(office("office").get("/office/"))
    assert "已过开始时间，尚未冻结" in page
    assert "<h1>待办2件" in page


def test_what_waits_for_a_second_person_is_shown_to_all_three(office):
    office("office").post("/office/rounds/peers-2016/ask/freeze")
    for username in ("office", "office-check", "office-approve"):
        assert "冻结测评批次" in body(office(username).get("/office/"))


def test_forms_are_counted_by_group_and_channel_beside_what_was_planned(house, sign_in):
    with house.sessions.begin() as session:
        survey = open_survey(session)
        session.get_one(Round, survey.round_id).rules = {"planned": {"open": 50}}
        checked = check(survey.plan, {"agree": ["y"], "dealt_any": ["n"]}, block=())
        cast_open(session, survey, new_submission(survey.round_code, "open", (), now=NOW), checked, now=NOW)
    page = body(sign_in("office").get("/office/"))
    row = page.split("（公开，仅供参考）")[1].split("</tr>")[0]
    assert "<b>1</b>" in row and ">50<" in row and ">2%<" in row


@pytest.fixture
def panel(house, sign_in):
    """A panel of two experts, of whom the first has done everything."""
    with house.sessions.begin() as session:
        made = make_panel(session)
        fill_all(session, made.experts[0], made.units)
        make_account_for(session, "office-approve", Role("office", "approve"))
    return sign_in


def test_progress_of_experts_names_them_and_shows_no_mark(panel):
    page = body(panel("office").get("/office/progress"))
    assert "expert01" in page and "2 / 2" in page and "0 / 2" in page
    assert "80" not in page.split("<main")[1].split("</main")[0]


def test_the_list_of_those_to_be_reminded_holds_names_and_no_answer(office, request_id, write):
    client = office("office")
    client.post("/office/rounds/peers-2016/ask/freeze")
    office("office-check").post(f"/office/approvals/{request_id()}", data={"decision": "approved"})
    write(lambda s: setattr(s.scalars(select(Round)).one(), "opens_at", NOW))
    write(lambda s: make_account_for(s, "unit002", Role("unit", "officer", "U002"), name="=王敏"))
    answer = office("office").get("/office/progress/ballots.xlsx")
    rows = list(load_workbook(io.BytesIO(answer.data)).active.values)
    assert rows[0] == ("单位", "姓名", "用户名", "未办事项")
    assert rows[2] == ("市U002局", "'=王敏", "unit002", "尚未报领导确认")
    assert len(rows) == 4


@pytest.mark.parametrize("who", ["experts", "none", "..%2F"])
def test_a_list_that_is_not_there_is_not_found(office, who):
    assert office("office").get(f"/office/progress/{who}.xlsx").status_code == 404


def test_a_sealed_set_is_opened_again_by_two(panel, house):
    with house.sessions.begin() as session:
        round_ = session.scalars(select(Round)).one()
        for seat in seats_of(session, round_.id):
            if seat.code == "E01":
                seal_set(session, seat, now=NOW)
    asked = panel("office").post("/office/progress/seats/E01/reopen", data={"reason": "漏评一家"})
    assert asked.status_code == 303
    assert panel("office").post("/office/progress/seats/E02/reopen", data={"reason": "x"}).status_code == 422
    assert panel("office").post("/office/progress/seats/E99/reopen", data={"reason": "x"}).status_code == 422
    page = body(panel("office-approve").get("/office/approvals"))
    assert "漏评一家" in page
