"""What holds of points whatever the evidence."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.points import Evidence, PointRules, Special, score_unit, special_total
from scoring.tree import ROOT
from tests.scoring.test_points import PEOPLE, TREE

LEAVES = tuple(leaf for leaf in TREE.leaves)
means = st.decimals(0, 100, places=3, allow_nan=False)


@st.composite
def evidences(draw: st.DrawFn) -> Evidence:
    """Everything is there, of any value; some leaves don't apply to U001."""
    absent = draw(st.sets(st.sampled_from([leaf.code for leaf in LEAVES]), max_size=len(LEAVES) - 1))
    shares = {leaf.code: draw(means) for leaf in LEAVES}
    entries = {
        (leaf.code, unit): (leaf.points * shares[leaf.code] / 100).quantize(Decimal("0.001"))
        for leaf in LEAVES
        if leaf.level == 3
        for unit in PEOPLE
    }
    values = {
        (measure, leaf.code, unit): shares[leaf.code]
        for leaf in LEAVES
        if leaf.level == 2
        for measure in ("panel_score", "bianban_score", "sat_score")
        for unit in PEOPLE
    }
    return Evidence(
        entries=entries,
        values=values,
        not_applicable=frozenset((code, "U001") for code in absent),
        innovators=frozenset(PEOPLE),
        lead_units={"FZB": "U060", "BB": "U009", "JXB": "U009", "CZJ": "U002"},
        categories=PEOPLE,
        rules=PointRules(needs_entry=frozenset()),
    )


@settings(max_examples=150, deadline=None)
@given(evidences())
def test_points_lie_between_nought_and_full_marks_and_have_three_decimals(evidence):
    scored = score_unit(TREE, "U001", evidence)
    for node in TREE.walk():
        value = scored[node.code].value
        if value is not None:
            assert 0 <= value <= node.points + Decimal("0.001")
            assert value == value.quantize(Decimal("0.001"))


@settings(max_examples=150, deadline=None)
@given(evidences())
def test_a_parent_is_computed_from_the_stored_values_of_its_children(evidence):
    scored = score_unit(TREE, "U001", evidence)
    for node in TREE.walk():
        if scored[node.code].rule == "sum":
            assert scored[node.code].value == sum(scored[child.code].value for child in node.children)
        elif scored[node.code].rule == "rescaled":
            applying = [child for child in node.children if scored[child.code].rule != "not_applicable"]
            reached = sum(scored[child.code].value for child in applying)
            exact = reached * node.points / sum(child.points for child in applying)
            assert abs(scored[node.code].value - exact) <= Decimal("0.0005")


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from([leaf.code for leaf in LEAVES]), max_size=len(LEAVES) - 1))
def test_full_marks_everywhere_are_a_hundred_whatever_does_not_apply(absent):
    full = Evidence(
        entries={(leaf.code, unit): leaf.points for leaf in LEAVES if leaf.level == 3 for unit in PEOPLE},
        values={
            (measure, leaf.code, unit): Decimal(100)
            for leaf in LEAVES
            for measure in ("panel_score", "bianban_score", "sat_score")
            for unit in PEOPLE
        },
        not_applicable=frozenset((code, "U001") for code in absent),
        innovators=frozenset(PEOPLE),
        lead_units={},
        categories=PEOPLE,
    )
    assert score_unit(TREE, "U001", full)[ROOT].value == 100


specials = st.builds(
    Special,
    item=st.sampled_from("ABC"),
    direction=st.sampled_from(["bonus", "deduction"]),
    points=st.decimals("0.001", 3, places=3),
    matter=st.sampled_from(["一", "二", "三", "四", "五", "六"]),
    most=st.just(Decimal(3)),
)


@given(st.lists(specials, max_size=20), st.sampled_from(["bonus", "deduction"]))
def test_special_items_never_pass_a_cap_and_the_uncapped_sum_is_never_less(entries, direction):
    total = special_total(entries, direction, Decimal(5))
    assert 0 <= total.counted <= 5
    assert total.counted <= total.uncapped <= sum(entry.points for entry in entries if entry.direction == direction)
    kept = [e for place, e in enumerate(entries) if e.direction == direction and place not in total.repeated]
    assert len({entry.matter for entry in kept}) == len(kept)
