"""What reading and freezing a questionnaire refuses: facts, no words."""

from dataclasses import dataclass

from surveys.errors import SurveyError


@dataclass
class BadCondition(SurveyError):
    """A skip condition doesn't follow the grammar; `at` counts characters from 1."""

    source: str
    at: int


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a questionnaire file.

    place: form, section and item, as "q1_public: rate_dealt.rd_fair". reason: a short code. value: the offender.
    """

    place: str
    reason: str
    value: str = ""


@dataclass
class FormFaulty(SurveyError):
    """A questionnaire file can't be read; all its faults, in order of the file."""

    faults: tuple[Fault, ...]
