from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import brotli
import pytest
from sqlalchemy import func, select

from rounds.life import close_round, round_named
from surveys.counting.responses import Response, ResponseText
from tests.statements import statements
from tests.webapp.questionnaire.filling import page_of, receipt_of

CONTACT = {"agree": "y", "dealt_any": "y", "dealt_units": ["U001", "U003"]}


@pytest.fixture
def rated(running, client):
    """The second page of a running questionnaire, its address first."""
    slug = running()
    return slug, page_of(client.post(f"/s/{slug}/rate", data=CONTACT))


def stored(app) -> int:
    with app.extensions["pingyi"].sessions() as session:
        return session.scalar(select(func.count()).select_from(Response))


def test_a_whole_form_is_stored_once_and_its_receipt_can_be_checked(rated, app, client):
    slug, page = rated
    sent = page.choosing("s", comment=["办事快"])
    receipt = receipt_of(client.post(f"/s/{slug}", data=sent))
    assert receipt_of(client.post(f"/s/{slug}", data=sent)) == receipt
    assert stored(app) == 1
    answer = client.post("/verify", data={"code": receipt.lower().replace("-", " ")})
    assert "This form has been received" in answer.get_data(as_text=True)
    assert client.post("/verify", data={"code": "0000-0000-0000-0000"}).status_code == 404


def test_the_second_page_asks_of_each_chosen_unit_and_of_a_block_without_them(rated):
    _slug, page = rated
    assert {name for name in page.radios if name.startswith("rd_fair.")} == {"rd_fair.U001", "rd_fair.U003"}
    block = {name.partition(".")[2] for name in page.radios if name.startswith("rb_overall.")}
    assert len(block) == 6
    assert not block & {"U001", "U003"}


def test_going_back_and_forth_keeps_everything_and_changes_no_block(rated, client):
    slug, page = rated
    sent = page.choosing("bs", comment=["等了很久"])
    first = page_of(client.post(f"/s/{slug}/first", data=sent))
    assert sorted(first.sent["dealt_units"]) == ["U001", "U003"]
    again = page_of(client.post(f"/s/{slug}/rate", data=first.sent))
    assert {name for name in again.radios if name.startswith("rb_")} == {
        name for name in page.radios if name.startswith("rb_")
    }
    assert {name: again.sent[name] for name in page.radios if name in sent} == {
        name: sent[name] for name in page.radios if name in sent
    }
    assert again.sent["comment"] == ["等了很久"]


def test_units_are_found_without_javascript_and_the_chosen_ones_stay(running, client):
    slug = running()
    answer = client.post(f"/s/{slug}/first", data={**CONTACT, "find": "u007"})
    page = page_of(answer)
    assert page.sent["dealt_units"] == ["U001", "U003"]
    top = answer.get_data(as_text=True).partition("data-chosen")[2].partition("<details")[0]
    assert 'value="U007"' in top


def test_an_unanswered_question_is_named_and_nothing_typed_is_lost(rated, app, client):
    slug, page = rated
    sent = page.choosing("d", comment=["x" * 501])
    del sent["rd_fair.U003"]
    answer = client.post(f"/s/{slug}", data=sent)
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert 'href="#rd_fair.U003"' in text
    assert 'href="#comment"' in text
    kept = page_of(answer)
    assert kept.sent["rd_attitude.U001"] == ["d"]
    assert kept.sent["comment"] == ["x" * 501]
    assert stored(app) == 0


def test_who_declines_is_thanked_and_nothing_is_stored(running, app, client):
    slug = running()
    answer = client.post(f"/s/{slug}/rate", data={"agree": "n"})
    assert "You chose not to take part" in answer.get_data(as_text=True)
    assert stored(app) == 0


def test_a_form_that_comes_after_the_close_is_refused_with_a_clear_page(running, app, client):
    slug = running()
    page = page_of(client.post(f"/s/{slug}/rate", data=CONTACT))
    with app.extensions["pingyi"].sessions.begin() as session:
        round_named(session, slug).closes_at = datetime.now(UTC)
    answer = client.post(f"/s/{slug}", data=page.choosing("s"))
    assert answer.status_code == 409
    assert "This survey has closed; this form was not counted" in answer.get_data(as_text=True)
    assert stored(app) == 0


@pytest.mark.parametrize(
    ("window", "words"),
    [
        ({"opens_at": datetime.now(UTC) + timedelta(hours=1)}, "This survey has not opened yet"),
        ({"closes_at": datetime.now(UTC) - timedelta(hours=1)}, "This survey has closed"),
    ],
)
def test_outside_its_hours_the_page_says_so_and_offers_no_form(running, app, client, window, words):
    slug = running(**window)
    if "opens_at" in window:
        with app.extensions["pingyi"].sessions.begin() as session:
            round_named(session, slug).state = "frozen"
    text = client.get(f"/s/{slug}").get_data(as_text=True)
    assert words in text
    assert "<form" not in text


