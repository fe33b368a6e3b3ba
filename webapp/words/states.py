"""What a round's state, a year's stage, an audience or a role is called on pages."""

from flask_babel import lazy_gettext as _l

STATES = {
    "draft": _l("being drafted"),
    "frozen": _l("frozen, not yet open"),
    "open": _l("open"),
    "closed": _l("closed"),
    "unsealed": _l("unsealed"),
    "tallied": _l("tallied"),
    "published": _l("published"),
    "archived": _l("archived"),
}
