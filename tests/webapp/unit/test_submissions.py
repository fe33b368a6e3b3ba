"""Entries through the pages: what is typed is kept, what is missing is said, another unit finds nothing."""

import io

import pytest
from sqlalchemy import select

from tests.factories import NOW
from tests.units.entries import FIELDS
from tests.units.files import samples
from units.attachments import Attachment
from units.submissions import Submission
from units.unit import Unit
from units.verification import decide_submission


@pytest.fixture
def begun(officer, world):
    """The address of a draft entry of U001 with one picture."""
    answer = officer.post("/unit/submissions/new", data=typed(files=[picture()]))
    assert answer.status_code == 303
    return answer.location


def typed(**more):
    return FIELDS | {"kind": "innovation", "act": "save"} | more


def picture(name="证书.png", content=None):
    return (io.BytesIO(samples.picture() if content is None else content), name)


def stored(world):
    with world() as session:
        return [(entry.title, entry.state) for entry in session.scalars(select(Submission))]


def decide(world, act, remark=""):
    with world() as session:
        entry = session.scalars(select(Submission)).one()
        unit = session.get_one(Unit, entry.unit_id)
        decide_submission(session, unit, entry, act, remark=remark, by="office", now=NOW)


def test_an_entry_is_saved_corrected_and_handed_in(officer, begun, world):
    assert stored(world) == [(FIELDS["title"], "draft")]
    officer.post(begun, data=typed(title="新标题", act="hand_in", secrecy_checked="y"))
    assert stored(world) == [("新标题", "submitted")]
    page = officer.get(begun).get_data(as_text=True)
    assert "已报送，待核验" in page and "<textarea" not in page


def test_a_refused_form_keeps_all_that_was_typed_and_names_what_is_missing(officer, begun, world):
    answer = officer.post(begun, data=typed(problem="", result="字" * 501, act="hand_in"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "字" * 501 in page and FIELDS["actions"] in page
    assert "请填写背景和问题" in page and "请在自查后勾选" in page
    assert stored(world) == [(FIELDS["title"], "draft")]


def test_the_remark_of_a_returned_entry_stands_on_top(officer, begun, world):
    officer.post(begun, data=typed(act="hand_in", secrecy_checked="y"))
    decide(world, "return", "效益数据没有来源")
    page = officer.get(begun).get_data(as_text=True)
    assert page.index("效益数据没有来源") < page.index('<form class="flow"')
    assert "效益数据没有来源" in officer.get("/unit/").get_data(as_text=True)


def test_a_fourth_entry_is_refused(officer, world):
    for title in ("一", "二", "三"):
        officer.post("/unit/submissions/new", data=typed(title=title))
    answer = officer.post("/unit/submissions/new", data=typed(title="四"))
    assert answer.status_code == 422 and "最多申报3项" in answer.get_data(as_text=True)


def test_another_unit_finds_neither_entry_nor_file(other_officer, officer, begun, world):
    with world() as session:
        file = session.scalars(select(Attachment.public_id)).one()
    assert officer.get(f"/unit/files/{file}").status_code == 200
    assert other_officer.get(begun).status_code == 404
    assert other_officer.post(begun, data=typed()).status_code == 404
    assert other_officer.get(f"/unit/files/{file}").status_code == 404
    # a draft isn't shown in mutual evaluation either; what was handed in is
    assert other_officer.get(f"/unit/peers/about/U001/files/{file}").status_code == 404
    officer.post(begun, data=typed(act="hand_in", secrecy_checked="y"))
    assert other_officer.get(f"/unit/peers/about/U001/files/{file}").status_code == 200
    assert FIELDS["title"] in other_officer.get("/unit/peers/about/U001").get_data(as_text=True)


def test_the_head_reads_and_does_not_write(head, begun):
    assert head.get(begun).status_code == 200
    assert head.post(begun, data=typed()).status_code == 403


def test_a_file_is_taken_away(officer, begun, world):
    with world() as session:
        file = session.scalars(select(Attachment.public_id)).one()
    officer.post(begun, data=typed(remove=file))
    assert officer.get(f"/unit/files/{file}").status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", b"<html><script>x()</script>"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
        ("a.docx", samples.docx(**{"word/media/a.bin": bytes(30 * 1024 * 1024)})),
        ("a.pdf", b""),
        ("a.exe", b"MZ"),
    ],
)
def test_a_hostile_file_is_refused_in_words_and_what_was_typed_stays(officer, world, name, content):
    answer = officer.post("/unit/submissions/new", data=typed(files=[picture(name, content)]))
    assert answer.status_code == 422
    assert name in answer.get_data(as_text=True) and FIELDS["actions"] in answer.get_data(as_text=True)
    assert stored(world) == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../x.png", "x.png"),
        ("a%0d%0aX-Evil: 1.png", "a%0d%0aX-Evil: 1.png"),
        ("x" * 5000 + ".png", "x" * 116 + ".png"),
    ],
)
def test_a_hostile_name_becomes_harmless(officer, world, sent, kept):
    officer.post("/unit/submissions/new", data=typed(files=[picture(sent)]))
    with world() as session:
        file = session.scalars(select(Attachment)).one()
        name, public_id = file.name, file.public_id
    assert name == kept
    answer = officer.get(f"/unit/files/{public_id}")
    assert answer.status_code == 200 and "X-Evil" not in answer.headers


@pytest.mark.parametrize(
    ("name", "content", "way"),
    [
        ("a.png", samples.picture(), "inline"),
        ("a.pdf", samples.pdf(), "attachment"),
        ("a.docx", samples.docx(), "attachment"),
        ("a.xlsx", samples.xlsx(), "attachment"),
    ],
)
def test_a_file_is_handed_out_in_a_sandbox(officer, world, name, content, way):
    officer.post("/unit/submissions/new", data=typed(files=[picture(name, content)]))
    with world() as session:
        public_id = session.scalars(select(Attachment.public_id)).one()
    answer = officer.get(f"/unit/files/{public_id}")
    assert answer.get_data() == content
    assert answer.headers["Content-Disposition"].startswith(way)
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    pages = officer.get(f"/unit/files/{public_id}/pages/1")
    assert (pages.status_code, pages.mimetype) == ((200, "image/jpeg") if name == "a.pdf" else (404, "text/html"))


def test_the_preview_is_the_part_that_reviewers_get(officer, other_officer, begun):
    officer.post(begun, data=typed(act="hand_in", secrecy_checked="y"))

    def article(page):
        return page[page.index("<article") : page.index("</article>")]

    own = article(officer.get(f"{begun}/preview").get_data(as_text=True))
    peers = article(other_officer.get("/unit/peers/about/U001").get_data(as_text=True))
    as_peers_see = own.replace("h2", "h3").replace("/unit/files", "/unit/peers/about/U001/files")
    assert as_peers_see == peers
