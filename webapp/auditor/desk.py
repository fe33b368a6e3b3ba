"""The auditor's blueprint, and the names of codes in its templates."""

from typing import Any

from flask import Blueprint

from webapp.office.desk import NAMES, about
from webapp.words import auditor as words
from webapp.words.events import EVENTS
from webapp.words.sheets import OBJECTS

auditor = Blueprint("auditor", __name__, url_prefix="/audit")

_NAMES = {**NAMES, "event": EVENTS, "sheet": OBJECTS, "look": words.LOOKS, "fault": words.FAULTS, "pace": words.PACES}


def named(what: str, code: str | None) -> str:
    """The name of a code in the page's language; a code that has none stands for itself."""
    return str(_NAMES[what].get(code or "", code or "—"))


@auditor.context_processor
def names() -> dict[str, Any]:
    """Give the desk's templates the names of codes."""
    return {"named": named, "about": about}
