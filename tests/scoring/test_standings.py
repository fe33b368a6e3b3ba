"""Standings: computed from what counts, versioned, approved by a second person, explained down to counts."""

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from accounts.errors import SamePerson
from scoring.approving import approve_standings, move_on
from scoring.entering import correct_entry
from scoring.entries import Entry, lead_sheet
from scoring.errors import NoStandings, NotReady
from scoring.explain import explain
from scoring.lead_desk import spread_of
from scoring.queries import own_result, standings_list
from scoring.specials import decide_special, propose_special
from scoring.standings import ScoreNode, Standing, compute_standings, standings_of
from tests.factories import NOW, make_unit
from tests.scoring.years import confirmed, entries, played, small_year, unit_of
from units.visibility import ITEMS, default_showings

D = Decimal
ALL = frozenset(ITEMS)


def compute(session, year):
    return compute_standings(session, year, by="office", now=NOW)


def standing(session, year, code="U001"):
    return session.get_one(Standing, (year.id, standings_of(session, year).version, code))


def test_a_units_total_is_what_a_calculation_by_hand_gives(each_session):
    year = played(each_session)
    for item, points, matter in (("AWARD", "2.5", "全国文明单位"), ("CRIT", "0.8", "通报批评")):
        entry = propose_special(
            each_session, year, "U001", item, D(points), matter=matter, document_no="1号", by="office", now=NOW
        )
        decide_special(each_session, entry.public_id, counts=True, by="office-approve", now=NOW)
    assert compute(each_session, year) == 1
    # U001: LAW 17.5 + 12                                    = 29.5
    #       ROUTINE 30 x (0.6 x 88.765 + 0.4 x 91.5) / 100
    #       = 30 x 89.859 / 100                              = 26.9577 -> 26.958
    #       INN_REFORM 10 x 89.859 / 100                     = 8.9859  -> 8.986
    #       SAT_PUBLIC 30 x 81.929 / 100                     = 24.5787 -> 24.579
    #       basic 29.5 + 26.958 + 8.986 + 24.579             = 90.023
    #       total 90.023 + 2.5 - 0.8                         = 91.723
    found = standing(each_session, year)
    assert (found.basic, found.bonus, found.deduction, found.total) == (
        D("90.023"),
        D("2.500"),
        D("0.800"),
        D("91.723"),
    )
    # U003, which leads LAW: the mean of its category (17.5 + 18) / 2 = 17.75, and 12
    law = each_session.get_one(ScoreNode, (year.id, 1, "U003", "LAW_1"))
    assert (law.value, law.rule, law.facts) == (D("17.750"), "own_row_mean", {"units": "2"})
    # U002: 30 + 30 x (0.6 x 85 + 0.4 x 91.5) / 100 (26.28) + 0 (no entry) + 24 = 80.28
    assert standing(each_session, year, "U002").total == D("80.280")
    assert each_session.get_one(ScoreNode, (year.id, 1, "U002", "INN_REFORM")).rule == "no_entry"


def test_the_same_evidence_adds_no_version_and_a_correction_does(each_session):
    year = played(each_session)
    assert (compute(each_session, year), compute(each_session, year)) == (1, 1)
    confirmed(each_session, year, LAW_1_U001="16")
    assert compute(each_session, year) == 2
    assert standings_of(each_session, year, 1).inputs["leads"]["FZB"][0] == 1
    assert standings_of(each_session, year).inputs["leads"]["FZB"][0] == 2
    assert each_session.scalar(select(func.count()).select_from(Standing)) == 6


def test_a_draft_correction_counts_for_nothing(session):
    year = played(session)
    compute(session, year)
    cell = Entry("LAW_1", "U001", D("1"), "x", "y")
    correct_entry(session, year, "FZB", cell, why="x", by="lead-fzb", now=NOW)
    assert compute(session, year) == 1


def test_a_unit_without_a_count_is_listed_apart_and_ranked_nowhere(each_session):
    year = played(each_session)
    make_unit(each_session, year, "U004")
    compute(each_session, year)
    listed = standings_list(each_session, year, ALL)
    assert [row.code for row in listed.placed] == ["U001", "U003", "U002"]
    [apart] = listed.apart
    assert (apart.code, apart.total, apart.rank_overall) == ("U004", None, None)
    assert apart.missing == ("LAW_1", "LAW_2", "ROUTINE", "SAT_PUBLIC")


def test_a_unit_assessed_but_not_ranked_has_a_total_and_no_rank(session):
    year = played(session)
    unit_of(session, year).ranked = False
    compute(session, year)
    listed = standings_list(session, year, ALL)
    assert [(row.code, row.rank_category) for row in listed.placed] == [("U003", 1), ("U002", 2)]
    assert [(row.code, row.total) for row in listed.apart] == [("U001", D("90.023"))]


def test_two_units_that_look_the_same_on_two_decimals_show_the_third(session):
    year = played(session, LAW_1_U001="17.5")
    compute(session, year)
    first, second = standing(session, year), standing(session, year, "U003")
    second.total = first.total - D("0.001") if first.total % D("0.01") != 0 else first.total + D("0.001")
    session.flush()
    assert {row.code: row.places for row in standings_list(session, year, ALL).placed} == {
        "U001": 3,
        "U002": 2,
        "U003": 3,
    }


