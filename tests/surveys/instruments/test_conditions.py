"""The parser of skip conditions against Python's own evaluation of the same text."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.instruments.conditions import Answers
from surveys.instruments.errors import BadCondition
from surveys.instruments.parsing import DEEPEST, parse

NAMES, CODES = ("agree", "units", "rate", "note_in"), ("y", "n", "dk", "U001")
names, codes = st.sampled_from(NAMES), st.sampled_from(CODES)
numbers = st.integers(0, 100)
tests_ = st.one_of(
    st.builds("{} == '{}'".format, names, codes),
    st.builds("{}!='{}'".format, names, codes),
    st.builds("'{}' in {}".format, codes, names),
    st.builds("count({}) >= {}".format, names, st.integers(0, 3)),
    st.builds("answered( {} )".format, names),
    st.builds("min_score({})<={}".format, names, numbers),
)
conditions = st.recursive(
    tests_,
    lambda inner: st.one_of(
        st.builds("{} and {}".format, inner, inner),
        st.builds("{}  or {}".format, inner, inner),
        st.builds("not {}".format, inner),
        st.builds("({})".format, inner),
    ),
    max_leaves=8,
)
answers_ = st.dictionaries(names, st.one_of(codes, st.lists(codes, min_size=1, unique=True).map(tuple)))
lowest_ = st.dictionaries(names, st.sampled_from([Decimal("0.000"), Decimal("30.000"), Decimal("100.000")]))


def oracle(source: str, given_: dict, lowest: dict) -> bool:
    """What Python says of the condition, once its functions and comparisons are spelt as Python."""
    python = re.sub(r"(\w+)\s*(==|!=)\s*('\w+')", lambda m: f"{'not ' * (m[2] == '!=')}is_({m[1]!r}, {m[3]})", source)
    python = re.sub(r"('\w+') in (\w+)", r"has(\1, '\2')", python)
    python = re.sub(r"(answered|count)\(\s*(\w+)\s*\)", r"\1('\2')", python)
    python = re.sub(r"min_score\((\w+)\)\s*<=\s*(\d+)", r"least('\1', \2)", python)
    several = {name: (value,) if isinstance(value, str) else value for name, value in given_.items()}
    return bool(
        eval(  # the oracle, not the product
            python,
            {
                "is_": lambda name, code: several.get(name) == (code,),
                "has": lambda code, name: code in several.get(name, ()),
                "count": lambda name: len(several.get(name, ())),
                "answered": lambda name: name in several,
                "least": lambda name, most: name in lowest and lowest[name] <= most,
            },
        )
    )


@given(conditions, answers_, lowest_)
def test_a_condition_means_what_python_says_it_means(source, given_, lowest):
    assert parse(source).holds(Answers(dict(given_), dict(lowest))) is oracle(source, given_, lowest)


@given(st.text("agre=!'()<>0123456789 andotiscumb_\"\\", max_size=60))
def test_any_text_is_parsed_or_refused_with_its_place(source):
    try:
        parse(source)
    except BadCondition as refused:
        assert 1 <= refused.at <= len(source) + 1


@pytest.mark.parametrize(
    ("source", "at"),
    [
        ("", 1),
        ("agree", 6),
        ("agree = 'y'", 7),
        ("agree == y", 10),
        ("agree == 'y' and", 17),
        ("agree == 'y' agree == 'n'", 14),
        ("count(units) <= 3", 14),
        ("max_score(rate) <= 3", 1),
        ("__import__('os')", 1),
        ("not == 'y'", 5),
        ("(agree == 'y'", 14),
        ("min_score(rate) <= 3x", 20),
        ("agree == 'y' or " * 40 + "agree == 'n'", 501),
        ("(" * (DEEPEST + 1) + "agree == 'y'" + ")" * (DEEPEST + 1), DEEPEST + 2),
    ],
)
def test_a_condition_outside_the_grammar_is_refused_at_its_place(source, at):
    with pytest.raises(BadCondition) as refused:
        parse(source)
    assert refused.value.at == at


def test_inside_foreach_the_least_value_is_that_of_this_unit_alone():
    form = Answers(lowest={"rate": Decimal(0)}, given={"agree": "y"})
    here = Answers(outer=form, own=frozenset({"rate"}))
    assert parse("min_score(rate) <= 30").holds(form)
    assert not parse("min_score(rate) <= 30").holds(here)
    assert parse("agree == 'y'").holds(here)
