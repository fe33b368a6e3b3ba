"""Words for what mutual evaluation refuses."""

from flask_babel import lazy_gettext as _l

from review.peers import errors as e

WORDS = {
    e.NotARater: (404, _l("This unit takes no part in this mutual evaluation.")),
    e.NotOnTheForm: (422, _l("This grade isn't on the form. A unit never grades itself.")),
    e.BallotNotInDraft: (409, _l("The form was sent to the head already; take it back before you change a grade.")),
    e.BallotNotSent: (409, _l("The form isn't waiting for confirmation now.")),
    e.BallotLacks: (422, _l("The form can't be sent yet.")),
    e.NothingToUndo: (409, _l("Nothing is left to be undone.")),
    e.CommentTooLong: (422, _l("A suggestion has at most %(most)s characters; there are %(has)s.")),
}
