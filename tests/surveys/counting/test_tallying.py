"""Tallies against figures worked out by hand, and against a plain calculation without numpy."""

from collections import defaultdict
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt
from random import Random
from statistics import mean, stdev

import numpy as np
import pytest
from sqlalchemy import select

from ballots.roll.drawing import draw
from ballots.roll.rights import issue_rights
from rounds.life import close_round, tally_round
from rounds.round import Door, Round
from surveys.counting import tabulating
from surveys.counting.casting import cast_invited, type_in
from surveys.counting.errors import MoreAnswersThanDrawn
from surveys.counting.measuring import measures_of
from surveys.counting.responses import Response
from surveys.counting.tallying import tally_rows
from surveys.fieldwork.batches import open_batch, void_batch
from surveys.fieldwork.submissions import new_submission
from surveys.instruments.checking import check
from surveys.instruments.unpacking import unpack
from tallies.rows import read_rows
from tests.factories import NOW
from tests.surveys.forms import forms
from tests.surveys.rounds import KEYS, KINDS, POINTS, open_survey

VALUES = {"vs": 100, "s": 80, "bs": 60, "d": 30, "vd": 0, "dk": None}
SALT = b"salt"


def store(session, survey, door, raw, *, block=(), preset=None, batch=None):
    """One response through any door; what the doors themselves refuse is tested where casting is."""
    checked = check(survey.plan, raw, block=block, preset=preset, closing=batch is not None)
    submission = new_submission(survey.round_code, door, block, now=NOW)
    opened = replace(survey, doors={code: replace(one, degree="taken_down") for code, one in survey.doors.items()})
    if batch is None:
        round_ = session.get_one(Round, survey.round_id)
        batch = open_batch(session, round_, survey.doors[door], by="agency", now=NOW)
    type_in(session, opened, batch, submission, checked, now=NOW)


def block_answer(grades):
    return {"agree": ["y"], "dealt_any": ["n"]} | {f"rb_overall.{unit}": [code] for unit, code in grades.items()}


def dealt_answer(grades):
    raw = {"agree": ["y"], "dealt_any": ["y"], "dealt_units": list(grades)}
    for unit, codes in grades.items():
        raw |= {f"{item}.{unit}": [code] for item, code in zip(DIMENSIONS, codes, strict=True)}
    return raw


DIMENSIONS = ("rd_attitude", "rd_fair", "rd_result")


def found(rows, **cell):
    wanted = {"measure": "sat_score", "group": "", "stratum": "", "channel": "", "way": "counted"} | cell
    [row] = [row for row in rows if all(getattr(row, name) == value for name, value in wanted.items())]
    return row


def test_one_respondents_value_is_the_mean_of_the_dimensions_by_their_points(session):
    survey = open_survey(session, weights={}, min_raters=1)
    store(session, survey, "g1", dealt_answer({"U001": ("vs", "s", "vd")}))
    store(session, survey, "g1", dealt_answer({"U001": ("dk", "bs", "d"), "U002": ("dk", "dk", "dk")}))
    rows = tally_rows(session, survey, SALT)
    # (3·100 + 2·80 + 3·0) / 8 = 57.5, and (2·60 + 3·30) / 5 = 42; their mean is 49.75.
    row = found(rows, unit_code="U001")
    assert (row.value, row.n, row.dk, row.counts) == (Decimal("49.750"), 2, 0, ())
    assert (row.method, row.spread, row.se) == ("mean", None, None)
    row = found(rows, unit_code="U002")
    assert (row.value, row.n, row.dk, row.reason) == (None, 0, 1, "too_few_raters")
    assert found(rows, measure="sat_rate", unit_code="U001").value == 0
    attitude = found(rows, measure="item", object="SAT_PUBLIC_1", unit_code="U001")
    assert (attitude.value, attitude.n, attitude.dk, attitude.counts) == (Decimal(100), 1, 1, (1, 0, 0, 0, 0))
    result = found(rows, measure="item", object="SAT_PUBLIC_3", unit_code="U001")
    assert (result.value, result.counts) == (Decimal(15), (0, 0, 0, 1, 1))


