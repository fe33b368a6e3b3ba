"""The register of a year's units, and how far units are with what they hand in."""

import io

import pytest
import xlsxwriter

from audit.events import Entry
from tests.factories import NOW, make_unit, make_year
from tests.review.panel.panels import add_entry
from units.errors import TableHasFaults
from units.handing_in import handed_in
from units.matters import AssignedMatter
from units.papers import Paper
from units.register import change_unit, register_fields, register_of, unit_in_register
from units.register_errors import WrongUnit
from units.register_importing import COLUMNS, import_units

ACT = {"by": "office", "now": NOW}
ROW = (
    "U101",
    "苏州广播电视总台",
    "苏州广电总台",
    "Broadcasting",
    "institution",
    101,
    "是",
    "",
    "",
    "",
    "",
    "",
    "收视；广播",
)


@pytest.fixture
def year(each_session):
    return make_year(each_session)


def table(*rows):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([list(COLUMNS), *rows]):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def read_in(session, year, *rows, dry_run=False):
    return import_units(session, year, "units.xlsx", table(*rows), dry_run=dry_run, **ACT)


def test_a_table_adds_changes_and_leaves_alone(each_session, year):
    make_unit(each_session, year, "U001")
    assert read_in(each_session, year, ROW, dry_run=True).added == 1
    assert [line.code for line in register_of(each_session, year.id)] == ["U001"]
    assert read_in(each_session, year, ROW).added == 1
    renamed = (*ROW[:2], "广电总台", *ROW[3:])
    done = read_in(each_session, year, renamed)
    assert (done.added, done.changed, done.same) == (0, 1, 0)
    unit = unit_in_register(each_session, year.id, "U101")
    assert (unit.short_name_zh, unit.pinyin, unit.initials) == ("广电总台", "guangdianzongtai", "gdzt")
    assert (unit.mandate.visibility, [topic.topic_zh for topic in unit.topics]) == ("internal", ["收视", "广播"])
    assert read_in(each_session, year, renamed).same == 1
    assert each_session.query(Entry).filter_by(kind="UnitsImported").count() == 3


def test_every_wrong_cell_has_its_address(each_session, year):
    wrong = ("u1", "", "长" * 65, "x", "none", "1.5", "也许", "", "", "", "", "", "词" * 33)
    with pytest.raises(TableHasFaults) as refused:
        read_in(each_session, year, ROW, wrong, ROW)
    told = [(fault.cell, fault.reason) for fault in refused.value.faults]
    assert sorted(told) == [
        ("A3", "not_a_code"),
        ("A4", "twice"),
        ("B3", "missing"),
        ("C3", "too_long"),
        ("E3", "unknown_category"),
        ("F3", "not_a_number"),
        ("G3", "not_yes_or_no"),
        ("M3", "too_long"),
    ]
    assert register_of(each_session, year.id) == []


@pytest.mark.parametrize(
    "fields", [{"name_zh": ""}, {"category": "none"}, {"position": 0}, {"topics": [""]}, {"staffing": "长" * 65}]
)
def test_a_wrong_field_changes_nothing(each_session, year, fields):
    make_unit(each_session, year, "U001")
    unit = unit_in_register(each_session, year.id, "U001")
    before = register_fields(unit)
    with pytest.raises(WrongUnit):
        change_unit(each_session, year, unit, {"short_name_zh": "新名", **fields}, **ACT)
    assert register_fields(unit) == before


def test_what_is_handed_in_is_counted_by_unit(each_session, year):
    first, second = (make_unit(each_session, year, code) for code in ("U001", "U002"))
    add_entry(each_session, first)
    add_entry(each_session, first, state="draft")
    papers = {"state": "handed_in", "saved_at": NOW, "handed_in_at": NOW, "attachments": []}
    each_session.add(Paper(unit_id=first.id, kind="plan", text="计划", **papers))
    each_session.add(Paper(unit_id=first.id, kind="mid_year", text="", state="draft", saved_at=NOW, attachments=[]))
    facts = {"matter": "办理", "source_document": "〔2016〕1号", "deadline": NOW.date(), "attachments": []}
    each_session.add(AssignedMatter(unit_id=second.id, number="1", **facts))
    each_session.add(AssignedMatter(unit_id=second.id, number="2", result="已办", answered_at=NOW, **facts))
    each_session.flush()
    found = [
        (h.unit_code, sorted(h.papers), h.matters, h.answered, h.entries) for h in handed_in(each_session, year.id)
    ]
    assert found == [("U001", ["plan"], 0, 0, 1), ("U002", [], 2, 1, 0)]
