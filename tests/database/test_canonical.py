"""One spelling of a value, whoever spells it."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from database.canonical import canonical, digest
from database.columns import three_places


def test_keys_are_sorted_and_nothing_is_padded():
    # RFC 8785, section 3.2.3, its first rule, on keys of our kind.
    assert canonical({"b": 1, "a": [True, None, "评"]}) == '{"a":[true,null,"评"],"b":1}'.encode()


def test_decimals_are_text_of_three_places():
    assert canonical(Decimal("88.4")) == b'"88.400"'


def test_an_instant_is_the_same_in_every_zone():
    utc = datetime(2016, 12, 15, 4, 0, tzinfo=UTC)
    assert canonical(utc) == canonical(utc.astimezone(timezone(timedelta(hours=8)))) == b'"2016-12-15T04:00:00Z"'


def test_a_float_is_refused():
    with pytest.raises(TypeError):
        canonical({"value": 0.1})


def test_the_salt_stands_before_the_value():
    assert digest([1], salt=b"s") == hashlib.sha256(b"s[1]").hexdigest()


@pytest.mark.parametrize(("raw", "kept"), [("88.4365", "88.437"), ("-0.0005", "-0.001"), ("0.00049", "0.000")])
def test_halves_are_rounded_away_from_zero(raw, kept):
    assert str(three_places(Decimal(raw))) == kept