def test_the_overall_grade_decides_where_the_form_asks_one(session):
    survey = open_survey(session, "q2_service", min_raters=1)
    items = ("clear", "attitude", "speed", "ability", "fair", "outcome")
    raw = {"agree": ["y"], "confirm_dealt": ["y"], "service_way": ["phone"], "disposition": ["done"]}
    raw |= {f"r_{name}": ["vs"] for name in items}
    store(session, survey, "phone", raw | {"r_overall": ["d"]}, preset="U002")
    store(session, survey, "phone", raw | {"r_overall": ["dk"], "r_clear": ["bs"]}, preset="U002")
    rows = tally_rows(session, survey, SALT)
    row = found(rows, unit_code="U002")
    assert (row.value, row.n, row.dk, row.counts) == (Decimal(30), 1, 1, (0, 0, 0, 1, 0))
    # The level-3 figure: (100+100+100)/3 and (60+100+100)/3 = 86.666…; their mean is 93.333….
    assert found(rows, measure="item", object="SAT_SERVICE_1", unit_code="U002").value == Decimal("93.333")
    assert found(rows, unit_code="U001").n == 0


def test_groups_come_first_and_then_their_weights(session):
    survey = open_survey(session, min_raters=2)
    for door, grades in {"g1": ("vs", "vs"), "g2": ("s", "vd"), "g8": ("d", "d", "bs", "bs")}.items():
        for code in grades:
            store(session, survey, door, block_answer({"U003": code}), block=["U003"])
    rows = tally_rows(session, survey, SALT)
    # 100, 40 and 45 by weights 10, 15, 15: (1000 + 600 + 675) / 40.
    row = found(rows, unit_code="U003")
    assert (row.value, row.n, row.counts) == (Decimal("56.875"), 8, ())
    assert row.params == {
        "weights": {"G1_PARTY_DEL": "10.000", "G2_NPC_DEP": "15.000", "G8_RESIDENT": "15.000"},
        "dropped": [],
        "merged": [],
        "min_raters": 2,
    }
    residents = found(rows, unit_code="U003", group="G8_RESIDENT")
    # Deviations ±15: s² = 4·225/3 = 300, s = 17.3205…, se = s/2.
    assert (residents.value, residents.spread, residents.se) == (Decimal(45), Decimal("17.321"), Decimal("8.660"))
    assert row.se is None  # two of the groups are too small for an error


def test_a_group_with_too_few_ratings_is_dropped_and_its_weight_shared_out(session):
    survey = open_survey(session, min_raters=2)
    for door, grades in {"g1": ("vs",), "g2": ("s", "bs", "dk"), "g8": ("d", "d")}.items():
        for code in grades:
            store(session, survey, door, block_answer({"U003": code}), block=["U003"])
    rows = tally_rows(session, survey, SALT)
    row = found(rows, unit_code="U003")
    assert (row.value, row.n, row.dk) == (Decimal(50), 4, 1)  # (70 + 30) / 2: equal weights are left
    assert row.params["dropped"] == ["G1_PARTY_DEL"]
    few = found(rows, unit_code="U003", group="G1_PARTY_DEL")
    assert (few.value, few.reason, few.n) == (None, "too_few_raters", 1)
    empty = found(rows, unit_code="U001")
    assert (empty.value, empty.reason, empty.n) == (None, "too_few_raters", 0)
    assert empty.params["dropped"] == ["G1_PARTY_DEL", "G2_NPC_DEP", "G8_RESIDENT"]


def test_groups_are_merged_in_the_stated_order_before_one_is_dropped(session):
    survey = open_survey(session, min_raters=2, merges=[["G1_PARTY_DEL", "G2_NPC_DEP"]])
    for door, grades in {"g1": ("vs",), "g2": ("s", "bs"), "g8": ("d", "d")}.items():
        for code in grades:
            store(session, survey, door, block_answer({"U003": code}), block=["U003"])
    rows = tally_rows(session, survey, SALT)
    # The merged group: (100 + 80 + 60) / 3 = 80 with weight 25; (25·80 + 15·30) / 40.
    assert found(rows, unit_code="U003").value == Decimal("61.250")
    pool = found(rows, unit_code="U003", group="G1_PARTY_DEL")
    assert (pool.value, pool.n, pool.params) == (Decimal(80), 3, {"merged": ["G1_PARTY_DEL", "G2_NPC_DEP"]})
    assert not [row for row in rows if row.group == "G2_NPC_DEP"]


