"""The random block gives every unit the same chance and mixes categories."""

from collections import Counter
from random import Random

from surveys.fieldwork.blocks import draw_block
from surveys.instruments.freezing import Instrument, UnitFacts
from tests.surveys.forms import forms

SIZES = {"party": 18, "congress": 4, "general": 20, "service": 21, "vertical": 12, "mass": 18, "institution": 8}
NAMED = [category for category, size in SIZES.items() for _ in range(size)]
UNITS = tuple(UnitFacts(f"U{n:03}", "", "", "", category) for n, category in enumerate(NAMED, start=1))
CITY = Instrument(forms()["q1_public"], UNITS)
CATEGORY = {unit.code: unit.category for unit in UNITS}


def test_every_unit_comes_up_equally_often():
    random = Random(7)
    drawn = Counter(unit for _ in range(5050) for unit in draw_block(CITY, (), random))
    # 5050 · 6 / 101 = 300 a unit; a standard deviation is about 17.
    assert len(drawn) == 101
    assert all(300 - 5 * 17 < count < 300 + 5 * 17 for count in drawn.values())


def test_a_block_mixes_categories_in_proportion_to_their_size():
    random = Random(11)
    for _ in range(300):
        categories = Counter(CATEGORY[unit] for unit in draw_block(CITY, (), random))
        assert all(count <= -(-SIZES[category] * 6 // 101) + 1 for category, count in categories.items())
        assert len(categories) >= 4


def test_units_rated_in_detail_are_left_out_and_none_comes_twice():
    random, chosen = Random(5), [unit.code for unit in UNITS[:6]]
    for _ in range(200):
        block = draw_block(CITY, chosen, random)
        assert len(set(block)) == 6
        assert not set(block) & set(chosen)


def test_a_small_city_is_asked_about_all_units_that_are_left():
    small = Instrument(CITY.form, UNITS[:4])
    assert sorted(draw_block(small, ["U001"], Random(1))) == ["U002", "U003", "U004"]
    assert draw_block(small, [unit.code for unit in UNITS[:4]], Random(1)) == ()


def test_a_form_without_a_block_draws_none():
    assert draw_block(Instrument(forms()["q2_service"], UNITS), (), Random(1)) == ()
