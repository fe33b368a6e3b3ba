"""Notices reach their audience from their day on."""

from datetime import date, timedelta

from units.notices import Notice, notices_for

TODAY = date(2016, 12, 15)


def test_an_audience_sees_its_own_notices_from_their_day_on_the_latest_first(session):
    for days, audience, title in [(0, "public", "b"), (-3, "public", "a"), (1, "public", "c"), (-1, "unit", "d")]:
        session.add(Notice(audience=audience, title_zh=title, body_zh="x", published_on=TODAY + timedelta(days=days)))
    session.flush()
    assert [notice.title_zh for notice in notices_for(session, "public", today=TODAY)] == ["b", "a"]
    assert [notice.title_zh for notice in notices_for(session, "public", today=TODAY, most=1)] == ["b"]
    assert [notice.title_zh for notice in notices_for(session, "unit", today=TODAY)] == ["d"]
