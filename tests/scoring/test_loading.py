"""The index tree and the matrix of what doesn't apply."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

import demo
from accounts.errors import SamePerson
from scoring.errors import BadTree, TooLate, UnknownIndicator
from scoring.loading import load_tree, set_applicable
from scoring.tree import leads_of, not_applicable_of, tree_of, tree_version
from tests.factories import NOW, make_year
from tests.scoring.years import document, small_year

THE_CITYS = yaml.safe_load((Path(demo.__file__).parent / "indicators.yaml").read_text())


def test_the_citys_tree_has_four_twelve_and_its_points(each_session):
    year = make_year(each_session, stage="preparing")
    load_tree(each_session, year, THE_CITYS, by="office", now=NOW)
    tree = tree_of(each_session, year)
    second = [node for node in tree.walk() if node.level == 2]
    assert (tree.points, len(tree.children), len(second)) == (100, 4, 12)
    assert {node.code: node.points for node in tree.children} == {"FUN": 52, "MGT": 18, "INN": 10, "SAT": 20}
    assert {node.code: (node.source, node.lead) for node in second if node.source != "lead"} == {
        "FUN_ROUTINE": ("panel", "BB"),
        "FUN_OTHER": ("panel", "BB"),
        "INN_REFORM": ("panel", "JXB"),
        "SAT_PUBLIC": ("survey", ""),
        "SAT_SERVICE": ("survey", ""),
        "SAT_LEADER": ("survey", ""),
    }
    assert sum(leaf.points for leaf in tree.leaves) == 100
    assert leads_of(each_session, year)["JXB"].unit_code == "U009"


def test_the_same_tree_again_adds_no_version_and_a_changed_one_does(session):
    year = make_year(session, stage="preparing")
    load_tree(session, year, document(), by="office", now=NOW)
    assert load_tree(session, year, document(), by="office", now=NOW) == 1
    changed = document()
    changed["indicators"][0]["children"][0]["children"][0]["points"] = 17.5
    changed["indicators"][0]["children"][0]["children"][1]["points"] = 12.5
    assert load_tree(session, year, changed, by="office", now=NOW) == 2
    assert [next(tree_of(session, year, version).leaves).points for version in (1, 2)] == [18, Decimal("17.5")]


def test_a_tree_with_faults_is_refused_with_all_of_them_and_nothing_is_kept(session):
    year = make_year(session, stage="preparing")
    bad = document()
    law = bad["indicators"][0]["children"][0]
    law["children"][0]["points"] = 17
    law["children"][1]["scored_by"] = "XYZ"
    bad["indicators"][2]["children"][0]["data_source"] = []
    bad["indicators"][1]["children"][0]["children"].append(law["children"][0] | {"points": 1})
    with pytest.raises(BadTree) as refused:
        load_tree(session, year, bad, by="office", now=NOW)
    assert {(fault.what, fault.where) for fault in refused.value.faults} == {
        ("points_do_not_add_up", "LAW"),
        ("unknown_lead", "LAW_2"),
        ("no_source", "SAT_PUBLIC"),
        ("code_twice", "LAW_1"),
        ("points_do_not_add_up", "INN_REFORM"),
    }
    assert tree_version(session, year) == 0


def test_a_tree_is_fixed_once_the_year_is_being_assessed(session):
    with pytest.raises(TooLate):
        load_tree(session, small_year(session), document(), by="office", now=NOW)


def declare(session, year, indicator="LAW_2", *, applicable=False, approved_by="office-approve"):
    set_applicable(
        session,
        year,
        "U001",
        indicator,
        applicable=applicable,
        document_no="苏绩办〔2016〕1号",
        by="office",
        approved_by=approved_by,
        now=NOW,
    )


def test_two_people_declare_a_leaf_not_applicable_before_the_assessing(each_session):
    year = small_year(each_session)
    with pytest.raises(TooLate):
        declare(each_session, year)
    year.stage = "collecting"
    with pytest.raises(SamePerson):
        declare(each_session, year, approved_by="office")
    with pytest.raises(UnknownIndicator):
        declare(each_session, year, "LAW")
    declare(each_session, year)
    assert not_applicable_of(each_session, year) == {("LAW_2", "U001")}
    declare(each_session, year, applicable=True)
    assert not_applicable_of(each_session, year) == frozenset()
