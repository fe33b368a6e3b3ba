"""Rubrics are read with both languages, gapless bands and faults that name their place."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from review.rubrics.errors import RubricFault
from review.rubrics.freezing import frozen_bytes, thawed
from review.rubrics.reading import read_rubrics
from review.rubrics.rubric import RubricSet

FILE = (Path(__file__).parents[3] / "demo" / "rubrics.yaml").read_text(encoding="utf-8")
RUBRICS = read_rubrics(FILE)


def broken(*way: str | int, value: object) -> str:
    book = yaml.safe_load(FILE)
    place = book
    for key in way[:-1]:
        place = place[key]
    if value is None:
        del place[way[-1]]
    else:
        place[way[-1]] = value
    return yaml.safe_dump(book, allow_unicode=True)


def test_the_demonstration_rubrics_cover_the_three_objects_with_100_points_each() -> None:
    assert [(one.object, one.indicator, one.most) for one in RUBRICS.rubrics] == [
        ("routine", "FUN_ROUTINE", 100),
        ("other", "FUN_OTHER", 100),
        ("innovation", "INN_REFORM", 100),
    ]


def test_novelty_takes_30_points_and_difficulty_20() -> None:
    innovation = RUBRICS.rubric("innovation")
    assert innovation is not None
    assert [(one.code, one.points) for one in innovation.criteria] == [
        ("novelty", 30),
        ("difficulty", 20),
        ("effect", 30),
        ("reach", 20),
    ]


def test_an_excellence_entry_is_read_by_its_own_note() -> None:
    notes = {note.type: note.text.en for note in RUBRICS.rubrics[2].notes}
    assert notes["excellence"].startswith("For excellence read novelty as level of recognition")


@pytest.mark.parametrize(
    ("total", "grade"), [(100, "A"), (90, "A"), (89, "B"), (80, "B"), (60, "C"), (59, "D"), (0, "D")]
)
def test_a_total_falls_into_its_grade(total: int, grade: str) -> None:
    assert RUBRICS.grade_of(total).code == grade


@given(data=st.data())
def test_every_whole_point_lies_in_exactly_one_band(data: st.DataObject) -> None:
    criterion = data.draw(st.sampled_from([c for rubric in RUBRICS.rubrics for c in rubric.criteria]))
    points = data.draw(st.integers(0, criterion.points))
    assert sum(band.holds(points) for band in criterion.bands) == 1
    assert criterion.band_of(points) is not None


def test_nothing_scored_lies_in_no_band() -> None:
    assert RUBRICS.rubrics[0].criteria[0].band_of(None) is None


@pytest.mark.parametrize(
    ("way", "value", "place", "fault"),
    [
        (("rubrics", 0, "title_en"), None, "rubrics[0].title_en", "missing"),
        (("rubrics", 1, "criteria", 2, "question_zh"), " ", "rubrics[1].criteria[2].question_zh", "not_text"),
        (("rubrics", 2, "criteria", 0, "bands", 1, "max"), 22, "rubrics[2].criteria[0].bands[1].max", "gap"),
        (("rubrics", 2, "criteria", 0, "bands", 3, "min"), 1, "rubrics[2].criteria[0].bands[3].min", "gap"),
        (("rubrics", 0, "criteria", 0, "bands", 0, "anchor_en"), None,
         "rubrics[0].criteria[0].bands[0].anchor_en", "missing"),
        (("rubrics", 0, "max_points"), 99, "rubrics[0].max_points", "points_differ"),
        (("rubrics", 0, "max_points"), "many", "rubrics[0].max_points", "not_whole"),
        (("rubrics", 0, "max_points"), True, "rubrics[0].max_points", "not_whole"),
        (("rubrics", 0, "max_points"), -1, "rubrics[0].max_points", "negative"),
        (("rubrics", 0, "object"), "song", "rubrics[0].object", "unknown_object"),
        (("rubrics", 1, "object"), "routine", "rubrics[1].object", "repeated"),
        (("rubrics", 0, "criteria", 1, "code"), "duty", "rubrics[0].criteria[1].code", "repeated"),
        (("rubrics", 0, "criteria"), [], "rubrics[0].criteria", "not_list"),
        (("panel", "aggregation", "drop_lowest"), 2, "panel.aggregation.drop_lowest", "points_differ"),
    ],
)  # fmt: skip
def test_a_fault_names_its_place(way: tuple[str | int, ...], value: object, place: str, fault: str) -> None:
    with pytest.raises(RubricFault) as caught:
        read_rubrics(broken(*way, value=value))
    assert (caught.value.place, caught.value.fault) == (place, fault)


def test_a_file_that_is_no_mapping_is_refused() -> None:
    with pytest.raises(RubricFault):
        read_rubrics("- just\n- a list")


def test_the_rules_of_the_panel_come_from_the_file() -> None:
    assert isinstance(RUBRICS, RubricSet)
    assert (RUBRICS.rules.trim, RUBRICS.rules.trim_from, RUBRICS.rules.minutes_per_unit) == (1, 7, 4)


def test_the_frozen_form_gives_the_equal_set_back() -> None:
    assert thawed(frozen_bytes(RUBRICS)) == RUBRICS


def test_the_frozen_form_is_the_same_bytes_each_time() -> None:
    assert frozen_bytes(thawed(frozen_bytes(RUBRICS))) == frozen_bytes(RUBRICS)
