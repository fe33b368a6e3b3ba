"""One sheet beside its material: saved by field or as a whole, refused in words, never another's."""

from datetime import UTC, datetime

import pytest

from review.panel.cells import latest_marks
from review.panel.marks import EMPTY, UNABLE, points
from review.panel.sealing import seal_set
from review.panel.seat import Seat
from review.panel.sheet import Note

HX = {"HX-Request": "true"}
SHEET = "/expert/units/U002/routine"
WHOLE = {"duty": "38", "plan": "27", "quality": "18", "record": "9"}


def marks_of(desk, seat="E01", unit="U002", object_="routine"):
    found = desk.read(lambda session: latest_marks(session, 1, seat, [unit]))
    return next((cells for key, cells in found.items() if key.object == object_), {})


def test_one_field_is_kept_and_answered_with_time_total_and_ruler(desk, sign_in):
    desk.make()
    client = sign_in("expert01")
    answer = client.post(f"{SHEET}?lang=en", data=WHOLE | {"only": "duty"}, headers=HX)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert 'id="kept"' in html and "Saved " in html
    assert "1 answered, 3 left" in html
    assert 'id="duty-bands" hx-swap-oob="true"><li class="on">' in html
    assert "<input" not in html
    assert marks_of(desk) == {"duty": points(38)}


def test_the_total_appears_with_the_last_field(desk, sign_in):
    desk.make()
    client = sign_in("expert01")
    for name in WHOLE:
        answer = client.post(f"{SHEET}?lang=en", data=WHOLE | {"only": name}, headers=HX)
    assert "92<small>points in all</small>" in answer.get_data(as_text=True)


def test_without_javascript_the_whole_sheet_is_kept_and_the_next_one_follows(desk, sign_in):
    desk.make()
    client = sign_in("expert01")
    answer = client.post(SHEET, data=WHOLE | {"note": " 数字扎实 ", "then": "on"})
    assert (answer.status_code, answer.location) == (303, "/expert/units/U002/other")
    assert marks_of(desk) == {code: points(int(text)) for code, text in WHOLE.items()}
    assert desk.read(lambda session: session.get(Note, (1, "E01", "U002")).text) == "数字扎实"
    assert client.post(SHEET, data=WHOLE | {"then": "stay"}).location == SHEET


@pytest.mark.parametrize(
    ("address", "onward"),
    [
        ("/expert/units/U002/innovation", "/expert/units/U003/routine"),
        ("/expert/units/U003/innovation", "/expert/"),
    ],
)
def test_after_the_last_sheet_the_next_unit_follows_and_then_the_list(desk, sign_in, address, onward):
    desk.make()
    assert sign_in("expert01").post(address, data={"then": "on"}).location == onward


@pytest.mark.parametrize("typed", ["41", "-1", "3.5", "²", "１２", "abc", "9" * 40, "1e1"])
def test_a_wrong_number_is_refused_beside_its_field_and_kept_as_typed(desk, sign_in, typed):
    desk.make()
    client = sign_in("expert01")
    answer = client.post(f"{SHEET}?lang=en", data=WHOLE | {"duty": typed})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Whole points from 0 to 40" in html
    assert f'value="{typed}"' in html
    assert marks_of(desk) == {}
    alone = client.post(f"{SHEET}?lang=en", data=WHOLE | {"duty": typed, "only": "duty"}, headers=HX)
    assert alone.status_code == 422
    assert "Not saved: Duties fulfilled Whole points from 0 to 40" in alone.get_data(as_text=True)


def test_a_wrong_number_in_another_field_does_not_stop_the_one_that_was_sent(desk, sign_in):
    desk.make()
    answer = sign_in("expert01").post(SHEET, data=WHOLE | {"plan": "99", "only": "duty"}, headers=HX)
    assert answer.status_code == 200
    assert marks_of(desk) == {"duty": points(38)}


def test_cant_judge_is_kept_and_changed_back(desk, sign_in):
    desk.make()
    client = sign_in("expert01")
    client.post(SHEET, data={"duty": "", "unable_duty": "y", "only": "duty"}, headers=HX)
    assert marks_of(desk) == {"duty": UNABLE}
    client.post(SHEET, data={"duty": "", "only": "duty"}, headers=HX)
    assert marks_of(desk) == {"duty": EMPTY}


