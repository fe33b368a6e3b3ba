"""The two declarative bases: one for the main database, one for the ballot box."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from database.columns import UTC, Thousandths

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of every table in the main database."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UTC(), Decimal: Thousandths()}


class BoxBase(DeclarativeBase):
    """Base of the tables of the ballot box, which lives in a database of its own.

    No table of one side can name a table of the other: a foreign key across two metadata does not resolve.
    """

    metadata = MetaData(naming_convention=NAMES, info={"bind_key": "box"})
    type_annotation_map = {datetime: UTC(), Decimal: Thousandths()}
