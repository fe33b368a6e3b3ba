"""Quotas of grades."""

import pytest

from review.peers.limits import allowance, quotas
from tests.review.peers.forms import form_of


@pytest.mark.parametrize(
    ("percent", "of", "most"), [(30, 100, 30), (10, 100, 10), (10, 36, 3), (40, 3, 1), (10, 9, 0)]
)
def test_an_allowance_is_rounded_down(percent, of, most):
    assert allowance(percent, of) == most


def test_the_last_allowed_grade_fits_and_the_next_is_too_many():
    form = form_of(101)
    thirty = {(f"U{n:03d}", "p_duty"): "A" for n in range(2, 32)}
    used = {(q.item, q.grade): q for q in quotas(form, "U001", thirty)}
    assert (used["p_duty", "A"].used, used["p_duty", "A"].most, used["p_duty", "A"].exceeded) == (30, 30, False)
    assert used["p_coop", "A"].used == 0
    more = {(q.item, q.grade): q for q in quotas(form, "U001", thirty | {("U040", "p_duty"): "A"})}
    assert more["p_duty", "A"].exceeded


def test_poor_blocks_and_dont_know_warns():
    blocks = {q.grade: q.blocks for q in quotas(form_of(4), "U001", {})}
    assert blocks == {"A": True, "D": True, "dk": False}
