"""The submission token: what a page must bring back with the answers, signed and stored nowhere."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from secrets import token_bytes

from database.canonical import canonical
from surveys.fieldwork.errors import SubmissionInvalid
from surveys.fieldwork.rules import SurveyRules


@dataclass(frozen=True, slots=True)
class Submission:
    """One form that was handed out.

    key: 16 random bytes, told to nobody but the page; sent twice it is one response. block: the units of the random
    block, which the respondent can't choose. begun: when the form was handed out; only the coarse pace is made of it.
    """

    round_code: str
    door_code: str
    key: bytes
    block: tuple[str, ...]
    begun: datetime

    def spent_hash(self) -> bytes:
        """The hash under which a sent form is listed; the list shares no key with answers."""
        return sha256(b"submission\0" + self.key).digest()

    def nonce(self) -> bytes:
        """32 bytes that hide the answers in their commitment; the same for the same form, known to its page alone."""
        return sha256(b"nonce\0" + self.key).digest()


def new_submission(round_code: str, door_code: str, block: Sequence[str], *, now: datetime) -> Submission:
    """Hand out a form; nothing is stored."""
    return Submission(round_code, door_code, token_bytes(16), tuple(block), now.replace(microsecond=0))


def spell_submission(submission: Submission, secret: bytes) -> str:
    """Spell a submission as signed text for a form's hidden field. secret: 32 bytes outside the database."""
    begun = int(submission.begun.timestamp())
    facts = [submission.round_code, submission.door_code, submission.key, list(submission.block), begun]
    content = canonical(facts)
    return urlsafe_b64encode(hmac.digest(secret, content, sha256) + content).decode()


def read_submission(text: str, secret: bytes, round_code: str) -> Submission:
    """Read the token of a form of this round. Raises SubmissionInvalid on any other text."""
    try:
        found = urlsafe_b64decode(text.encode("ascii"))
    except (NotBase64, ValueError) as error:
        raise SubmissionInvalid from error
    if not hmac.compare_digest(found[:32], hmac.digest(secret, found[32:], sha256)):
        raise SubmissionInvalid
    made_for, door, key, block, begun = json.loads(found[32:])
    if made_for != round_code:
        raise SubmissionInvalid
    return Submission(made_for, door, bytes.fromhex(key), tuple(block), datetime.fromtimestamp(begun, UTC))


def pace_of(submission: Submission, graded: int, rules: SurveyRules, *, now: datetime) -> str:
    """Tell the coarse pace of a form: "fast", "normal" or "slow", all that is kept of its time.

    graded: how many grades were given. Source: docs/rules.md, "Surveys", "How answers are stored".
    """
    seconds = (now - submission.begun).total_seconds()
    if seconds < graded * rules.fast_seconds:
        return "fast"
    return "slow" if seconds >= rules.slow_minutes * 60 else "normal"
