from collections import Counter

import pytest

from demo.cast import SAMPLES, cast_units, people
from demo.pictures import as_pdf, as_png, certificate
from demo.play import Choice
from demo.writing import assigned_matters, claims, self_assessment, year_plan
from units.sorting import sort_keys


def test_only_the_three_sample_units_bear_what_is_bad_and_belong_to_nobody():
    players = cast_units("alias", seed=1)
    samples = [player for player in players if player.sample]
    assert [player.line.name_zh for player in samples] == ["示例单位甲", "示例单位乙", "示例单位丙"]
    assert not [player for player in samples if player.leads or player.nominates or player.topics]


def test_with_real_names_the_seed_draws_the_three():
    drawn = {seed: {p.code for p in cast_units("real", seed) if p.sample} for seed in range(5)}
    assert all(len(codes) == 3 for codes in drawn.values())
    assert len({frozenset(codes) for codes in drawn.values()}) > 1
    assert not [p for p in cast_units("real", 1) if p.line.name_zh.startswith("示例")]


def test_no_story_is_told_of_a_real_name():
    assert Choice(1, "alias").story("受通报批评（示例）") == "受通报批评（示例）"
    assert Choice(1, "real").story("受通报批评（示例）") == "演示"


def test_a_small_city_keeps_leads_and_samples():
    players = cast_units("alias", seed=1, limit=20)
    assert len(players) == 20
    assert sum(player.nominates for player in players) == 8
    assert set(SAMPLES) < {player.code for player in players}
    assert {player.code for player in players if player.leads} >= {"U001", "U009", "U031", "U060"}


def test_accounts_are_those_of_the_run_contract():
    everybody = list(people(cast_units("alias", 1), {"BB": "市编办"}))
    names = {person.username for person in everybody}
    assert len(names) == len(everybody) == 33 + 202 + 2
    assert {"office", "office-check", "office-approve", "auditor", "agency", "agency3", "interviewer06"} < names
    assert {"expert01", "expert20", "unit001", "unit101-head", "lead-bb", "lead-bb-head"} < names
    assert Counter(person.role.role for person in everybody)["expert"] == 20


@pytest.mark.parametrize(
    ("name", "keys"),
    [("市公积金中心", ("shigongjijinzhongxin", "sgjjzx")), ("市纪委（监察局）", ("shijiweijianchaju", "sjwjcj"))],
)
def test_names_are_found_by_pinyin_and_initials(name, keys):
    assert sort_keys(name) == keys


def test_texts_differ_between_units_and_repeat_for_the_same_unit():
    players = cast_units("alias", 1)
    plans = [year_plan(player.line, player.focus, 2016) for player in players]
    assert len(set(plans)) == len(plans)
    assert plans[0] == year_plan(players[0].line, players[0].focus, 2016)
    assert plans[0] != year_plan(players[0].line, players[0].focus, 2015)
    for player in players:
        report = self_assessment(player.line, player.focus, 2016, "year_end")
        assert len(report) <= 1500
        assert "{" not in report
        entries = claims(player.line, player.focus, 2016)
        assert 1 <= len(entries) <= 3
        assert len({entry.kind for entry in entries}) == len(entries)
        assert 2 <= len(assigned_matters(player.line, player.focus, 2016)) <= 3


def test_certificates_are_real_files():
    page = certificate("U099", 2016, 1)
    assert as_png(page).startswith(b"\x89PNG")
    assert as_pdf(page).startswith(b"%PDF")
