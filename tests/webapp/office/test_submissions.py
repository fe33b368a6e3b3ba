"""Verification of entries through the desk, and loading assigned matters."""

import io

import pytest
import xlsxwriter
from sqlalchemy import select

from tests.review.panel.panels import add_entry
from units.importing import COLUMNS
from units.matters import AssignedMatter
from units.submissions import Submission
from units.unit import Unit


@pytest.fixture
def entry(office, write):
    """The public id of an entry that was handed in."""

    def make(session):
        unit = session.scalars(select(Unit).where(Unit.code == "U001")).one()
        hostile = "\"'><svg/onload=x()>{{7*7}}"
        return add_entry(session, unit, state="submitted", problem=hostile, title="=1+1").public_id

    office("office")
    return write(make)


@pytest.fixture
def stored(read):
    return lambda: read(lambda session: session.scalars(select(Submission)).one())


def decide(office, entry, by="office", **data):
    return office(by).post(f"/office/submissions/{entry}", data=data)


def test_an_entry_is_read_as_text_and_verified(office, entry, stored):
    page = office("office").get(f"/office/submissions/{entry}").get_data(as_text=True)
    assert "<svg" not in page and "{{7*7}}" in page
    assert "待核验申报1项" in office("office").get("/office/submissions").get_data(as_text=True)
    assert decide(office, entry, act="verify").status_code == 303
    assert stored().state == "verified"
    assert decide(office, entry, act="publish").status_code == 303
    address = f"/office/submissions/{entry}/visibility"
    assert office("office").post(address, data={"visibility": "public"}).status_code == 303
    assert (stored().state, stored().visibility) == ("published", "public")


@pytest.mark.parametrize("act", ["return", "reject", "verify_with_remark"])
def test_what_the_unit_must_learn_needs_a_remark(office, entry, stored, act):
    assert decide(office, entry, act=act, remark="  ").status_code == 422
    assert stored().state == "submitted"
    assert decide(office, entry, act=act, remark="请补充佐证").status_code == 303
    assert [step.remark for step in stored().remarks] == ["请补充佐证"]


@pytest.mark.parametrize("data", [{"act": "publish"}, {"act": "none"}, {}, {"act": "return", "remark": "长" * 501}])
def test_a_step_that_is_not_possible_is_refused(office, entry, stored, data):
    assert decide(office, entry, **data).status_code == 422
    assert stored().state == "submitted"


def test_an_entry_that_is_not_published_cannot_be_shown_to_the_public(office, entry, stored):
    address = f"/office/submissions/{entry}/visibility"
    assert office("office").post(address, data={"visibility": "public"}).status_code == 422
    assert stored().visibility == "internal"


def test_a_draft_is_not_seen(office, entry, write):
    write(lambda session: setattr(session.scalars(select(Submission)).one(), "state", "draft"))
    assert office("office").get(f"/office/submissions/{entry}").status_code == 404


@pytest.mark.parametrize("username", ["office-check", "office-approve", "auditor"])
def test_only_the_maker_verifies(office, entry, username):
    assert decide(office, entry, by=username, act="verify").status_code == 403


def matters(*rows):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([COLUMNS, *rows]):
            sheet.write_row(number, 0, row)
    out.seek(0)
    return out


def load(office, content, way="load"):
    data = {"table": (content, "matters.xlsx"), "way": way}
    return office("office").post("/office/matters", data=data, content_type="multipart/form-data")


def test_assigned_matters_are_checked_then_loaded(office, count):
    row = ("1", "U001", "办理来信", "〔2016〕3号", "2016-12-20")
    assert "数据未写入" in load(office, matters(row), "check").get_data(as_text=True)
    assert count(AssignedMatter) == 0
    assert "新增1条" in load(office, matters(row)).get_data(as_text=True)
    assert count(AssignedMatter) == 1


def test_wrong_cells_of_matters_are_all_named(office, count):
    answer = load(office, matters(("1", "U999", "办理", "〔2016〕3号", "明天"), ("", "U001", "", "x", "2016-12-20")))
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert all(f'class="num">{cell}<' in page for cell in ("B2", "E2", "A3", "C3"))
    assert count(AssignedMatter) == 0
