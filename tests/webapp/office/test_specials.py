"""Additions and deductions through the desk: proposed by one, decided by another."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from scoring.specials import SpecialEntry, SpecialItem
from units.year import Year

ENTRY = {
    "unit": "U001",
    "item": "SPC_HSWZ",
    "direction": "",
    "points": "2.5",
    "matter": "寒山闻钟办件",
    "document_no": "〔2016〕9号",
}


@pytest.fixture
def office(office, write):
    def item(session):
        year = session.scalars(select(Year)).one()
        facts = {"position": 1, "name_zh": "寒山闻钟", "name_en": "Forum", "direction": "bonus", "most": Decimal(3)}
        session.add(SpecialItem(year_id=year.id, code="SPC_HSWZ", **facts))

    office("office")
    write(item)
    return office


@pytest.fixture
def entry(read):
    return lambda: read(lambda session: session.scalars(select(SpecialEntry)).one())


def propose(office, by="office", **change):
    return office(by).post("/office/special", data=ENTRY | change)


def decide(office, public_id, by="office-check", decision="approved"):
    return office(by).post(f"/office/special/{public_id}", data={"decision": decision})


def test_an_addition_counts_once_a_second_person_has_approved_it(office, entry):
    assert propose(office).status_code == 303
    assert entry().state == "proposed"
    assert decide(office, entry().public_id).status_code == 303
    assert (entry().state, entry().decided_by, entry().points) == ("counted", "office-check", Decimal("2.5"))
    assert decide(office, entry().public_id, decision="refused").status_code == 409


@pytest.mark.parametrize(
    "change",
    [
        {"points": "3.001"},
        {"points": "0"},
        {"points": "-1"},
        {"points": "1.2345"},
        {"points": "NaN"},
        {"points": "1e400"},
        {"points": "²"},
        {"document_no": " "},
        {"matter": ""},
        {"unit": "U999"},
        {"item": "none"},
        {"direction": "deduction"},
    ],
)
def test_a_wrong_entry_is_refused_and_kept_on_the_page(office, count, change):
    answer = propose(office, **change)
    assert answer.status_code == 422
    assert count(SpecialEntry) == 0


def test_the_wrong_duty_is_refused(office, entry, count):
    assert propose(office, by="office-check").status_code == 403
    propose(office)
    assert decide(office, entry().public_id, by="office").status_code == 403
    assert entry().state == "proposed"


def test_sums_are_shown_beside_their_caps(office, write, entry):
    propose(office)
    decide(office, entry().public_id)
    write(lambda session: setattr(session.scalars(select(SpecialEntry)).one(), "points", Decimal("12.5")))
    assert "12.500 → 10" in office("office").get("/office/special").get_data(as_text=True)
