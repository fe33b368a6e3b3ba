"""What the office tells all units stands on their desk, and what it tells others doesn't."""

from datetime import UTC, datetime, timedelta

from units.notices import Notice


def test_the_desk_shows_the_notices_to_units_from_their_day_on(world, officer):
    today = datetime.now(UTC).date()
    with world() as session:
        for audience, days, title in [("unit", -1, "报送通知"), ("unit", 3, "将来的通知"), ("lead", -1, "计分通知")]:
            day = today + timedelta(days=days)
            session.add(Notice(audience=audience, title_zh=title, body_zh="按期报送。", published_on=day))
    page = officer.get("/unit/").text
    assert "报送通知" in page and "按期报送。" in page
    assert "将来的通知" not in page
    assert "计分通知" not in page
