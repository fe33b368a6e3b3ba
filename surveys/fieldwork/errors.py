"""What the fieldwork refuses: facts, no words."""

from dataclasses import dataclass

from surveys.errors import SurveyError


@dataclass
class SubmissionInvalid(SurveyError):
    """A form's submission token wasn't made here, or is for another round or door."""


@dataclass
class UnknownDoor(SurveyError):
    """The round has no such door, or it isn't entered this way."""

    round_code: str
    door_code: str


@dataclass
class UnknownBatch(SurveyError):
    """There is no such batch, or it is another person's."""

    public_id: str


@dataclass
class BatchNotOpen(SurveyError):
    """The batch takes no more forms: it was closed or voided."""

    number: int
    state: str


@dataclass
class ReasonMissing(SurveyError):
    """A batch is voided only with a reason."""


@dataclass
class RulesFaulty(SurveyError):
    """A round's rules for counting can't be read; `key` says which."""

    key: str
