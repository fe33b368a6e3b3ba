"""Words for what the trail refuses, and what the auditor's pages call what they show."""

from flask_babel import lazy_gettext as _l

from audit import errors as e

WORDS = {e.PurposeMissing: (422, _l("Say why you look; the purpose is recorded with the look."))}
LOOKS = {
    "sheets": _l("Sheets of one expert or lead, under the name"),
    "ballot": _l("A unit's ballot of the mutual evaluation"),
    "answers": _l("Raw answers that came in by one way"),
}
FAULTS = {
    "altered": _l("altered"),
    "missing": _l("missing"),
    "added": _l("added later"),
    "cut": _l("cut off"),
    "unreadable": _l("can't be read"),
}
PACES = {"fast": _l("too fast"), "normal": _l("normal"), "slow": _l("slow")}