def test_groups_that_have_enough_are_not_merged(session):
    survey = open_survey(session, min_raters=2, merges=[["G1_PARTY_DEL", "G2_NPC_DEP"]])
    for door in ("g1", "g2"):
        for code in ("s", "bs"):
            store(session, survey, door, block_answer({"U003": code}), block=["U003"])
    rows = tally_rows(session, survey, SALT)
    assert found(rows, unit_code="U003").params["merged"] == []
    assert found(rows, unit_code="U003", group="G2_NPC_DEP").n == 2


def test_the_weighted_mean_is_made_of_the_stored_values(session):
    survey = open_survey(session, min_raters=3)
    for door, grades in {"g1": ("vs", "s", "vd"), "g2": ("vs", "vs", "vd"), "g8": ("s", "s", "d")}.items():
        for code in grades:
            store(session, survey, door, block_answer({"U001": code}), block=["U001"])
    rows = tally_rows(session, survey, SALT)
    # Stored: 60.000, 66.667, 63.333; (10·60 + 15·66.667 + 15·63.333) / 40 = 63.75 exactly.
    row = found(rows, unit_code="U001")
    assert row.value == Decimal("63.750")
    stored = [found(rows, unit_code="U001", group=group) for group in survey.rules.weights]
    error = sqrt(sum((w * float(one.se)) ** 2 for w, one in zip((10, 15, 15), stored, strict=True))) / 40
    assert row.se == Decimal(error).quantize(Decimal("0.001"), ROUND_HALF_UP)


def test_open_answers_stand_beside_the_score_and_never_in_it(session):
    survey = open_survey(session, min_raters=1)
    store(session, survey, "g1", block_answer({"U001": "vs"}), block=["U001"])
    for _ in range(5):
        store(session, survey, "open", block_answer({"U001": "vd"}), block=["U001"])
    rows = tally_rows(session, survey, SALT)
    assert (found(rows, unit_code="U001").value, found(rows, unit_code="U001").n) == (Decimal(100), 1)
    beside = found(rows, unit_code="U001", way="open")
    assert (beside.value, beside.n, beside.spread, beside.se) == (Decimal(0), 5, Decimal(0), None)


def test_a_voided_batch_and_an_early_end_are_left_out(session):
    survey = open_survey(session, min_raters=1)
    round_ = session.get_one(Round, survey.round_id)
    kept, voided = (open_batch(session, round_, survey.doors["g8"], by="agency", now=NOW) for _ in range(2))
    store(session, survey, "g8", block_answer({"U001": "vs"}), block=["U001"], batch=kept)
    store(session, survey, "g8", block_answer({"U001": "vd"}), block=["U001"], batch=voided)
    store(session, survey, "g8", {"agree": ["n"]}, batch=kept)
    void_batch(session, voided, "同一笔迹", by="agency", now=NOW)
    row = found(tally_rows(session, survey, SALT), unit_code="U001")
    assert (row.value, row.n) == (Decimal(100), 1)


def test_a_form_that_ended_early_after_some_grades_is_left_out(session):
    survey = open_survey(session, min_raters=1)
    store(session, survey, "g1", block_answer({"U001": "vs"}), block=["U001"])
    store(session, survey, "g1", block_answer({"U001": "vd"}), block=["U001"])
    ended = session.scalars(select(Response)).first()
    kept = session.scalars(select(Response.packed)).all()[1]
    ended.packed = b"\x01" + ended.packed[1:]
    session.flush()
    row = found(tally_rows(session, survey, SALT), unit_code="U001")
    assert (row.n, row.value) == (1, VALUES[unpack(survey.plan, kept)["rb_overall.U001"][0]])


def test_a_blank_is_no_answer_and_dont_know_is_one(session):
    survey = open_survey(session, "q3_leader", units=2, min_raters=1)
    store(session, survey, "letter", {"level": ["city"], "overall.U001": ["dk"], "overall.U002": ["s"]})
    stored = session.scalars(select(Response)).one()
    second = survey.plan.record.fields["overall"][1] + 1
    stored.packed = stored.packed[:second] + b"\0" + stored.packed[second + 1 :]
    session.flush()
    rows = tally_rows(session, survey, SALT)
    assert [(found(rows, unit_code=code).n, found(rows, unit_code=code).dk) for code in ("U001", "U002")] == [
        (0, 1),
        (0, 0),
    ]