def test_points_beside_cant_judge_are_refused(desk, sign_in):
    desk.make()
    answer = sign_in("expert01").post(f"{SHEET}?lang=en", data=WHOLE | {"unable_duty": "y"})
    assert answer.status_code == 422
    assert "Either points or “can&#39;t judge”, not both" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "address", ["/expert/units/U001/routine", "/expert/units/U002/song", "/expert/units/U999/routine"]
)
def test_what_is_not_on_the_list_is_not_found(desk, sign_in, address):
    desk.make()
    client = sign_in("expert01")
    assert client.get(address).status_code == 404
    assert client.post(address, data=WHOLE).status_code == 404


def test_each_expert_writes_on_the_own_sheet_alone(desk, sign_in, app):
    desk.make(units=4)
    sign_in("expert02").post("/expert/units/U003/routine", data=WHOLE)
    assert marks_of(desk, "E01", "U003") == {}
    html = sign_in("expert01").get("/expert/units/U003/routine").get_data(as_text=True)
    assert 'value="38"' not in html


def test_after_the_close_a_score_is_refused_in_words_and_not_kept(desk, sign_in):
    desk.make()
    client = sign_in("expert01")
    desk.close()
    assert client.post(SHEET, data=WHOLE).status_code == 422
    answer = client.post(f"{SHEET}?lang=en", data=WHOLE | {"only": "duty"}, headers=HX)
    assert answer.status_code == 422
    assert "was not counted" in answer.get_data(as_text=True)
    assert marks_of(desk) == {}
    html = client.get(f"{SHEET}?lang=en").get_data(as_text=True)
    assert "The review takes no scores now" in html
    assert "<input" not in html.partition("<main")[2]


def test_after_sealing_a_score_is_refused(desk, sign_in):
    panel = desk.make()
    desk.fill(panel, "E01")
    with desk.sessions.begin() as session:
        seal_set(session, session.get_one(Seat, (panel.round.id, "E01")), now=datetime.now(UTC))
    client = sign_in("expert01")
    answer = client.post(f"{SHEET}?lang=en", data=WHOLE)
    assert answer.status_code == 422
    assert "Your sheets are sealed; this was not counted." in answer.get_data(as_text=True)
    assert "<input" not in client.get(SHEET).get_data(as_text=True).partition("<main")[2]


@pytest.mark.parametrize("object_", ["routine", "other", "innovation"])
def test_a_review_page_asks_at_most_eight_statements(desk, sign_in, statements, object_):
    desk.fill(desk.make(units=101), "E01")
    client = sign_in("expert01")
    with statements() as said:
        assert client.get(f"/expert/units/U050/{object_}").status_code == 200
    assert len(said) <= 8, "\n".join(said)


def test_the_entry_stands_beside_the_sheet(desk, sign_in):
    desk.make()
    html = sign_in("expert01").get("/expert/units/U002/innovation?lang=en").get_data(as_text=True)
    assert "U002的做法" in html
    assert "No evidence attached" in html


def test_points_range_comes_from_the_rubric(desk, sign_in):
    desk.make()
    html = sign_in("expert01").get("/expert/units/U002/innovation").get_data(as_text=True)
    assert 'max="30" min="0" name="novelty"' in html
    assert 'max="20" min="0" name="difficulty"' in html


def test_a_note_is_text_and_nothing_else(desk, sign_in):
    desk.make()
    client = sign_in("expert01")
    typed = "\"'><svg/onload=x()>{{7*7}}\x00"
    assert client.post(SHEET, data={"note": typed, "only": "note"}, headers=HX).status_code == 200
    for address in ("/expert/", SHEET, "/expert/compare"):
        html = client.get(address).get_data(as_text=True)
        assert "<svg/onload" not in html and "&lt;svg/onload=x()&gt;{{7*7}}" in html


def test_a_note_that_is_too_long_is_refused_and_not_kept(desk, sign_in):
    desk.make()
    answer = sign_in("expert01").post(SHEET, data=WHOLE | {"note": "字" * 501})
    assert answer.status_code == 422
    assert marks_of(desk) == {}


def test_a_form_on_a_sheet_takes_no_json(desk, sign_in):
    desk.make()
    assert sign_in("expert01").post(SHEET, json={"duty": 3}).status_code == 415


def test_nothing_on_the_desk_is_written_by_looking(desk, sign_in):
    desk.make()
    client = sign_in("expert01")
    for address in ("", "compare", "missing", "seal", "seal?step=2", "print", "conflict", "units/U002"):
        assert client.get(f"/expert/{address}").status_code == 200
    assert marks_of(desk) == {}
