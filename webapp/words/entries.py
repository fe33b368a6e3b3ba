"""The names of what units hand in."""

from flask_babel import lazy_gettext as _l

ENTRY_KINDS = {
    "innovation": _l("Innovation"),
    "excellence": _l("Excellence"),
    "hard_problem": _l("Hard problem overcome"),
}


def entry_kind_name(code: str) -> str:
    """The name of a kind of entry in the page's language."""
    return str(ENTRY_KINDS.get(code, code))
