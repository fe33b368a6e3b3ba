"""The least valid object of each kind; a test says for itself what else it needs."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from accounts.account import Account
from accounts.making import Role, make_account
from accounts.passwords import hash_password
from rounds.round import Round
from units.unit import Mandate, Unit
from units.year import Year

NOW = datetime(2016, 12, 15, 4, 0, tzinfo=UTC)
PASSWORD = "correct-horse-7"
_HASH = hash_password(PASSWORD)


def make_year(session: Session, year: int = 2016, **fields) -> Year:
    """An evaluation year that is being assessed."""
    given = {"stage": "assessing", "title_zh": f"{year}年度", "title_en": f"Year {year}", **fields}
    made = Year(year=year, **given)
    session.add(made)
    session.flush()
    return made


def make_unit(session: Session, year: Year, code: str = "U001", **fields) -> Unit:
    """A unit with a public mandate."""
    given = {
        "name_zh": f"苏州市{code}局",
        "short_name_zh": f"市{code}局",
        "name_en": f"Bureau {code}",
        "category": "gov_service",
        "position": int(code[1:]),
        "pinyin": code.lower(),
        "initials": code.lower(),
        **fields,
    }
    made = Unit(year_id=year.id, code=code, **given)
    session.add(made)
    session.flush()
    session.add(
        Mandate(unit_id=made.id, functions_zh="负责有关工作。", functions_en="In charge.", visibility="public")
    )
    session.flush()
    return made


def make_round(session: Session, year: Year, code: str = "q1-2016", kind: str = "survey", **fields) -> Round:
    """A draft round whose window lies around NOW."""
    given = {
        "title_zh": f"{code}测评",
        "title_en": f"Round {code}",
        "opens_at": NOW - timedelta(days=5),
        "closes_at": NOW + timedelta(days=5),
        **fields,
    }
    made = Round(code=code, year_id=year.id, kind=kind, **given)
    session.add(made)
    session.flush()
    return made


def make_account_for(session: Session, username: str, *roles: Role, **fields) -> Account:
    """An account whose password is PASSWORD, needing no change."""
    return make_account(
        session,
        username,
        fields.get("name", username),
        roles,
        by="system",
        now=NOW,
        password_hash=_HASH,
        must_change=False,
    )
