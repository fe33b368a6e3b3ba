"""What casting and counting refuse: facts, no words."""

from dataclasses import dataclass

from surveys.errors import SurveyError


@dataclass
class AlreadyAnswered(SurveyError):
    """This form, or this ticket, was used for other answers before; those stand."""

    round_code: str


@dataclass
class FormEnded(SurveyError):
    """The form ended early, so that there is no answer to keep. outcome: "refused", "screened_out" and the like."""

    outcome: str


@dataclass
class MoreAnswersThanDrawn(SurveyError):
    """A door holds more answers than codes were drawn for it, so the round is not counted."""

    door_code: str
    answers: int
    drawn: int
