"""Papers and assigned matters through the pages."""

import io
from datetime import date

import pytest
from sqlalchemy import select

from tests.factories import NOW
from tests.statements import statements
from tests.units.entries import make_entry
from tests.units.files import samples
from units.matters import AssignedMatter
from units.papers import Paper
from units.unit import Unit
from units.year import Year


@pytest.fixture
def matter(world):
    with world() as session:
        unit = session.scalars(select(Unit).where(Unit.code == "U001")).one()
        made = AssignedMatter(
            unit_id=unit.id, number="1", matter="汛期值守", source_document="苏府办1号", deadline=date(2016, 7, 1)
        )
        session.add(made)
        session.flush()
        return made.public_id


def paper(world):
    with world() as session:
        found = session.scalars(select(Paper)).one()
        return found.text, found.state


def test_a_plan_is_drafted_with_a_file_and_handed_in(officer, world):
    officer.post("/unit/papers/plan", data={"text": "草稿", "files": [(io.BytesIO(samples.pdf()), "计划.pdf")]})
    officer.post("/unit/papers/plan", data={"text": "定稿", "act": "hand_in"})
    assert paper(world) == ("定稿", "handed_in")
    page = officer.get("/unit/papers/plan").get_data(as_text=True)
    assert "定稿" in page and "计划.pdf" in page and "<textarea" not in page


def test_a_text_that_is_too_long_comes_back_whole(officer):
    answer = officer.post("/unit/papers/plan", data={"text": "字" * 1501})
    assert answer.status_code == 422 and "字" * 1501 in answer.get_data(as_text=True)


def test_nothing_is_handed_in_empty(officer):
    answer = officer.post("/unit/papers/plan", data={"text": " ", "act": "hand_in"})
    assert answer.status_code == 422 and "还有必填内容未填" in answer.get_data(as_text=True)


def test_outside_the_collecting_stages_what_was_typed_is_kept_and_the_page_says_so(officer, world):
    with world() as session:
        session.scalars(select(Year)).one().stage = "provisional"
    answer = officer.post("/unit/papers/plan", data={"text": "太晚的文字"})
    assert answer.status_code == 422
    assert "太晚的文字" in answer.get_data(as_text=True) and "现阶段不接收材料" in answer.get_data(as_text=True)


def test_a_matter_is_answered(officer, other_officer, matter, world):
    assert "1件未反馈" in officer.get("/unit/").get_data(as_text=True)
    assert other_officer.get(f"/unit/matters/{matter}").status_code == 404
    answer = officer.post(f"/unit/matters/{matter}", data={"result": "已办结"})
    assert answer.status_code == 303
    with world() as session:
        assert session.scalars(select(AssignedMatter)).one().answered_by == "unit001"
    assert "交办事项已全部反馈" in officer.get("/unit/matters").get_data(as_text=True)


def test_an_empty_answer_is_refused(officer, matter):
    assert officer.post(f"/unit/matters/{matter}", data={"result": ""}).status_code == 422


@pytest.mark.parametrize("address", ["/unit/", "/unit/matters", "/unit/submissions", "/unit/preview"])
def test_a_list_costs_the_same_for_one_row_and_for_three(app, officer, world, address):
    def more(count, first):
        with world() as session:
            unit = session.scalars(select(Unit).where(Unit.code == "U001")).one()
            for number in range(first, first + count):
                make_entry(session, unit, state="submitted")
                session.add(
                    AssignedMatter(
                        unit_id=unit.id,
                        number=str(number),
                        matter="事",
                        source_document="文",
                        deadline=NOW.date(),
                    )
                )

    more(1, 1)
    officer.get(address)  # what a worker reads once is read by now
    with statements(app) as one:
        officer.get(address)
    more(2, 2)
    with statements(app) as three:
        officer.get(address)
    assert len(one) == len(three) <= 16
