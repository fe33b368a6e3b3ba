"""Typed text loses what no page and no database can hold, and nothing else."""

import pytest

from webapp.clean_text import clean_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  数字扎实，请核对\t第2页\r\n另：附件 ", "数字扎实，请核对\t第2页\n另：附件"),
        ("a\x00b\x1bc\x7f", "abc"),
        ("半\ud800个", "半个"),
        ("e\u0301", "é"),
        ("👍🏽 ㍿ 㐂", "👍🏽 ㍿ 㐂"),
        ("=1+1 <svg/onload=x()>", "=1+1 <svg/onload=x()>"),
    ],
)
def test_text_is_cleaned(typed, kept):
    assert clean_text(typed) == kept
