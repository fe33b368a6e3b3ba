"""From tally to points, against calculations by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.points import Evidence, PointRules, Special, score_unit, special_total
from scoring.tree import LEAD, PANEL, ROOT, SURVEY, Node

D = Decimal


def item(code: str, points: str, lead: str = "") -> Node:
    return Node(code, 3, code, code, D(points), lead=lead)


def second(code: str, points: str, source: str, *children: Node, lead: str = "") -> Node:
    return Node(code, 2, code, code, D(points), source=source, lead=lead, children=children)


LAW = second("LAW", "20", LEAD, item("LAW_1", "8", "FZB"), item("LAW_2", "6", "FZB"), item("LAW_3", "6", "FZB"))
EFF = second("EFF", "20", LEAD, item("EFF_1", "12", "BB"), item("EFF_2", "8", "CZJ"))
ROUTINE = second("ROUTINE", "24", PANEL, item("ROUTINE_1", "24"), lead="BB")
INN = second("INN", "16", PANEL, item("INN_1", "16"), lead="JXB")
SAT = second("SAT", "20", SURVEY, item("SAT_1", "12"), item("SAT_2", "8"))
FUN = Node("FUN", 1, "FUN", "FUN", D(64), children=(LAW, EFF, ROUTINE))
TREE = Node(
    ROOT,
    0,
    "",
    "",
    D(100),
    children=(FUN, Node("NEW", 1, "", "", D(16), children=(INN,)), Node("SAY", 1, "", "", D(20), children=(SAT,))),
)
PEOPLE = {"U001": "a", "U002": "a", "U003": "a", "U009": "b", "U060": "a"}


def evidence(**changed) -> Evidence:
    entries = {(code, unit): D(full) for unit in PEOPLE for code, full in FULL.items()}
    entries |= {("LAW_1", "U001"): D("7.125"), ("LAW_2", "U001"): D("5.5"), ("EFF_2", "U001"): D("6.8")}
    values = {
        ("panel_score", "ROUTINE", "U001"): D("88.765"),
        ("bianban_score", "ROUTINE", "U001"): D("91.5"),
        ("panel_score", "INN", "U001"): D("79.333"),
        ("bianban_score", "INN", "U001"): D("84"),
        ("sat_score", "SAT", "U001"): D("81.929"),
        ("item", "SAT_1", "U001"): D("80.005"),
        ("peer_score", "", "U001"): D("70"),
    }
    for unit in ("U002", "U003", "U009", "U060"):
        values |= {
            ("panel_score", "ROUTINE", unit): D("80"),
            ("bianban_score", "ROUTINE", unit): D("90"),
            ("panel_score", "INN", unit): D("80"),
            ("bianban_score", "INN", unit): D("90"),
            ("sat_score", "SAT", unit): D("80"),
        }
    given = {
        "entries": entries,
        "values": values,
        "not_applicable": frozenset(),
        "innovators": frozenset(PEOPLE),
        "lead_units": {"FZB": "U060", "BB": "U009", "JXB": "U009", "CZJ": "U002"},
        "categories": PEOPLE,
    }
    return Evidence(**(given | changed))


FULL = {"LAW_1": "8", "LAW_2": "6", "LAW_3": "6", "EFF_1": "12", "EFF_2": "8"}


def values_of(unit: str, given: Evidence) -> dict[str, Decimal | None]:
    return {code: scored.value for code, scored in score_unit(TREE, unit, given).items()}


def test_the_whole_score_of_a_unit_is_what_a_calculation_by_hand_gives():
    # LAW      7.125 + 5.5 + 6                                    = 18.625
    # EFF      12 + 6.8                                           = 18.8
    # ROUTINE  24 x (0.6 x 88.765 + 0.4 x 91.5) / 100
    #          = 24 x (53.259 + 36.6) / 100 = 24 x 89.859 / 100   = 21.56616 -> 21.566
    # FUN      18.625 + 18.8 + 21.566                             = 58.991
    # INN      16 x (0.6 x 79.333 + 0.4 x 84) / 100
    #          = 16 x (47.5998 + 33.6) / 100 = 16 x 81.1998 / 100 = 12.991968 -> 12.992
    # SAT      20 x 81.929 / 100                                  = 16.3858 -> 16.386
    # SAT_1    12 x 80.005 / 100 = 9.6006 -> 9.601, for information; SAT_2 has no figure
    # total    58.991 + 12.992 + 16.386                           = 88.369
    assert values_of("U001", evidence()) == {
        "LAW_1": D("7.125"),
        "LAW_2": D("5.500"),
        "LAW_3": D("6.000"),
        "LAW": D("18.625"),
        "EFF_1": D("12.000"),
        "EFF_2": D("6.800"),
        "EFF": D("18.800"),
        "ROUTINE_1": None,
        "ROUTINE": D("21.566"),
        "FUN": D("58.991"),
        "INN_1": None,
        "INN": D("12.992"),
        "NEW": D("12.992"),
        "SAT_1": D("9.601"),
        "SAT_2": None,
        "SAT": D("16.386"),
        "SAY": D("16.386"),
        ROOT: D("88.369"),
    }


@pytest.mark.parametrize(("mean", "points"), [("80.0025", "16.001"), ("80.0024", "16.000"), ("80.0075", "16.002")])
def test_half_a_thousandth_is_rounded_up(mean, points):
    given = evidence()
    given = replace(given, values={**given.values, ("sat_score", "SAT", "U001"): D(mean)})
    assert values_of("U001", given)["SAT"] == D(points)


def test_a_leaf_that_does_not_apply_leaves_its_points_to_the_others_of_its_level_two():
    # LAW without LAW_2: (7.125 + 6) x 20 / 14 = 13.125 x 20 / 14 = 18.75
    scored = score_unit(TREE, "U001", evidence(not_applicable=frozenset({("LAW_2", "U001")})))
    assert (scored["LAW_2"].value, scored["LAW_2"].rule) == (None, "not_applicable")
    assert (scored["LAW"].value, scored["LAW"].rule) == (D("18.750"), "rescaled")
    assert scored["LAW"].facts == {"reached": "13.125", "possible": "14.000"}


def test_a_level_two_that_does_not_apply_leaves_its_points_to_its_level_one():
    # FUN without ROUTINE: (18.625 + 18.8) x 64 / 40 = 37.425 x 1.6 = 59.88
    assert values_of("U001", evidence(not_applicable=frozenset({("ROUTINE", "U001")})))["FUN"] == D("59.880")


def test_where_the_year_says_full_marks_a_leaf_that_does_not_apply_has_them():
    given = evidence(not_applicable=frozenset({("LAW_2", "U001")}), rules=PointRules(not_applicable="full_marks"))
    assert values_of("U001", given)["LAW"] == D("19.125")  # 7.125 + 6 + 6


def test_where_the_year_says_category_mean_a_leaf_that_does_not_apply_has_it():
    given = evidence(not_applicable=frozenset({("LAW_1", "U002")}), rules=PointRules(not_applicable="category_mean"))
    # of U001 7.125 and U003 8; U060 is the lead's own: 15.125 / 2 = 7.5625 -> 7.563
    assert values_of("U002", given)["LAW_1"] == D("7.563")


def test_a_leads_own_row_is_the_mean_of_its_category_whatever_it_entered_for_itself():
    given = evidence()
    given = replace(given, entries={**given.entries, ("LAW_1", "U060"): D("8")})
    scored = score_unit(TREE, "U060", given)
    # the others of category a: 7.125, 8, 8 -> 23.125 / 3 = 7.70833
    assert (scored["LAW_1"].value, scored["LAW_1"].rule) == (D("7.708"), "own_row_mean")
    assert scored["LAW_1"].facts == {"units": "3"}


def test_a_leads_own_row_alone_in_its_category_has_no_points():
    assert values_of("U009", evidence())["EFF_1"] is None


def test_a_leads_own_row_may_be_scored_by_a_substitute():
    rules = PointRules(own_rows={"FZB": "substitute"}, substitutes={"FZB": "CZJ"})
    given = evidence(rules=rules)
    given = replace(given, entries={**given.entries, ("LAW_1", "U060"): D("6.5")})
    scored = score_unit(TREE, "U060", given)["LAW_1"]
    assert (scored.value, scored.rule) == (D("6.500"), "own_row_substitute")


def test_a_leads_own_row_may_leave_the_unit_unranked():
    scored = score_unit(TREE, "U060", evidence(rules=PointRules(own_rows={"FZB": "unranked"})))
    assert (scored["LAW_1"].rule, scored[ROOT].value) == ("own_row_unranked", None)


def test_bianban_itself_is_scored_by_the_panel_alone():
    scored = score_unit(TREE, "U009", evidence())["ROUTINE"]
    assert (scored.value, scored.rule) == (D("19.200"), "panel_alone")  # 24 x 80 / 100


def test_a_unit_without_a_published_entry_has_nothing_for_innovation():
    given = evidence(innovators=frozenset(), rules=PointRules(needs_entry=frozenset({"INN"})))
    scored = score_unit(TREE, "U001", given)
    assert (scored["INN"].value, scored["INN"].rule) == (D(0), "no_entry")
    assert scored[ROOT].value == D("75.377")  # 88.369 - 12.992


@pytest.mark.parametrize(
    "lost",
    [("sat_score", "SAT"), ("panel_score", "ROUTINE"), ("bianban_score", "ROUTINE"), ("panel_score", "INN")],
)
def test_any_other_missing_count_takes_the_total_away_and_is_never_a_nought(lost):
    given = evidence()
    values = {key: value for key, value in given.values.items() if key != (*lost, "U001")}
    scored = score_unit(TREE, "U001", replace(given, values=values))
    assert (scored[lost[1]].value, scored[lost[1]].rule) == (None, "missing")
    assert scored[ROOT].value is None


def test_a_missing_entry_of_a_lead_takes_the_total_away():
    given = evidence()
    entries = {key: points for key, points in given.entries.items() if key != ("LAW_3", "U001")}
    scored = score_unit(TREE, "U001", replace(given, entries=entries))
    assert (scored["LAW"].facts, scored[ROOT].value) == ({"missing": ["LAW_3"]}, None)


def test_mutual_evaluation_weighs_nothing_until_the_year_says_so():
    plain = values_of("U001", evidence())["ROUTINE"]
    rules = PointRules(peer_shares={"ROUTINE": D("0.25")})
    # 24 x (0.25 x 70 + 0.75 x 89.859) / 100 = 24 x (17.5 + 67.39425) / 100 = 20.37462
    assert (plain, values_of("U001", evidence(rules=rules))["ROUTINE"]) == (D("21.566"), D("20.375"))


def test_the_panels_share_is_data_of_the_year():
    # 24 x (0.5 x 88.765 + 0.5 x 91.5) / 100 = 24 x 90.1325 / 100 = 21.6318
    assert values_of("U001", evidence(rules=PointRules(panel_share=D("0.5"))))["ROUTINE"] == D("21.632")


def bonus(item: str, points: str, matter: str, most: str = "3") -> Special:
    return Special(item, "bonus", D(points), matter, D(most))


def test_additions_are_capped_at_the_total_and_the_uncapped_sum_stays_visible():
    given = [bonus(f"I{place}", "2.5", f"matter {place}") for place in range(5)]
    total = special_total(given, "bonus", D(10))
    assert (total.counted, total.uncapped) == (D("10.000"), D("12.500"))


def test_an_item_counts_at_most_its_own_points():
    total = special_total([bonus("A", "2", "one"), bonus("A", "2", "two")], "bonus", D(10))
    assert (total.counted, total.uncapped) == (D("3.000"), D("3.000"))


def test_one_matter_counts_once_at_its_highest():
    given = [
        bonus("PROVINCE", "2", "全国文明单位 "),
        bonus("NATION", "3", " 全国文明单位"),
        bonus("OTHER", "1", "其他"),
    ]
    total = special_total(given, "bonus", D(10))
    assert (total.counted, total.repeated) == (D("4.000"), frozenset({0}))


def test_deductions_are_added_up_apart():
    given = [bonus("A", "2", "one"), Special("B", "deduction", D("0.5"), "one", D(3))]
    assert special_total(given, "deduction", D(10)).counted == D("0.500")
