"""Notices reach their audience from their day on."""

from datetime import date, timedelta

from sqlalchemy import select

from audit.events import Entry
from tests.factories import NOW
from units.notices import Notice, notices_for, put_up_notice

TODAY = date(2016, 12, 15)


def test_an_audience_sees_its_own_notices_from_their_day_on_the_latest_first(session):
    for days, audience, title in [(0, "public", "b"), (-3, "public", "a"), (1, "public", "c"), (-1, "unit", "d")]:
        session.add(Notice(audience=audience, title_zh=title, body_zh="x", published_on=TODAY + timedelta(days=days)))
    session.flush()
    assert [notice.title_zh for notice in notices_for(session, "public", today=TODAY)] == ["b", "a"]
    assert [notice.title_zh for notice in notices_for(session, "public", today=TODAY, most=1)] == ["b"]
    assert [notice.title_zh for notice in notices_for(session, "unit", today=TODAY)] == ["d"]


def test_putting_a_notice_up_is_recorded_with_a_digest_of_its_words(session):
    for body in ("x", "y"):
        notice = Notice(audience="public", title_zh="通知", title_en="", body_zh=body, body_en="", published_on=TODAY)
        put_up_notice(session, notice, by="office", now=NOW)
    facts = session.scalars(select(Entry.facts).where(Entry.kind == "NoticePutUp")).all()
    assert len(facts) == len(set(facts)) == 2
    assert all("通知" in fact for fact in facts)