def test_the_first_page_is_the_same_for_everybody(running, app, client):
    slug = running()
    first = client.get(f"/s/{slug}?from=group&lang=en", headers={"User-Agent": "marked"})
    with statements(app) as sent:
        second = client.get(f"/s/{slug}?lang=en", headers={"Accept-Encoding": "br"})
    assert sent == []
    assert brotli.decompress(second.get_data()) == first.get_data()
    assert first.headers["Cache-Control"].startswith("public")
    assert "Set-Cookie" not in first.headers
    assert client.get(f"/s/{slug}?lang=en", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_the_last_post_costs_two_statements(rated, app, client):
    slug, page = rated
    with statements(app) as sent:
        assert client.post(f"/s/{slug}", data=page.choosing("s")).status_code == 200
    assert len(sent) == 2, sent


def test_no_page_of_the_open_link_sets_a_cookie(rated, client):
    slug, page = rated
    for answer in (
        client.get(f"/s/{slug}?lang=en&text=large"),
        client.post(f"/s/{slug}/rate?lang=en", data=CONTACT),
        client.post(f"/s/{slug}?lang=en", data=page.choosing("s")),
    ):
        assert "Set-Cookie" not in answer.headers


def test_nothing_that_a_browser_tells_reaches_a_byte_of_the_database(running, app, client, tmp_path):
    slug = running()
    marks = {"User-Agent": "MarkedAgent77", "X-Forwarded-For": "203.0.113.77", "Referer": "http://localhost/marked77"}
    page = page_of(client.post(f"/s/{slug}/rate", data=CONTACT, headers=marks))
    sent = page.choosing("s", comment=["只留这一句"])
    client.set_cookie("marked", "MarkedCookie77")
    assert client.post(f"/s/{slug}?utm=MarkedQuery77", data=sent, headers=marks).status_code == 200
    everything = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert "只留这一句".encode() in everything
    for mark in (b"MarkedAgent77", b"203.0.113.77", b"marked77", b"MarkedCookie77", b"MarkedQuery77"):
        assert mark not in everything


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "http://localhost.x"}],
)
def test_another_sites_page_cannot_send_a_form(rated, app, client, headers):
    slug, page = rated
    assert client.post(f"/s/{slug}", data=page.choosing("s"), headers=headers).status_code == 403
    assert stored(app) == 0


def test_a_flood_from_one_address_is_stopped_and_the_address_is_kept_nowhere(rated, app, client):
    slug, page = rated
    app.config["ANSWERS_PER_HOUR"] = 3
    codes = [client.post(f"/s/{slug}/first", data=page.sent).status_code for _ in range(4)]
    assert codes[-1] == 429


BAD = ["", "²", "9" * 40, "-1", "\x00", "x" * 100_000, "<svg/onload=x()>", "{{7*7}}"]


@pytest.mark.parametrize("value", BAD, ids=range(len(BAD)))
def test_hostile_values_in_each_field_are_refused_with_a_sentence(rated, client, value):
    slug, page = rated
    good = page.choosing("s", comment=["好"], age_band=["a30"])
    for name in good:
        answer = client.post(f"/s/{slug}", data={**good, name: value})
        assert answer.status_code < 500, name
        assert "<svg/onload" not in answer.get_data(as_text=True)
        assert client.post(f"/s/{slug}", data={**good, name: [value, value]}).status_code < 500
    for name in good:
        missing = {key: values for key, values in good.items() if key != name}
        assert client.post(f"/s/{slug}", data=missing).status_code in (200, 409, 422), name


def test_a_text_is_kept_apart_and_names_no_respondent(rated, app, client):
    slug, page = rated
    client.post(f"/s/{slug}", data=page.choosing("s", comment=["请改进"], comment_unit=["U005"]))
    with app.extensions["pingyi"].sessions() as session:
        (text,) = session.scalars(select(ResponseText))
    assert (text.item, text.unit_code, text.text) == ("comment", "U005", "请改进")


def test_after_the_close_a_receipt_is_on_the_list_with_the_counts_of_the_whole_round(rated, app, client):
    slug, page = rated
    receipt = receipt_of(client.post(f"/s/{slug}", data=page.choosing("s")))
    with app.extensions["pingyi"].sessions.begin() as session:
        round_named(session, slug).closes_at = datetime.now(UTC)
    text = client.post("/verify", data={"code": receipt}).get_data(as_text=True)
    assert "On the list" in text
    assert "Invalid: batches that were voided" in text


def test_the_first_page_comes_in_twelve_kilobytes(running, client):
    slug = running(units=101)
    packed = client.get(f"/s/{slug}?lang=zh", headers={"Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "br"
    assert len(packed.get_data()) < 12_000


def test_one_form_sent_by_many_at_once_is_one_answer_with_one_receipt(rated, app):
    slug, page = rated
    sent = page.choosing("s")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: app.test_client().post(f"/s/{slug}", data=sent), range(16)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({receipt_of(answer) for answer in answers}) == 1
    assert stored(app) == 1


def test_after_the_close_everybody_can_read_the_check_value_of_all_receipts(rated, app, client):
    slug, page = rated
    receipt = receipt_of(client.post(f"/s/{slug}", data=page.choosing("s")))
    house = app.extensions["pingyi"]
    with house.sessions.begin() as session:
        closed = close_round(session, house.kinds, slug, by="office", now=datetime.now(UTC), early=True)
    told = client.post("/verify", data={"code": receipt}).get_data(as_text=True)
    assert closed.merkle_root in told.replace("<wbr>", "")
