"""What htmx gets when it can't have the part that it asked for."""

import pytest

HX = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("page", "back"),
    [
        ("http://localhost/expert/units/U002/routine?lang=en", "?next=/expert/units/U002/routine"),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_whoever_was_signed_out_is_led_to_sign_in_and_back_to_the_page(client, page, back):
    answer = client.post("/expert/units/U002/routine", data={}, headers=HX | {"HX-Current-URL": page})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, f"/sign-in{back}")


def test_an_error_takes_the_place_of_the_pages_text_and_not_of_a_part(client):
    answer = client.get("/no-such-page", headers=HX)
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reselect"]) == ("#main", "#main")
    assert b'<main id="main"' in answer.data


def test_without_htmx_an_error_is_a_page_like_any_other(client):
    assert "HX-Retarget" not in client.get("/no-such-page").headers
