"""Words for what a year's register refuses."""

from flask_babel import lazy_gettext as _l

from units import register_errors as e

WORDS = {
    e.NeedsSecondPerson: (403, _l("This needs a second person who approves it.")),
    e.WrongStage: (409, _l("The year is at another stage by now; it moves to its next stage only.")),
    e.NeverShown: (422, _l("This item is never shown to this audience.")),
    e.UnknownUnit: (404, _l("The year has no unit %(unit_code)s.")),
    e.WrongUnit: (422, _l("What was entered for %(field)s can't be taken.")),
    e.TableUnreadable: (422, _l("The file can't be read as a table of units; it lacks: %(missing)s.")),
    e.TableRefused: (422, _l("The table was not taken: some of its cells need correcting. Nothing was changed.")),
}
