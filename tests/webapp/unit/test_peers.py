"""Mutual evaluation through the pages, with JavaScript and without."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from review.peers.ballot import PeerBallot, PeerGrade
from rounds.round import Round
from tests.statements import statements
from tests.units.files import samples
from tests.webapp.unit.conftest import OTHERS

ITEMS = ("p_duty", "p_coop", "p_innov")
HTMX = {"HX-Request": "true"}


def grades(world, rater="U001"):
    with world() as session:
        rows = session.scalars(select(PeerGrade).where(PeerGrade.rater_unit == rater))
        return {(row.target_unit, row.item): row.grade for row in rows}


def row(code, *given):
    return {f"{code}.{item}": grade for item, grade in zip(ITEMS, given, strict=False)}


def fill(browser, grade="B"):
    """Grade everybody as a browser without JavaScript does: a category at a time."""
    for category in ("party", "gov_service"):
        data = {key: value for code in OTHERS for key, value in row(code, grade, grade, grade).items()}
        assert browser.post(f"/unit/peers/{category}", data=data).status_code == 303


def close(world):
    with world() as session:
        round_ = session.scalars(select(Round)).one()
        round_.closes_at = datetime.now(UTC) - timedelta(seconds=1)


def state(world):
    with world() as session:
        ballot = session.get_one(PeerBallot, (session.scalars(select(Round.id)).one(), "U001"))
        return ballot.state, ballot.confirmed_way


def test_a_row_is_kept_by_htmx_and_only_what_changed_around_the_grid_comes_back(officer, world):
    answer = officer.post("/unit/peers/rows/U002", data=row("U002", "A", "B", "dk"), headers=HTMX)
    page = answer.get_data(as_text=True)
    assert grades(world) == {("U002", "p_duty"): "A", ("U002", "p_coop"): "B", ("U002", "p_innov"): "dk"}
    assert '<table class="rows' not in page and "还有10家单位未评" in page
    assert re.search(r'id="peers-count"[^>]*>1 / 3<', page)
    assert re.findall(r"<span>(\d+ / \d+)</span>", page)[:3] == ["1 / 3", "0 / 1", "0 / 4"]


def test_without_javascript_a_whole_category_is_kept_at_once(officer, world):
    officer.post("/unit/peers/party", data=row("U002", "A") | row("U003", "B") | row("U009", "C"))
    assert grades(world) == {("U002", "p_duty"): "A", ("U003", "p_duty"): "B"}  # U009 is of another category


def test_the_rest_of_a_category_is_marked_as_not_known_and_undone_in_one_step(officer, world):
    officer.post("/unit/peers/party", data=row("U002", "A") | {"act": "block"})
    assert sorted(grades(world).values()) == ["A"] + ["dk"] * 8
    answer = officer.post("/unit/peers/undo")
    assert answer.location.startswith("/unit/peers/party#U00")
    assert grades(world) == {("U002", "p_duty"): "A"}


@pytest.mark.parametrize("data", [row("U001", "A"), row("U002", "E"), {"U002.other": "A"}])
def test_own_unit_and_strange_grades_leave_nothing_behind(officer, world, data):
    officer.post("/unit/peers/party", data=data)
    assert grades(world) == {}


def test_the_own_unit_has_no_page_and_no_row(officer):
    assert officer.get("/unit/peers/about/U001").status_code == 404
    assert 'id="U001"' not in officer.get("/unit/peers/party").get_data(as_text=True)


def test_a_suggestion_is_kept_with_the_grades_on_a_units_page(officer, world):
    answer = officer.post("/unit/peers/about/U002", data=row("U002", "A") | {"comment": "加快会签"})
    assert answer.location == "/unit/peers/party#U002"
    assert "加快会签" in officer.get("/unit/peers/about/U002").get_data(as_text=True)
    refused = officer.post("/unit/peers/about/U002", data={"comment": "字" * 201})
    assert refused.status_code == 422 and "字" * 201 in refused.get_data(as_text=True)


def test_an_incomplete_form_says_what_it_lacks(officer, world):
    officer.post("/unit/peers/party", data=row("U002", "A", "A", "A") | row("U003", "D") | row("U004", "D"))
    answer = officer.post("/unit/peers/send")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "“较差”已用2个，最多1个" in page and "还有8家单位未评" in page
    assert state(world) == ("draft", None)


def test_officer_sends_and_head_confirms(officer, head, world):
    fill(officer)
    assert officer.post("/unit/peers/send").status_code == 303
    assert officer.post("/unit/peers/confirm").status_code == 403
    assert "等您确认" in head.get("/unit/").get_data(as_text=True)
    assert head.post("/unit/peers/confirm").status_code == 303
    assert state(world) == ("confirmed", "account")
    assert officer.post("/unit/peers/take-back").status_code == 409
    assert "互评表已确认" in officer.get("/unit/peers").get_data(as_text=True)


def test_the_head_gives_the_form_back(officer, head, world):
    fill(officer)
    officer.post("/unit/peers/send")
    assert head.post("/unit/peers/take-back").status_code == 303
    assert state(world) == ("draft", None)


def test_a_signed_paper_confirms_too(officer, world):
    fill(officer)
    officer.post("/unit/peers/send")
    empty = officer.post("/unit/peers/paper", data={})
    assert empty.status_code == 422 and state(world) == ("sent", None)
    scan = (io.BytesIO(samples.picture("JPEG")), "签字件.jpg")
    assert officer.post("/unit/peers/paper", data={"scan": scan}).status_code == 303
    assert state(world) == ("confirmed", "paper")


def test_the_printed_form_holds_every_grade_and_the_digest(officer, world):
    fill(officer)
    officer.post("/unit/peers/send")
    with world() as session:
        digest = session.scalar(text("SELECT digest FROM peer_ballot WHERE rater_unit = 'U001'"))
    page = officer.get("/unit/peers/print").get_data(as_text=True)
    assert page.count("<td>良好</td>") == 33 and digest[:32] in page


def test_after_the_close_nothing_is_taken_and_the_page_says_so(officer, world):
    close(world)
    answer = officer.post("/unit/peers/party", data=row("U002", "A"))
    assert answer.status_code == 409
    assert grades(world) == {}
    late = officer.post("/unit/peers/rows/U002", data=row("U002", "A"), headers=HTMX)
    assert (late.status_code, late.headers["HX-Retarget"]) == (409, "#main")
    assert grades(world) == {}
    page = officer.get("/unit/peers").get_data(as_text=True)
    assert "互评已截止" in page and "未计入" in page


def test_another_unit_sees_its_own_form_alone(officer, other_officer, world):
    officer.post("/unit/peers/party", data=row("U003", "D") | row("U004", "A"))
    page = other_officer.get("/unit/peers/confirmation").get_data(as_text=True)
    assert "<td>较差</td>" not in page and "<td>优秀</td>" not in page


def test_the_grid_costs_few_statements_however_many_grades_it_holds(app, officer):
    officer.get("/unit/peers/party")  # what a worker reads once is read by now
    with statements(app) as empty:
        officer.get("/unit/peers/party")
    fill(officer)
    with statements(app) as full:
        officer.get("/unit/peers/party")
    assert len(empty) == len(full) <= 12
