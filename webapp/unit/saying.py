"""What the unit desk says after an act, and the names of what it handles."""

from __future__ import annotations

from flask import flash
from flask_babel import lazy_gettext as _l

DONE = {
    "save": _l("Saved. Not handed in yet."),
    "hand_in": _l("Handed in."),
    "answer": _l("The answer is kept and shown to the reviewers."),
    "send": _l("Sent to the head for confirmation."),
    "take_back": _l("Taken back; it can be changed again."),
    "confirm": _l("Confirmed. Nothing of it can be changed any more."),
}
PAPER_NAMES = {
    "plan": _l("Year plan"),
    "mid_year": _l("Mid-year self-assessment"),
    "year_end": _l("Year-end self-assessment"),
}
STATE_NAMES = {
    "draft": _l("Draft"),
    "handed_in": _l("Handed in"),
    "submitted": _l("Handed in, not verified yet"),
    "returned": _l("Returned for correction"),
    "verified": _l("Verified"),
    "verified_with_remark": _l("Verified with a remark"),
    "rejected": _l("Rejected"),
    "published": _l("Published"),
}
ACT_NAMES = {
    "hand_in": _l("Handed in"),
    "return": _l("Returned for correction"),
    "verify": _l("Verified"),
    "verify_with_remark": _l("Verified with a remark"),
    "reject": _l("Rejected"),
    "publish": _l("Published"),
}
NEEDED = {
    "period": _l("Say when it was done."),
    "problem": _l("Say what the problem was."),
    "actions": _l("Say what was done."),
    "result": _l("Say what came of it."),
    "beneficiaries": _l("Say who benefits."),
    "secrecy_checked": _l("Tick this only after you have checked it; without it nothing can be handed in."),
}


def said(act: str) -> None:
    """Tell on the next page what was done."""
    flash(str(DONE.get(act, DONE["save"])), "ok")