def test_whoever_may_not_see_totals_gets_the_units_in_protocol_order_without_figures(session):
    year = played(session)
    compute(session, year)
    listed = standings_list(session, year, frozenset({"additions", "rank_in_category"}))
    assert [(row.code, row.total, row.rank_category) for row in listed.placed] == [
        ("U001", None, None),
        ("U002", None, None),
        ("U003", None, None),
    ]
    assert (listed.totals, listed.apart) == (False, ())


def test_a_second_person_approves_a_version(each_session):
    year = played(each_session)
    with pytest.raises(NoStandings):
        approve_standings(each_session, year, 1, by="office-approve", now=NOW)
    compute(each_session, year)
    with pytest.raises(SamePerson):
        approve_standings(each_session, year, 1, by="office", now=NOW)
    approved = approve_standings(each_session, year, 1, document_no="苏委常〔2017〕3号", by="office-approve", now=NOW)
    assert (approved.approved_by, approved.document_no) == ("office-approve", "苏委常〔2017〕3号")


def test_the_year_moves_on_only_once_there_is_what_the_stage_shows(each_session):
    year = played(each_session)
    with pytest.raises(NotReady):
        move_on(each_session, year, by="office", approved_by="office-approve", now=NOW)
    compute(each_session, year)
    with pytest.raises(SamePerson):
        move_on(each_session, year, by="office-approve", approved_by="office-approve", now=NOW)
    assert move_on(each_session, year, by="office", approved_by="office-approve", now=NOW) == "provisional"
    with pytest.raises(NotReady):
        move_on(each_session, year, by="office", approved_by="office-approve", now=NOW)
    approve_standings(each_session, year, 1, by="office-approve", now=NOW)
    assert move_on(each_session, year, by="office", approved_by="office-approve", now=NOW) == "final"


def test_a_score_opens_down_to_counts_and_small_cells_stay_hidden(each_session):
    year = played(each_session)
    compute(each_session, year)
    whole = explain(each_session, year, unit_of(each_session, year), "internal")
    assert whole.root.value == whole.standing.basic
    sat = whole.part("SAT_PUBLIC")
    [count] = sat.counted
    assert (count.round_code, count.version, count.whole("sat_score").n) == ("q1-2016", 1, 60)
    cells = {cell.group: cell for cell in count.parts("group")}
    assert (cells["G6_SOCIAL_ORG"].hidden, cells["G6_SOCIAL_ORG"].n) == ("too_few", None)
    assert (cells["G1_PARTY_DEL"].hidden, cells["G1_PARTY_DEL"].n) == ("complement", None)
    assert (cells["G8_RESIDENT"].n, cells["G8_RESIDENT"].value) == (40, D("85.000"))
    law = whole.part("LAW_1").entered
    assert (law.points, law.reason, law.lead.name_zh, law.version) == (D("17.500"), "制度建设滞后", "市法制办", 1)
    panel = whole.part("ROUTINE")
    assert panel.facts == {"panel": "88.765", "lead": "91.500", "panel_share": "0.600"}
    assert [cell.measure for cell in panel.counted[0].cells] == ["bianban_score", "panel_score"]


def test_an_earlier_version_is_explained_with_what_it_was_made_of(session):
    year = played(session)
    compute(session, year)
    confirmed(session, year, LAW_1_U001="16")
    compute(session, year)
    unit = unit_of(session, year)
    points = [explain(session, year, unit, "internal", version=v).part("LAW_1").entered.points for v in (1, 2)]
    assert points == [D("17.500"), D("16.000")]


def own(session, year, stage):
    year.stage = stage
    session.flush()
    return own_result(session, year, unit_of(session, year))


def test_a_unit_sees_nothing_then_its_points_then_its_total(session):
    year = played(session)
    session.add_all(default_showings(year.id))
    compute(session, year)
    assert own(session, year, "assessing") is None
    checked = own(session, year, "provisional")
    assert {part.code for part in checked.parts} == {
        "LAW",
        "LAW_1",
        "LAW_2",
        "ROUTINE",
        "ROUTINE_1",
        "INN_REFORM",
        "INN_1",
        "SAT_PUBLIC",
        "SAT_PUBLIC_1",
    }
    assert (checked.total, checked.rank_category, checked.rank_overall) == (None, None, None)
    cells = [cell for part in checked.parts for counted in part.counted for cell in counted.cells]
    assert {(cell.group, cell.counts) for cell in cells} == {("", None)}
    [lost] = checked.lost
    assert (lost.indicator, lost.lost, lost.basis) == ("LAW_1", D("0.500"), "法制办〔2016〕3号")
    approve_standings(session, year, 1, by="office-approve", now=NOW)
    final = own(session, year, "final")
    assert (final.total, final.rank_category) == (D("90.023"), None)
    assert {part.code for part in final.parts} > {"FUN", "SAT"}
    [sat] = [part for part in final.parts if part.code == "SAT_PUBLIC"]
    assert sat.counted[0].whole("sat_score").counts == (30, 20, 5, 3, 2)


def test_the_spread_of_a_leads_points_is_told_item_by_item(session):
    year = small_year(session)
    first, second = spread_of(lead_sheet(session, year, "FZB"), entries(session, year, LAW_1_U001="17"))
    assert (first.n, first.least, first.greatest, first.mean, first.full, first.distinct) == (
        2,
        D(17),
        D(18),
        D("17.500"),
        1,
        2,
    )
    assert (second.full, second.distinct) == (2, 1)
