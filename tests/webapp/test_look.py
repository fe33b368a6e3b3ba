"""Every page keeps the reader's language and text size, and its links lead to itself and nowhere else."""

import pytest

from tests.factories import make_year


def test_large_text_lasts_for_the_visit_and_can_be_undone(client):
    assert 'data-text="large"' in client.get("/?text=large").text
    assert 'data-text="large"' in client.get("/").text
    assert 'data-text="large"' not in client.get("/?text=normal").text
    assert 'data-text="large"' not in client.get("/").text


def test_the_language_link_keeps_the_rest_of_the_address(client):
    page = client.get("/units?q=gjj&from=wechat&lang=zh").text
    assert 'href="?q=gjj&amp;from=wechat&amp;lang=en"' in page


def test_a_path_with_two_slashes_makes_no_link_to_another_site(client):
    page = client.get("//evil.example/x", follow_redirects=False).text
    assert "//evil.example" not in page


@pytest.mark.parametrize("demonstration", [True, False])
def test_a_page_is_marked_as_demonstration_exactly_where_the_data_are(app, client, session, demonstration):
    app.config["DEMONSTRATION_ASK_AT"] = 0
    make_year(session, demonstration=demonstration)
    session.commit()
    page = client.get("/?lang=zh").text
    assert ("演示数据" in page) is demonstration
    assert ("<title>演示" in page) is demonstration


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_missing_page_is_told_in_words(client, language):
    response = client.get(f"/nowhere?lang={language}")
    assert response.status_code == 404
    assert ("没有找到这一页" if language == "zh" else "There is no such page") in response.text
