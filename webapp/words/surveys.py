"""Words for what questionnaires and invitations refuse."""

from flask_babel import lazy_gettext as _l

from ballots import errors as ballots
from surveys.counting import errors as counting
from surveys.fieldwork import errors as fieldwork
from surveys.instruments import errors as instruments

WORDS = {
    ballots.CodeMistyped: (
        422,
        _l("This code isn't complete, or one symbol is wrong. Please compare it with your letter."),
    ),
    ballots.CodeUnknown: (404, _l("This code isn't valid for this survey. Please compare it with your letter.")),
    ballots.TicketInvalid: (400, _l("This page has expired. Please enter your code again; nothing was used up.")),
    counting.AlreadyAnswered: (
        409,
        _l("This form was already received with other answers. The answers received first count."),
    ),
    counting.FormEnded: (422, _l("This form ended early, so there is no answer to keep.")),
    counting.MoreAnswersThanDrawn: (
        409,
        _l("%(door_code)s holds %(answers)s answers, but only %(drawn)s codes were drawn. Nothing is counted."),
    ),
    fieldwork.SubmissionInvalid: (400, _l("This form has expired. Please begin again; nothing was stored.")),
    fieldwork.UnknownDoor: (404, _l("This survey can't be answered this way.")),
    fieldwork.UnknownBatch: (404, _l("There is no such batch, or it is another person's.")),
    fieldwork.BatchNotOpen: (409, _l("Batch %(number)s takes no more forms: it is closed or void.")),
    fieldwork.ReasonMissing: (422, _l("A batch is voided only with a reason.")),
    fieldwork.RulesFaulty: (422, _l("The rules of this round can't be read: %(key)s.")),
    instruments.BadCondition: (422, _l("The condition “%(source)s” can't be read at character %(at)s.")),
    instruments.FormFaulty: (422, _l("The questionnaire has faults; nothing was changed.")),
}

LACKS = {
    "form_faulty": _l("the questionnaire has a fault"),
    "rules_faulty": _l("the rules of the round can't be read"),
    "language_missing": _l("a text lacks a language"),
    "no_units": _l("the year has no units"),
    "no_counted_door": _l("no way in counts"),
    "channel_not_of_form": _l("a way in uses a channel that the questionnaire isn't made for"),
    "degree_not_of_survey": _l("a way in has a degree of anonymity that questionnaires don't have yet"),
    "group_without_weight": _l("a group has no weight"),
    "dimension_without_points": _l("an item grades an indicator that has no points"),
    "no_block_size": _l("the size of the random block is missing"),
}
