"""The whole year through the pages, by all its people, and one unit's score against a calculation by hand."""

from decimal import Decimal

import pytest

from database.transactions import set_writing
from tests.browser.serving import application, serving
from tests.browser.year import hands
from tests.browser.year.city import YEAR, found
from webapp.schema import bring_to_current

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROUNDS = [f"{kind}-{YEAR}" for kind in ("q1", "q2", "q3", "panel", "peers")]

# Points that the leads enter for U026, and full marks, in the order of the lead's table.
LEADS = {
    "swb": (["FUN_KEY_1"], [7.5], [8]),
    "zfb": (["FUN_KEY_2"], [9.25], [10]),
    "fgw": (["FUN_KEY_3"], [6], [6]),
    "fzb": (["FUN_LAW_1", "FUN_LAW_2", "FUN_LAW_3"], [2, 1.5, 2], [2, 2, 2]),
    "bb": (["FUN_EFF_1", "FUN_EFF_2"], [2, 0.8], [2, 1]),
    "czj": (["FUN_EFF_3", "FUN_EFF_4"], [1.9, 1], [2, 1]),
    "jw": (["MGT_CLEAN_1", "MGT_CLEAN_2", "MGT_CLEAN_3"], [3, 1.5, 1], [3, 2, 1]),
    "zzb": (["MGT_ORG_1", "MGT_ORG_2", "MGT_ORG_3"], [2, 2, 1.75], [2, 2, 2]),
    "jggw": (["MGT_STYLE_1", "MGT_STYLE_2", "MGT_STYLE_3"], [2, 2, 2], [2, 2, 2]),
}
# Marks on U026 by criterion; sheet totals 90, 88, 75 and 84, 93, 81; Bianban 80, 85; performance office 70.
EXPERT1 = {"routine": [36, 27, 18, 9], "other": [44, 26, 18], "innovation": [22, 15, 23, 15]}
EXPERT2 = {"routine": [34, 25, 17, 8], "other": [46, 28, 19], "innovation": [24, 16, 25, 16]}
BIANBAN = {"routine": [32, 24, 16, 8], "other": [42, 26, 17]}
PERFORMANCE_OFFICE = {"innovation": [20, 14, 22, 14]}
OTHERS = {"routine": [32, 24, 16, 8], "other": [40, 24, 16]}

# The calculation by hand, docs/rules.md "Points, standings".
BY_HAND = {
    # 7.5 + 9.25 + 6
    "FUN_KEY": "22.750",
    # experts (90 + 84) / 2 = 87; 0.6 × 87 + 0.4 × 80 = 84.2; 12 × 84.2 / 100
    "FUN_ROUTINE": "10.104",
    # (88 + 93) / 2 = 90.5; 0.6 × 90.5 + 0.4 × 85 = 88.3; 4 × 88.3 / 100
    "FUN_OTHER": "3.532",
    # 2 + 1.5 + 2
    "FUN_LAW": "5.500",
    # 2 + 0.8 + 1.9 + 1
    "FUN_EFF": "5.700",
    # 3 + 1.5 + 1
    "MGT_CLEAN": "5.500",
    # 2 + 2 + 1.75
    "MGT_ORG": "5.750",
    "MGT_STYLE": "6.000",
    # (75 + 81) / 2 = 78; 0.6 × 78 + 0.4 × 70 = 74.8; 10 × 74.8 / 100
    "INN_REFORM": "7.480",
    # party delegates: one in detail (3 × 100 + 2 × 80 + 3 × 80) / 8 = 87.5, one overall 60: mean 73.75, weight 10;
    # residents: one overall 80, weight 15; (10 × 73.75 + 15 × 80) / 25 = 77.5; 8 × 77.5 / 100; the open answer: not
    "SAT_PUBLIC": "6.200",
    # overall grades 80 and 100: mean 90; 6 × 90 / 100
    "SAT_SERVICE": "5.400",
    # one leader, 80; 6 × 80 / 100
    "SAT_LEADER": "4.800",
}
# 88.716, and 1.5 for a provincial award
TOTAL = "90.216"


def test_the_calculation_by_hand_adds_up():
    assert sum(map(Decimal, BY_HAND.values())) + Decimal("1.5") == Decimal(TOTAL)


