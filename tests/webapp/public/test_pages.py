"""What a visitor reads, in both languages, with and without a year, units, rounds."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from rounds.round import Door, Round
from tests.factories import make_round, make_unit, make_year
from tests.statements import statements
from units.notices import Notice
from units.submissions import Submission
from units.unit import Mandate, Topic
from units.year import Showing

PAGES = ["/", "/units", "/units?q=停车", "/units/U001", "/notices", "/privacy", "/anonymity", "/results"]
DOCUMENT = json.dumps({"estimated_minutes": 6, "header": {"form_no": "绩满调1表"}}).encode()


def furnish(session, units=1, notices=1, entries=1):
    """A year in assessment with an open questionnaire, units with topics and entries, and notices."""
    now = datetime.now(UTC)
    year = make_year(session, rules={"common_topics": ["停车", "社保"]})
    for number in range(1, units + 1):
        unit = make_unit(session, year, f"U{number:03}")
        session.add(Topic(unit_id=unit.id, topic_zh="停车"))
        for entry in range(entries):
            session.add(
                Submission(
                    unit_id=unit.id,
                    kind="innovation",
                    title=f"一件事{entry}",
                    actions="一次办成",
                    state="published",
                    visibility="public",
                    secrecy_checked=True,
                    saved_at=now,
                )
            )
    round_ = make_round(
        session,
        year,
        state="open",
        instrument=DOCUMENT,
        opens_at=now - timedelta(days=2),
        closes_at=now + timedelta(days=8),
    )
    session.add(Door(round_id=round_.id, code="d", channel="C2_ONLINE", degree="open"))
    for number in range(notices):
        session.add(
            Notice(
                audience="public", title_zh=f"通知{number}", body_zh="第一段\n第二段", published_on=date(2016, 11, 1)
            )
        )
    session.commit()
    return year


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_public_page_is_sound_in_both_languages(client, session, path, language):
    furnish(session)
    response = client.get(path, query_string={"lang": language} if "?" not in path else None)
    assert response.status_code == 200


@pytest.mark.parametrize("path", ["/", "/units", "/notices", "/privacy", "/anonymity", "/results"])
def test_before_the_first_year_the_pages_say_so(client, path):
    assert client.get(path).status_code == 200


def test_an_open_questionnaire_is_offered_with_its_length_and_who_asks(client, session):
    furnish(session)
    page = client.get("/?lang=en").text
    assert 'href="/s/q1-2016"' in page
    assert "About 6 minutes" in page
    assert "绩满调1表" in page


@pytest.mark.parametrize(("days", "title"), [(-3, "The survey has closed"), (3, "The survey opens on")])
def test_outside_its_window_the_questionnaire_is_not_offered(client, session, days, title):
    furnish(session)
    now = datetime.now(UTC)
    window = {"opens_at": now + timedelta(days=days, hours=-1), "closes_at": now + timedelta(days=days)}
    state = "frozen" if days > 0 else "open"
    if days > 0:
        window["opens_at"], window["closes_at"] = now + timedelta(days=days), now + timedelta(days=days + 1)
    session.execute(update(Round).values(state=state, **window))
    session.commit()
    page = client.get("/?lang=en").text
    assert title in page
    assert "/s/q1-2016" not in page


def test_a_search_by_htmx_swaps_the_list_alone(client, session):
    furnish(session, units=2)
    whole = client.get("/units?q=停车")
    part = client.get("/units?q=停车", headers={"HX-Request": "true"})
    assert "<html" in whole.text and "<html" not in part.text
    assert part.text.strip().startswith('<section id="found"')
    assert part.text.strip() in whole.text
    assert "HX-Request" in whole.vary


def test_what_was_typed_is_text(client, session):
    furnish(session)
    page = client.get("/units", query_string={"q": "\"'><svg/onload=x()>{{7*7}}"}).text
    assert "<svg/onload" not in page
    assert "{{7*7}}" in page


@pytest.mark.parametrize(
    "path",
    ["/units/U999", "/units/²", "/units/" + "9" * 40, "/units/U001?year=2014", "/units?year=9999999999"]
    + [f"/units?year={year}" for year in ("²⁰¹⁶", "-1", "abcd", "%ff", "20 6")],
)
def test_an_unknown_unit_or_year_is_not_found(client, session, path):
    furnish(session)
    assert client.get(path).status_code == 404


def test_an_earlier_year_is_reached_by_its_number(client, session):
    furnish(session)
    make_unit(session, make_year(session, 2015, stage="archived"), "U001", name_zh="旧名")
    session.commit()
    assert "旧名" in client.get("/units/U001?year=2015").text
    assert "旧名" not in client.get("/units/U001").text


def test_a_mandate_that_is_internal_stays_inside(client, session):
    furnish(session)
    session.execute(update(Mandate).values(visibility="internal", functions_zh="内部职责", functions_en="inside"))
    session.commit()
    for language in ("zh", "en"):
        page = client.get(f"/units/U001?lang={language}").text
        assert "内部职责" not in page and "inside" not in page


def test_an_entry_that_is_internal_stays_inside(client, session):
    furnish(session)
    assert "一次办成" in client.get("/units/U001").text
    session.execute(update(Submission).values(visibility="internal"))
    session.commit()
    assert "一次办成" not in client.get("/units/U001").text


def test_a_notice_for_units_or_of_tomorrow_is_not_public(client, session):
    furnish(session, notices=0)
    session.add(Notice(audience="unit", title_zh="内部通知", body_zh="x", published_on=date(2016, 1, 1)))
    session.add(Notice(audience="public", title_zh="将来的通知", body_zh="x", published_on=date(2100, 1, 1)))
    session.commit()
    for path in ("/", "/notices"):
        page = client.get(path).text
        assert "内部通知" not in page and "将来的通知" not in page


def test_results_say_only_that_they_were_announced_until_an_item_is_switched_on(client, session):
    rules = {"announced": {"excellent_units": [{"zh": "市教育局", "en": "Education Bureau"}]}}
    year = make_year(session, 2015, stage="archived", rules=rules)
    session.commit()
    assert "结果已按程序通报" in client.get("/results").text
    assert "市教育局" not in client.get("/results").text
    session.add(Showing(year_id=year.id, item="excellent_units", stage="archived", audience="public", shown=True))
    session.commit()
    assert "市教育局" in client.get("/results").text


def test_the_privacy_page_says_what_the_office_has_to_say_of_network_logs(client):
    page = client.get("/privacy?lang=zh").text
    assert "本平台不记录您的手机号、微信昵称和网络地址。" in page
    assert "接入单位依法留存的网络日志不含答卷内容，不与答卷关联。" in page


@pytest.mark.parametrize("path", ["/", "/units?q=停车", "/units/U001", "/notices", "/results"])
def test_a_page_costs_the_same_statements_with_one_row_and_with_three(app, client, session, path):
    year = furnish(session)
    client.get(path)
    with statements(app) as one:
        client.get(path)
    for number in (2, 3):
        unit = make_unit(session, year, f"U00{number}")
        session.add(Topic(unit_id=unit.id, topic_zh="停车"))
        session.add(Notice(audience="public", title_zh=f"更多{number}", body_zh="x", published_on=date(2016, 11, 2)))
    session.commit()
    with statements(app) as three:
        client.get(path)
    assert len(three) == len(one)
    assert len(one) <= 8, one


def test_a_public_page_sets_no_cookie(client, session):
    furnish(session)
    assert "Set-Cookie" not in client.get("/").headers
