import numpy as np
import pytest
from scipy.stats import kendalltau

from demo.fieldwork import FULL_YEAR, balanced_blocks, burst_forms, leader_forms, public_forms, scaled, service_forms
from demo.world import DONT_KNOW, DUTY, make_world, panel_marks, peer_grades

VALUES = np.array([100, 80, 60, 30, 0])
MAKERS = {"q1_public": public_forms, "q2_service": service_forms, "q3_leader": leader_forms}


@pytest.fixture(scope="module")
def world():
    units = 60
    return make_world(
        7,
        [f"U{number:03d}" for number in range(units)],
        ["party", "gov_service", "vertical"] * 20,
        [place % 2 == 0 for place in range(units)],
        ring=(40, 45, 52),
        experts=20,
    )


def test_the_same_seed_gives_the_same_year_and_another_seed_another(world):
    again = make_world(7, world.codes, world.categories, [False] * 60, (1, 2, 3), 20)
    other = make_world(8, world.codes, world.categories, [False] * 60, (1, 2, 3), 20)
    assert np.array_equal(world.quality, again.quality)
    assert not np.array_equal(world.quality, other.quality)
    work = FULL_YEAR[0]
    assert str(list(public_forms(world, work))) == str(list(public_forms(world, work)))


def test_a_full_year_has_more_than_9300_person_times_over_six_channels():
    panel_and_peers = 20 + 101
    assert sum(work.count for work in FULL_YEAR) + panel_and_peers == 9368
    assert {work.channel for work in FULL_YEAR} == {
        "C1_SEALED", "C2_ONLINE", "C3_ASSEMBLY", "C4_PHONE", "C5_WINDOW", "C6_STREET",
    }  # fmt: skip
    assert len({work.group for work in FULL_YEAR if work.group}) == 8


def test_the_mean_of_answers_recovers_the_order_of_quality(world):
    for work in FULL_YEAR[-3:]:
        sums, counts = np.zeros(60), np.zeros(60)
        for form in MAKERS[work.form](world, work):
            if work.form == "q3_leader":
                given = form.grades != DONT_KNOW
                sums[given] += VALUES[form.grades[given]]
                counts += given
            else:
                given = form.grades[form.grades != DONT_KNOW]
                sums[form.unit] += VALUES[given].sum()
                counts[form.unit] += len(given)
        assert kendalltau(sums / counts, world.quality[:, 1]).statistic > 0.35


def test_the_panel_recovers_duty_though_experts_differ_in_severity(world):
    totals = panel_marks(world, 20, (40, 30, 20, 10), DUTY, "routine").sum(axis=2)
    assert totals.min() >= 0
    assert totals.max() <= 100
    assert kendalltau(totals.mean(axis=0), world.quality[:, DUTY]).statistic > 0.7


def test_one_expert_gives_every_unit_the_same_marks_and_no_other_does(world):
    marks = panel_marks(world, 20, (40, 30, 20, 10), DUTY, "routine")
    straight = [place for place, sheets in enumerate(marks) if (sheets == sheets[0]).all()]
    assert straight == [world.planted.straight_expert]


def test_mutual_grades_keep_the_quotas_and_never_meet_themselves(world):
    grades = peer_grades(world, 3, most_a=30, most_d=10)
    assert (grades[np.arange(60), np.arange(60)] == -1).all()
    assert (grades == 0).sum(axis=1).max() <= int(0.3 * 59)
    assert (grades == 3).sum(axis=1).max() <= int(0.1 * 59)


def test_the_ring_gives_one_another_the_top_grade_on_every_item(world):
    grades = peer_grades(world, 3, most_a=30, most_d=10)
    ring = world.planted.ring
    assert all((grades[rater, target] == 0).all() for rater in ring for target in ring if rater != target)


def test_the_burst_praises_one_unit_and_knows_no_other(world):
    forms = list(burst_forms(world))
    assert len(forms) == world.planted.burst_forms
    assert {form.dealt for form in forms} == {(world.planted.stuffed_unit,)}
    assert all((form.dealt_grades == 0).all() and (form.block_grades == DONT_KNOW).all() for form in forms)


def test_blocks_show_every_unit_equally_often_and_none_twice():
    blocks = balanced_blocks(np.random.default_rng(1), 101, 1000, 6)
    shown = np.bincount(blocks.ravel(), minlength=101)
    assert shown.max() - shown.min() <= 4
    assert all(len(set(row)) == 6 for row in blocks.tolist())


def test_a_small_year_keeps_every_strip():
    small = scaled(FULL_YEAR, 0.01)
    assert len(small) == len(FULL_YEAR)
    assert min(work.count for work in small) == 12
