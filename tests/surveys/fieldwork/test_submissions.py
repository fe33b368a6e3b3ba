"""The signed token of a form that was handed out."""

import pytest

from surveys.fieldwork.errors import SubmissionInvalid
from surveys.fieldwork.submissions import new_submission, read_submission, spell_submission
from tests.factories import NOW

SECRET = b"s" * 32


def test_a_token_is_read_back_with_its_block():
    submission = new_submission("q1-2016", "open", ["U007", "U003"], now=NOW.replace(microsecond=7))
    assert read_submission(spell_submission(submission, SECRET), SECRET, "q1-2016") == submission
    assert submission.begun == NOW


def test_a_token_that_was_changed_or_is_of_another_round_is_refused():
    text = spell_submission(new_submission("q1-2016", "open", ["U007"], now=NOW), SECRET)
    for place in (0, 50, 70, len(text) - 5):
        changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        with pytest.raises(SubmissionInvalid):
            read_submission(changed, SECRET, "q1-2016")
    for wrong in ("", "x", "字", "A" * 300):
        with pytest.raises(SubmissionInvalid):
            read_submission(wrong, SECRET, "q1-2016")
    with pytest.raises(SubmissionInvalid):
        read_submission(text, SECRET, "q2-2016")
    with pytest.raises(SubmissionInvalid):
        read_submission(text, b"x" * 32, "q1-2016")


def test_two_forms_share_nothing():
    one, other = (new_submission("q1-2016", "open", [], now=NOW) for _ in range(2))
    assert len({one.key, other.key, one.nonce(), other.nonce(), one.spent_hash(), other.spent_hash()}) == 6
