"""Words for what rounds refuse."""

from flask_babel import lazy_gettext as _l

from rounds import errors as e

WORDS = {
    e.UnknownRound: (404, _l("There is no round %(round_code)s.")),
    e.RoundNotOpen: (
        409,
        _l("Round %(round_code)s takes nothing now: it is %(state)s. What you sent was not counted."),
    ),
    e.WrongState: (409, _l("Round %(round_code)s is %(state)s: this step isn't possible now.")),
    e.TooEarly: (409, _l("Round %(round_code)s has not reached its closing hour.")),
    e.NotComplete: (422, _l("Round %(round_code)s can't be frozen yet; something is missing.")),
    e.TallyMissing: (422, _l("Round %(round_code)s has no tally of version %(version)s.")),
    e.WindowReversed: (422, _l("Round %(round_code)s must open before it closes.")),
    e.LowerThreshold: (422, _l("The least number of answers (%(name)s) may be raised, never below %(least)s.")),
    e.FrozenRound: (409, _l("Round %(round_code)s is frozen and can't be edited; make a new version instead.")),
}
