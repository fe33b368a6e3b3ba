"""The names of what the panel scores, long for headings and short for columns."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

OBJECTS = {
    "routine": _l("Routine work"),
    "other": _l("Other work"),
    "innovation": _l("Innovation and excellence"),
}
SHORT = {
    "routine": _lp("column", "Routine"),
    "other": _lp("column", "Other"),
    "innovation": _lp("column", "Innovation"),
}
PAPERS = {
    "plan": _l("Year plan"),
    "mid_year": _l("Mid-year self-assessment"),
    "year_end": _l("Year-end self-assessment"),
}