def test_basically_satisfied_counts_in_the_rate(session):
    survey = open_survey(session, weights={}, min_raters=1)
    for code in ("vs", "bs", "d", "vd", "dk"):
        store(session, survey, "g1", block_answer({"U001": code}), block=["U001"])
    row = found(tally_rows(session, survey, SALT), measure="sat_rate", unit_code="U001")
    assert (row.value, row.n, row.dk, row.counts) == (Decimal(50), 4, 1, ())


def test_channels_are_shown_beside_the_score_without_an_error(session):
    survey = open_survey(session, min_raters=1)
    for code in ("vs", "s", "s"):
        store(session, survey, "g1", block_answer({"U001": code}), block=["U001"])
    store(session, survey, "g8", block_answer({"U001": "d"}), block=["U001"])
    rows = tally_rows(session, survey, SALT)
    online = found(rows, unit_code="U001", channel="C2_ONLINE")
    assert (online.value, online.n, online.se) == (Decimal("86.667"), 3, None)
    assert found(rows, unit_code="U001", channel="C6_STREET").value == 30
    assert not [row for row in rows if row.stratum]  # all doors are of one stratum


def test_a_leaders_grid_counts_every_unit(session):
    survey = open_survey(session, "q3_leader", units=3, min_raters=1)
    for grades in (("vs", "s", "dk"), ("d", "dk", "dk")):
        raw = {"level": ["city"]} | {f"overall.U00{n}": [code] for n, code in enumerate(grades, start=1)}
        store(session, survey, "letter", raw)
    rows = tally_rows(session, survey, SALT)
    assert [(found(rows, unit_code=f"U00{n}").value, found(rows, unit_code=f"U00{n}").dk) for n in (1, 2, 3)] == [
        (Decimal(65), 0),
        (Decimal(80), 1),
        (None, 2),
    ]
    assert found(rows, measure="item", object="SAT_LEADER_1", unit_code="U001").counts == (1, 0, 0, 1, 0)


def plain_tally(answers, weights, points, least):
    """(unit) -> score, as one would work it out on paper. answers: (group, unit, codes of dimensions or one code)."""
    groups = defaultdict(lambda: defaultdict(list))
    for group, unit, codes in answers:
        if isinstance(codes, str):
            value = VALUES[codes]
        else:
            given = [(w, VALUES[code]) for w, code in zip(points, codes, strict=True) if VALUES[code] is not None]
            value = sum(w * v for w, v in given) / sum(w for w, _ in given) if given else None
        if value is not None:
            groups[unit][group].append(value)
    scores = {}
    for unit, by_group in groups.items():
        means = {g: round(mean(v), 3) for g, v in by_group.items() if len(v) >= least}
        if means:
            scores[unit] = sum(weights[g] * m for g, m in means.items()) / sum(weights[g] for g in means)
    errors = {
        (unit, g): (stdev(v), stdev(v) / sqrt(len(v)))
        for unit, by_group in groups.items()
        for g, v in by_group.items()
        if len(v) >= max(3, least)
    }
    return scores, errors


@pytest.mark.parametrize("dense", [10_000_000, 0])
def test_a_tally_agrees_with_a_plain_calculation(session, monkeypatch, dense):
    monkeypatch.setattr(tabulating, "DENSE", dense)
    monkeypatch.setattr(tabulating, "CHUNK", 7)
    survey = open_survey(session, min_raters=4)
    random, answers = Random(3), []
    doors = {"g1": "G1_PARTY_DEL", "g2": "G2_NPC_DEP", "g8": "G8_RESIDENT"}
    units = [unit.code for unit in survey.instrument.units]
    for _ in range(90):
        door = random.choice(list(doors))
        chosen = random.sample(units, 5)
        dealt = {unit: tuple(random.choice(list(VALUES)) for _ in range(3)) for unit in chosen[:2]}
        block = {unit: random.choice(list(VALUES)) for unit in chosen[2:]}
        raw = dealt_answer(dealt) | {f"rb_overall.{unit}": [code] for unit, code in block.items()}
        store(session, survey, door, raw, block=list(block))
        answers += [(doors[door], unit, codes) for unit, codes in (dealt | block).items()]
    rows = tally_rows(session, survey, SALT)
    scores, errors = plain_tally(answers, {g: int(w) for g, w in survey.rules.weights.items()}, (3, 2, 3), 4)
    assert {row.unit_code for row in rows if row.measure == "sat_score" and row.value is not None} == scores.keys()
    for unit, score in scores.items():
        assert float(found(rows, unit_code=unit).value) == pytest.approx(score, abs=0.0011)
    for (unit, group), (spread, error) in errors.items():
        row = found(rows, unit_code=unit, group=group)
        assert (float(row.spread), float(row.se)) == (
            pytest.approx(spread, abs=0.00051),
            pytest.approx(error, abs=0.00051),
        )


