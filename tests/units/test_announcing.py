"""The public is told of a concluded year what was both written down and switched on."""

from tests.factories import make_year
from units.announcing import announcement
from units.year import Showing


def test_an_announcement_holds_what_is_both_written_and_switched_on(session):
    line = [{"zh": "市教育局", "en": "Education Bureau"}]
    rules = {"announced": {"excellent_units": line, "improvements": line, "total_and_grade": line}}
    year = make_year(session, 2015, stage="archived", rules=rules)
    make_year(session, 2016)
    assert announcement(session).items == ()
    for item in ("excellent_units", "city_satisfaction", "total_and_grade"):
        session.add(Showing(year_id=year.id, item=item, stage="archived", audience="public", shown=True))
    session.flush()
    told = announcement(session)
    assert told.year == 2015
    assert [(shown.item, shown.lines) for shown in told.items] == [
        ("excellent_units", (("市教育局", "Education Bureau"),))
    ]


def test_before_a_year_is_approved_nothing_is_announced(session):
    make_year(session, 2016, stage="provisional")
    assert announcement(session) is None
