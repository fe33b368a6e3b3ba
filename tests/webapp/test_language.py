"""A page speaks the language that was asked for, and writes dates and figures in it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask

from webapp import language as words


@pytest.fixture
def bare() -> Flask:
    app = Flask("webapp")
    words.init_language(app)
    app.add_url_rule("/", "home", lambda: words.language().code)
    return app


@pytest.mark.parametrize(
    ("query", "cookie", "header", "spoken"),
    [
        ("", "", "", "zh"),
        ("?lang=en", "", "zh-CN", "en"),
        ("?lang=zh", "en", "en", "zh"),
        ("?lang=fr", "en", "", "en"),
        ("", "en", "zh-CN,zh;q=0.9", "en"),
        ("", "klingon", "en-GB,en;q=0.9", "en"),
        ("", "", "zh-TW,en;q=0.5", "zh"),
        ("", "", "zh-Hant-HK", "zh"),
        ("", "", "fr-FR,fr;q=0.9,en;q=0.3", "en"),
        ("", "", "fr-FR", "zh"),
        ("", "", "*", "zh"),
    ],
)
def test_the_query_comes_before_the_cookie_and_the_cookie_before_the_browser(bare, query, cookie, header, spoken):
    client = bare.test_client()
    if cookie:
        client.set_cookie("lang", cookie)
    assert client.get("/" + query, headers={"Accept-Language": header} if header else {}).text == spoken


def test_a_chosen_language_lasts_for_the_visit_alone(bare):
    client = bare.test_client()
    kept = client.get("/?lang=en").headers.getlist("Set-Cookie")
    assert len(kept) == 1
    assert "Expires" not in kept[0] and "Max-Age" not in kept[0]
    assert client.get("/", headers={"Accept-Language": "zh"}).text == "en"


def test_an_unknown_language_is_not_kept(bare):
    assert "Set-Cookie" not in bare.test_client().get("/?lang=fr").headers


@pytest.mark.parametrize(
    ("lang", "written"),
    [("zh", ["2015年12月1日", "12月20日24:00", "12月21日00:01", "—"]),
     ("en", ["1 December 2015", "20 December, 24:00", "21 December, 00:01", "—"])],
)  # fmt: skip
def test_dates_are_local_and_midnight_ends_the_day_before(bare, lang, written):
    with bare.test_request_context(f"/?lang={lang}"):
        assert [
            words.day(date(2015, 12, 1)),
            words.moment(datetime(2015, 12, 20, 16, 0, tzinfo=UTC)),
            words.moment(datetime(2015, 12, 20, 16, 1, tzinfo=UTC)),
            words.moment(None),
        ] == written


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (Decimal("88.435"), 2, "88.44"),
        (Decimal("88.445"), 2, "88.45"),
        (Decimal("-0.005"), 2, "-0.01"),
        (Decimal(4), 2, "4.00"),
        (Decimal("1234.5"), 0, "1,235"),
        (0.125, 2, "0.13"),
        (None, 2, "—"),
    ],
)
def test_figures_round_halves_away_from_zero(value, places, written):
    assert words.figure(value, places) == written


def test_a_datum_without_the_language_falls_back_to_the_other(bare):
    with bare.test_request_context("/?lang=en"):
        assert words.either("市教育局", "Education Bureau") == "Education Bureau"
        assert words.either("市教育局", "") == "市教育局"
