"""Words for what the public pages refuse."""

from flask_babel import lazy_gettext as _l

from units import errors as e

WORDS = {
    e.UnknownYear: (404, _l("There is no such evaluation year here.")),
    e.UnknownUnit: (404, _l("There is no such unit in this year. Look for it by its name.")),
}
