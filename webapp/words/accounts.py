"""Words for what accounts and storage refuse."""

from flask_babel import lazy_gettext as _l

from accounts import errors as e
from storage.errors import FileMissing

WORDS = {
    e.WrongPassword: (422, _l("Username and password don't belong together.")),
    e.TooManyTries: (429, _l("Too many wrong passwords for this username. Try again in %(minutes)s minutes.")),
    e.WeakPassword: (
        422,
        _l("This password is too weak: at least %(least)s characters, not a common word, without the username."),
    ),
    e.UsernameTaken: (422, _l("The username %(username)s exists already.")),
    e.UnknownAccount: (404, _l("There is no account %(username)s.")),
    e.UnknownRole: (422, _l("There is no role %(role)s.")),
    e.SamePerson: (403, _l("Who asked for this can't approve it; a second person must.")),
    e.NotPending: (409, _l("Nobody asks for this approval any more; it was decided or taken back.")),
    e.RequestStale: (409, _l("What this request rests on has changed since. Refuse it; it has to be made again.")),
    e.MayNotApprove: (403, _l("%(username)s doesn't have the right to approve this.")),
    e.NotHeld: (422, _l("%(username)s holds no such role.")),
    e.ReasonMissing: (422, _l("Give a reason; it is recorded.")),
    FileMissing: (404, _l("This file is no longer kept.")),
}