def test_a_recount_gives_the_same_version_and_digest(each_session):
    survey = open_survey(each_session, min_raters=1)
    for code in ("vs", "d", "dk"):
        store(each_session, survey, "g8", block_answer({"U001": code}), block=["U001"])
    close_round(each_session, KINDS, survey.round_code, by="office", now=NOW, early=True)
    first = tally_round(each_session, KINDS, survey.round_code, by="office", now=NOW)
    again = tally_round(each_session, KINDS, survey.round_code, by="office", now=NOW)
    assert first == again
    assert first.version == 1
    assert KINDS["survey"].verify(each_session, each_session.get_one(Round, survey.round_id)) is None
    assert found(read_rows(each_session, survey.round_id), unit_code="U001").value == 65


def test_an_answer_slipped_in_beside_the_codes_stops_the_count(session):
    survey = open_survey(session, min_raters=1)
    round_ = session.get_one(Round, survey.round_id)
    [code] = issue_rights(
        session, round_, session.get_one(Door, survey.doors["g1"].id), [None], KEYS, by="x", now=NOW
    )
    ticket = draw(session, round_, code, KEYS, now=NOW)
    checked = check(survey.plan, block_answer({}))
    cast_invited(session, survey, ticket, new_submission(survey.round_code, "g1", [], now=NOW), checked, now=NOW)
    close_round(session, KINDS, survey.round_code, by="office", now=NOW, early=True)
    tally_round(session, KINDS, survey.round_code, by="office", now=NOW)
    row = {"round_id": survey.round_id, "commitment": b"x" * 32, "door_id": survey.doors["g1"].id, "day": NOW.date()}
    session.add(Response(**row, pace="normal", packed=checked.packed))
    session.flush()
    with pytest.raises(MoreAnswersThanDrawn) as refused:
        tally_round(session, KINDS, survey.round_code, by="office", now=NOW)
    assert refused.value == MoreAnswersThanDrawn("g1", 2, 1)


def test_sums_beyond_64_bits_stay_exact():
    form = forms()["q3_leader"]
    measure = measures_of(form, {"SAT_LEADER_1": Decimal(6)})[0]
    [source] = measure.sources
    often = np.array([2**61, 2**61], dtype=np.int64)
    codes = [source.codes_of(pattern) for pattern in (1, 4)]
    place = tabulating._Graded(
        np.array([7, 7]), often, np.array([0, 1]), codes, [measure.value(source, code) for code in codes]
    )
    [(cell, answers)] = tabulating._sums(place, measure.graded, 1)
    assert (cell, answers.n, answers.mean(), answers.options) == (7, 2**62, 65, (2**61, 0, 0, 2**61, 0))
    assert answers.squares == 2**61 * (100**2 + 30**2)


def test_the_measures_of_the_three_forms():
    assert {
        name: [(m.name, m.object, [s.place for s in m.sources]) for m in measures_of(form, POINTS)]
        for name, form in forms().items()
    } == {
        "q1_public": [
            ("sat_score", "SAT_PUBLIC", ["slots", "block"]),
            ("sat_rate", "SAT_PUBLIC", ["slots", "block"]),
            ("item", "SAT_PUBLIC_1", ["slots"]),
            ("item", "SAT_PUBLIC_2", ["slots"]),
            ("item", "SAT_PUBLIC_3", ["slots"]),
        ],
        "q2_service": [
            ("sat_score", "SAT_SERVICE", ["preset"]),
            ("sat_rate", "SAT_SERVICE", ["preset"]),
            ("item", "SAT_SERVICE_1", ["preset"]),
            ("item", "SAT_SERVICE_2", ["preset"]),
        ],
        "q3_leader": [
            ("sat_score", "SAT_LEADER", ["all"]),
            ("sat_rate", "SAT_LEADER", ["all"]),
            ("item", "SAT_LEADER_1", ["all"]),
        ],
    }
