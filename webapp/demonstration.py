"""What exists only while the demonstration is loaded: its mark, and the switch between persons on this machine."""

from dataclasses import dataclass
from time import monotonic

from flask import current_app
from sqlalchemy import exists, select

from accounts.account import Account
from units.year import Year
from webapp.extensions import db, house

ASKED_AGAIN = 10.0

# Nine desks that a visitor of the demonstration wants to see, in the order of a year.
USERNAMES = (
    "office",
    "office-check",
    "unit026",
    "unit026-head",
    "lead-jw",
    "lead-bb",
    "expert07",
    "agency",
    "auditor",
)


@dataclass(frozen=True)
class Person:
    """One of the persons that the sign-in page offers."""

    username: str
    name: str


def is_demonstration() -> bool:
    """Whether the database holds the demonstration; while it doesn't, asked again every ASKED_AGAIN seconds."""
    config = current_app.config
    if not config.get("DEMONSTRATION") and monotonic() >= config.get("DEMONSTRATION_ASK_AT", 0):
        config["DEMONSTRATION"] = bool(db.session.scalar(select(exists().where(Year.demonstration))))
        config["DEMONSTRATION_ASK_AT"] = monotonic() + ASKED_AGAIN
    return bool(config["DEMONSTRATION"])


def persons() -> list[Person]:
    """Who may be switched to; empty outside the demonstration and on any other host than this machine."""
    if not (house().settings.on_loopback and is_demonstration()):
        return []
    found = {a.username: a for a in db.session.scalars(select(Account).where(Account.username.in_(USERNAMES)))}
    return [Person(name, found[name].name) for name in USERNAMES if name in found]


def may_switch(username: str) -> bool:
    """Whether the sign-in page offers this person now."""
    return any(person.username == username for person in persons())
