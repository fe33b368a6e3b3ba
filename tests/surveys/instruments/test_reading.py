from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.instruments.checking import Checked, check
from surveys.instruments.compiling import compile_form
from surveys.instruments.errors import Fault, FormFaulty
from surveys.instruments.freezing import freeze_document, thaw
from surveys.instruments.reading import lacks, read_folder, read_form
from tests.surveys.forms import CODES, FOLDER, UNITS, forms, one_of, small_form, words

SCALES = {
    "s2": {"label": words("s"), "options": [{"code": "g", "value": 100, "label": words("g")}], "positive": ["g"]}
}


@pytest.mark.parametrize("name", ["q1_public", "q2_service", "q3_leader"])
def test_a_frozen_form_is_read_back_the_same(name):
    document = freeze_document(forms()[name], UNITS)
    thawed = thaw(document)
    assert (thawed.form, thawed.units) == (forms()[name], UNITS)
    assert freeze_document(thawed.form, thawed.units) == document


def test_no_text_of_the_demonstration_lacks_a_language():
    assert [fault for form in forms().values() for fault in lacks(form)] == []


def test_a_missing_language_is_told_with_its_place():
    data = small_form({"id": "s", "items": [one_of("a", "y", "n")]})
    data["sections"][0]["items"][0]["options"][1]["label"] = {"zh": "否"}
    data["title"] = {"zh": " ", "en": "t"}
    assert list(lacks(read_form(data, SCALES))) == [
        Fault("q9_small: title", "language_missing", "zh"),
        Fault("q9_small: s.a.n", "language_missing", "en"),
    ]


def test_a_question_that_is_off_is_left_out_unless_switched_on():
    assert "extra_pay" not in {item.id for _, item in forms()["q2_service"].items()}
    switched = read_folder(FOLDER, switched_on=["extra_pay"])["q2_service"]
    assert switched.item("extra_pay").reference_only


def test_borrowed_options_are_those_of_the_other_form():
    assert forms()["q2_service"].item("district").options == forms()["q1_public"].item("district").options


def test_every_fault_is_told_at_once_with_its_place():
    data = small_form(
        {"id": "s", "items": [one_of("a", "y", "y"), {"id": "b", "type": "stars", "label": words("b")}]},
        {
            "id": "t",
            "foreach": "a",
            "items": [
                {"id": "c", "type": "rating", "scale": "s9", "label": words("c")},
                {"id": "a", "type": "note", "relevant": "later == 'y'"},
                {"id": "d d", "type": "note", "label": words("d"), "relevant": "a = 1"},
                one_of("later", "y", max_choices=0, options_from="q8.x"),
            ],
        },
    )
    with pytest.raises(FormFaulty) as refused:
        read_form(data, SCALES)
    assert [(fault.place, fault.reason) for fault in refused.value.faults] == [
        ("q9_small: s.a", "code_twice"),
        ("q9_small: s.b", "unknown_type"),
        ("q9_small: s.b", "no_options"),
        ("q9_small: t", "foreach_needs_picker"),
        ("q9_small: t.c", "unknown_scale"),
        ("q9_small: t.c", "no_options"),
        ("q9_small: t.a", "condition_looks_ahead"),
        ("q9_small: t.a", "no_label"),
        ("q9_small: t.a", "id_twice"),
        ("q9_small: t.d d", "bad_condition"),
        ("q9_small: t.d d", "not_a_code"),
        ("q9_small: t.later", "options_from"),
        ("q9_small: t.later", "no_options"),
        ("q9_small: t.later", "max_choices"),
    ]


JUNK = st.sampled_from([None, 0, -1, 1.5, True, "x", "", "'", "字", [], [1], [None], {}, {"a": 1}])


@cache
def files() -> dict[str, Any]:
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in FOLDER.glob("*.yaml")}


def places(value: Any, path: tuple = ()) -> Iterator[tuple]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, found in inner:
        yield (*path, key)
        yield from places(found, (*path, key))


@settings(max_examples=300)
@given(st.data(), st.sampled_from(["q1_public", "q2_service", "q3_leader"]), JUNK)
def test_anything_in_any_place_of_a_file_is_read_or_told(data, name, junk):
    document = deepcopy({"form": files()[name], "scales": files()["scales"]})
    *path, last = data.draw(st.sampled_from([place for place in places(document) if len(place) > 1]))
    spot = document
    for key in path:
        spot = spot[key]
    spot[last] = junk
    try:
        form = read_form(document["form"], document["scales"], others=files())
    except FormFaulty as refused:
        assert all(fault.place and fault.reason for fault in refused.faults)
        return
    frozen = freeze_document(form, UNITS)
    assert thaw(frozen).form == form
    assert isinstance(check(compile_form(form, CODES), {}, preset="U001"), (Checked, list))


def test_yaml_that_cannot_be_parsed_is_told_with_its_line(tmp_path):
    (tmp_path / "scales.yaml").write_text("a: [1\nb: 2")
    with pytest.raises(FormFaulty) as refused:
        read_folder(tmp_path)
    assert refused.value.faults == (Fault("scales.yaml:2", "not_yaml"),)


def test_a_section_left_without_items_disappears():
    data = small_form({"id": "s", "items": [one_of("a", "y", asked=False)]}, {"id": "t", "items": [one_of("b", "y")]})
    assert [section.id for section in read_form(deepcopy(data), SCALES).sections] == ["t"]
