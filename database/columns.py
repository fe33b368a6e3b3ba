"""Column types that behave alike on SQLite and PostgreSQL."""

import secrets
from datetime import UTC as UTC_ZONE
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect
from sqlalchemy.types import TypeDecorator

THOUSANDTH = Decimal("0.001")


class UTC(TypeDecorator[datetime]):
    """An instant: aware in Python, stored in UTC; a naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware instant into UTC; raises ValueError on a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        stored = value.astimezone(UTC_ZONE)
        return stored.replace(tzinfo=None) if dialect.name == "sqlite" else stored

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the instant back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC_ZONE) if value.tzinfo is None else value.astimezone(UTC_ZONE)


class Thousandths(TypeDecorator[Decimal]):
    """A decimal of three places, stored as a whole number of thousandths so that no float ever touches it."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        """Store thousandths; raises ValueError where the value has more than three places."""
        if value is None:
            return None
        scaled = Decimal(value) * 1000
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than three decimals")
        return int(scaled)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Give the decimal back with its three places."""
        return None if value is None else (Decimal(value) / 1000).quantize(THOUSANDTH)


def three_places(value: Decimal) -> Decimal:
    """Round to three places, ROUND_HALF_UP: the one rounding of stored values.

    Source: docs/rules.md, "Rounding".
    """
    return value.quantize(THOUSANDTH, rounding=ROUND_HALF_UP)


def public_id() -> str:
    """Make a random id of 16 characters (96 bits) for addresses; it tells nothing about order or time."""
    return secrets.token_urlsafe(12)