@pytest.fixture
def city(tmp_path):
    """The city before its year begins, served on this machine."""
    app = application(tmp_path)
    house = app.extensions["pingyi"]
    set_writing(True)
    bring_to_current(house.sessions.kw["bind"], house.box_sessions.kw["bind"])
    with house.sessions.begin() as session:
        found(session)
    with serving(app) as served:
        yield served


@pytest.fixture
def person(city, visit):
    """The page of a person, signed in; always the same page for the same person."""
    pages = {}

    def page_of(username):
        if username not in pages:
            account = None if username.startswith("somebody") else username
            pages[username] = visit(city, account).new_page()
            pages[username].set_default_timeout(20_000)
        return pages[username]

    return page_of


def test_a_whole_year_ends_in_the_score_calculated_by_hand(person):
    office, second = person("office"), person("office-check")

    hands.move_year(office, second)
    for kind in ("plan", "year_end"):
        hands.hand_in_paper(person("unit026"), kind, "全年完成各项常规工作，按季度报送进展。")
    hands.hand_in_entry(person("unit026"), "预约办理改革", "平均等候时间缩短。")
    hands.decide_entry(office, "return", "请补充效益数据")
    hands.correct_entry(person("unit026"), "平均等候时间由42分钟降到11分钟（2016年11月统计）。")
    hands.decide_entry(office, "verify")
    hands.decide_entry(office, "publish", state="verified")
    hands.move_year(office, second)
    for code in ROUNDS:
        hands.start_round(office, second, code)

    hands.answer_openly(person("somebody"), f"q1-{YEAR}", unit="U026", grade="vd")
    for username, marks, own in (("expert01", EXPERT1, "U005"), ("expert02", EXPERT2, "U004")):
        hands.review(person(username), "/expert/", {"U026": marks, "U009": OTHERS, own: OTHERS})
        hands.seal(person(username), "/expert/")
    others = {"U004": OTHERS, "U005": OTHERS}
    hands.review(person("lead-bb"), "/lead/sheets/", {"U026": BIANBAN, **others})
    hands.review(person("lead-jxb"), "/lead/sheets/", {"U026": PERFORMANCE_OFFICE})
    hands.grade_peers(person("unit026"), {unit: ["B", "B", "dk"] for unit in ("U004", "U005", "U009")})
    hands.confirm_peers(person("unit026-head"))
    for lead, (items, points, full) in LEADS.items():
        hands.enter_lead(person(f"lead-{lead}"), items, {"U026": points}, full)
        hands.confirm_lead(person(f"lead-{lead}-head"))
    codes = hands.issue_codes(office, f"q1-{YEAR}", "g1", 2)
    hands.answer_by_code(
        person("somebody with a code"), codes[0], {"agree": "y", "rd_": "s", "rd_attitude": "vs", "rb_": "bs"}, "U026"
    )
    hands.answer_by_code(person("somebody else"), codes[1], {"agree": "y", "rb_": "bs"})
    public = {"agree": "1", "dealt_any": "2", "rb_overall": "2"}
    hands.type_in(person("interviewer01"), f"q1-{YEAR}", "g8", [public])
    service = {"agree": "1", "confirm_dealt": "1", "service_way": "1", "trips": "1", "disposition": "1"}
    graded = [service | {"r_": grade, "reply": "", "r_online": ""} for grade in ("2", "1")]
    hands.type_in(person("interviewer01"), f"q2-{YEAR}", "phone", graded, unit="U026")
    [code] = hands.issue_codes(office, f"q3-{YEAR}", "leaders", 1)
    hands.answer_as_leader(person("somebody in a high post"), code, level="city", grade="s")

    hands.add_special(office, second, "U026", "SPC_AWARD_P", "1.5")

    for code in ROUNDS:
        hands.finish_round(office, second, code)
    hands.compute_standings(office)
    hands.move_year(office, second)
    hands.approve_standings(person("office-approve"))
    hands.move_year(office, second)

    explained = hands.explained(person("office-approve"), "U026")
    assert {code: explained[code] for code in BY_HAND} == BY_HAND
    assert explained["total"] == TOTAL
    assert "90.22" in hands.own_title(person("unit026"))
    assert hands.verified(person("auditor"))
