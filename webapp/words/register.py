"""Words for what a year's register refuses."""

from flask_babel import lazy_gettext as _l

from units import register_errors as e

WORDS = {
    e.NeedsSecondPerson: (403, _l("This needs a second person who approves it.")),
    e.WrongStage: (409, _l("The year is at another stage by now; it moves to its next stage only.")),
    e.NeverShown: (422, _l("This item is never shown to this audience.")),
    e.WrongUnit: (422, _l("What was entered for %(field)s can't be taken.")),
}
