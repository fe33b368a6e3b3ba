"""Units are found by what people know of them, and their pages show what is public."""

import pytest

from tests.factories import NOW, make_unit, make_year
from units.errors import UnknownUnit, UnknownYear
from units.searching import (
    UnitCard,
    WorkingYear,
    by_category,
    latest_year,
    matching,
    unit_cards,
    unit_shown,
    year_shown,
)
from units.submissions import Submission
from units.unit import Topic


def card(code: str, short: str, english: str, pinyin: str, initials: str, *topics: str) -> UnitCard:
    return UnitCard(code, f"苏州{short}", short, english, "gov_service", pinyin, initials, topics)


FUND = card("U096", "市公积金中心", "Housing Provident Fund Centre", "shigongjijinzhongxin", "sgjjzx", "公积金贷款")
STREETS = card("U036", "市市容市政局", "City Appearance Bureau", "shishirongshizhengju", "ssrszj", "停车", "垃圾")
PRICES = card("U046", "市物价局", "Price Bureau", "shiwujiaju", "swjj", "停车收费", "乱收费")
CARDS = [STREETS, PRICES, FUND]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("停车", ["U036", "U046"]),
        ("停车收费标准", ["U036", "U046"]),
        ("公积金", ["U096"]),
        ("gjj", ["U096"]),
        ("GJJ", ["U096"]),
        ("ｇｊｊ", ["U096"]),
        ("gong ji jin", ["U096"]),
        ("市物价局", ["U046"]),
        ("苏州市物价局", ["U046"]),
        ("price", ["U046"]),
        ("Housing Provident", ["U096"]),
        ("u036", ["U036"]),
        ("市", ["U036", "U046", "U096"]),
        ("", []),
        ("   ", []),
        ("不存在的事", []),
        ("%", []),
        ("'; DROP TABLE unit; --", []),
        ("\x00", []),
    ],
)
def test_a_unit_is_found_by_name_pinyin_initials_topic_or_code(words, codes):
    assert [found.code for found in matching(CARDS, words)] == codes


def test_a_very_long_search_is_cut_and_answered():
    assert matching(CARDS, "停车" + "x" * 10_000) == matching(CARDS, "停车" + "x" * 38)


def test_categories_stand_in_the_order_of_their_first_unit(session):
    year = make_year(session)
    for code, category in [("U003", "party"), ("U001", "vertical"), ("U002", "party")]:
        make_unit(session, year, code, category=category)
    found = by_category(unit_cards(session, year.id))
    assert [(c.code, [u.code for u in c.units]) for c in found] == [
        ("vertical", ["U001"]),
        ("party", ["U002", "U003"]),
    ]


def test_without_a_year_in_the_address_the_latest_one_that_is_public_is_shown(session):
    for number, stage in [(2015, "archived"), (2016, "assessing"), (2017, "preparing")]:
        make_year(session, number, stage=stage)
    assert year_shown(session).year == 2016
    assert year_shown(session, 2015).year == 2015


def test_the_working_year_knows_whether_any_year_is_a_demonstration(each_session):
    assert latest_year(each_session) is None
    make_year(each_session, 2016)
    assert latest_year(each_session) == WorkingYear(2016, "assessing", False)
    make_year(each_session, 2015, stage="archived", demonstration=True)
    assert latest_year(each_session) == WorkingYear(2016, "assessing", True)


@pytest.mark.parametrize("wanted", [2014, 2017, 0])
def test_a_year_that_is_prepared_or_missing_is_unknown(session, wanted):
    make_year(session, 2016)
    make_year(session, 2017, stage="preparing")
    with pytest.raises(UnknownYear):
        year_shown(session, wanted)


def test_no_year_at_all_is_no_error(session):
    assert year_shown(session) is None
    with pytest.raises(UnknownUnit):
        unit_shown(session, None, "U001")


def entry(unit, title, state, visibility):
    texts = dict.fromkeys(("problem", "actions", "result", "beneficiaries"), "x")
    return Submission(
        unit_id=unit.id,
        kind="innovation",
        title=title,
        state=state,
        visibility=visibility,
        secrecy_checked=True,
        saved_at=NOW,
        attachments=[],
        remarks=[],
        **texts,
    )


def test_a_unit_shows_only_what_the_office_made_public(each_session):
    year = make_year(each_session)
    unit = make_unit(each_session, year)
    each_session.add_all([Topic(unit_id=unit.id, topic_zh="社保"), entry(unit, "Out", "published", "public")])
    each_session.add_all(
        entry(unit, f"In {state}", state, "internal") for state in ("submitted", "verified", "published")
    )
    each_session.flush()
    each_session.expire_all()
    shown = unit_shown(each_session, year_shown(each_session), "U001")
    assert [entry.title for entry in shown.entries] == ["Out"]
    assert shown.card.topics == ("社保",)
    assert (shown.alike, shown.years) == (1, (2016,))
    unit.mandate.visibility = "internal"
    each_session.flush()
    assert unit_shown(each_session, year_shown(each_session), "U001").mandate is None
