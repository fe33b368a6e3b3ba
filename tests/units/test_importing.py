"""The office's table of assigned matters."""

from datetime import date

import pytest
from sqlalchemy import func, select

from audit.events import Entry
from tests.factories import NOW, make_unit, make_year
from tests.units.files.samples import xlsx
from units.errors import TableHasFaults
from units.importing import COLUMNS, MattersImport, import_matters
from units.matters import AssignedMatter, answer_matter
from units.unit import Unit

GOOD = ("1", "U001", "汛期值守", "苏府办〔2016〕12号", "2016-07-15")


@pytest.fixture
def year(session):
    made = make_year(session)
    make_unit(session, made, "U001")
    make_unit(session, made, "U002")
    return made


def load(session, year, *rows, dry_run=False):
    return import_matters(session, year, "交办.xlsx", xlsx((COLUMNS, *rows)), dry_run=dry_run, by="office", now=NOW)


def count(session):
    return session.scalar(select(func.count()).select_from(AssignedMatter))


def test_rows_become_matters_and_loading_them_again_changes_nothing(session, year):
    assert load(session, year, GOOD, ("1", "U002", *GOOD[2:])) == MattersImport(added=2, changed=0, same=0)
    assert load(session, year, GOOD, ("1", "U002", *GOOD[2:])) == MattersImport(added=0, changed=0, same=2)
    matter = session.scalars(select(AssignedMatter)).first()
    assert (matter.number, matter.matter, matter.deadline) == ("1", "汛期值守", date(2016, 7, 15))


def test_a_dry_run_counts_and_writes_nothing(session, year):
    assert load(session, year, GOOD, dry_run=True).added == 1
    assert count(session) == 0
    assert session.scalar(select(func.count()).select_from(Entry)) == 0


def test_every_wrong_cell_is_named_at_once_and_nothing_is_written(session, year):
    with pytest.raises(TableHasFaults) as refusal:
        load(
            session,
            year,
            GOOD,
            GOOD,
            ("2", "U999", "", "文", "2016年7月"),
            ("3", "U001", "事" * 301, "文", "2016-07-15"),
        )
    assert [(fault.cell, fault.reason) for fault in refusal.value.faults] == [
        ("A3", "twice"),
        ("C4", "missing"),
        ("B4", "unknown_unit"),
        ("E4", "not_a_date"),
        ("C5", "too_long"),
    ]
    assert count(session) == 0


def test_a_table_with_other_columns_is_refused_by_its_head(session, year):
    with pytest.raises(TableHasFaults) as refusal:
        import_matters(session, year, "a.xlsx", xlsx((("编号", "单位"),)), dry_run=True, by="office", now=NOW)
    assert [fault.cell for fault in refusal.value.faults] == ["B1", "C1", "D1", "E1"]


def test_a_corrected_matter_keeps_its_answer(session, year):
    load(session, year, GOOD)
    matter = session.scalars(select(AssignedMatter)).one()
    unit = session.get_one(Unit, matter.unit_id)
    answer_matter(session, unit, matter, "已办结", by="unit001", now=NOW)
    moved = (*GOOD[:4], "2016-08-01")
    assert load(session, year, moved) == MattersImport(added=0, changed=1, same=0)
    assert (matter.deadline, matter.result) == (date(2016, 8, 1), "已办结")
