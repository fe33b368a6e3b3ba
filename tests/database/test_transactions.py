"""Readers cannot write, and the kinds of columns keep what they are given."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import sessionmaker

from database.transactions import reading, writing
from units.year import Year


def row(year=2016):
    return {"year": year, "title_zh": "年度", "title_en": "Year", "stage": "preparing", "rules": {}}


def test_a_reader_cannot_write(each_engine):
    with pytest.raises(DBAPIError), reading(sessionmaker(each_engine)) as session:
        session.execute(insert(Year), row())


def test_a_writer_commits_at_the_end(each_engine):
    make = sessionmaker(each_engine)
    with writing(make) as session:
        session.execute(insert(Year), row())
    with reading(make) as session:
        assert session.scalars(select(Year.year)).all() == [2016]


def test_a_writer_that_fails_leaves_nothing(each_engine):
    make = sessionmaker(each_engine)
    with pytest.raises(ZeroDivisionError), writing(make) as session:
        session.execute(insert(Year), row())
        _ = 1 / 0
    with reading(make) as session:
        assert session.scalars(select(Year.year)).all() == []


def test_thousandths_refuse_a_fourth_decimal(session):
    from database.columns import Thousandths

    column = Thousandths()
    assert column.process_bind_param(Decimal("88.437"), session.bind.dialect) == 88437
    with pytest.raises(ValueError, match="three decimals"):
        column.process_bind_param(Decimal("88.4371"), session.bind.dialect)


def test_a_naive_instant_is_refused(session):
    from database.columns import UTC as Column

    with pytest.raises(ValueError, match="time zone"):
        Column().process_bind_param(datetime(2016, 1, 1), session.bind.dialect)
    assert Column().process_bind_param(datetime(2016, 1, 1, tzinfo=UTC), session.bind.dialect).tzinfo is None
