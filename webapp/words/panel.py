"""Words for what rubrics and the panel refuse."""

from flask_babel import lazy_gettext as _l

from review.panel import errors as e
from review.rubrics.errors import RubricFault

WORDS = {
    RubricFault: (422, _l("The rubrics can't be read: %(place)s (%(fault)s).")),
    e.NoSeat: (404, _l("No panel has begun in which this account fills in sheets.")),
    e.NoSheet: (404, _l("There is no sheet of yours on this unit.")),
    e.NoCriterion: (422, _l("The sheet has no criterion %(criterion)s.")),
    e.MarkOutOfRange: (422, _l("This criterion takes whole points from 0 to %(most)s.")),
    e.SetSealed: (
        409,
        _l("Your sheets are sealed; this was not counted. To change something, ask the Performance Office."),
    ),
    e.SetNotSealed: (409, _l("The sheets of seat %(seat_code)s aren't sealed.")),
    e.SetIncomplete: (422, _l("The set can't be sealed yet: some sheets still lack answers.")),
    e.ReasonMissing: (422, _l("Give the reason in words.")),
}
