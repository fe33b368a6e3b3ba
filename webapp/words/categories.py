"""The names of the units' categories; one that has no name here is shown by its code."""

from flask_babel import lazy_gettext as _l

CATEGORIES = {
    "party": _l("Party committee departments"),
    "congress_judicial": _l("People's congress, CPPCC and judicial organs"),
    "gov_general": _l("Government: general and economic departments"),
    "gov_service": _l("Government: social management, public service and enforcement"),
    "vertical": _l("Units under vertical or dual management"),
    "mass_party": _l("Mass organisations and democratic parties"),
    "institution": _l("Institutions directly under the city"),
}


def category_name(code: str) -> str:
    """The name of a category in the page's language."""
    return str(CATEGORIES.get(code, code))
