"""Year plan and self-assessments."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from audit.events import Entry
from storage.folder import FolderStorage
from tests.factories import NOW, make_unit, make_year
from tests.units.files import samples
from units.errors import AlreadyHandedIn, HandInLacks, NothingCollected, TextTooLong, TooManyFiles
from units.papers import Paper, attach_to_paper, detach_from_paper, hand_in_paper, paper_of, save_paper


@pytest.fixture
def unit(session):
    return make_unit(session, make_year(session))


def test_a_draft_can_be_changed_until_it_is_handed_in(session, unit):
    save_paper(session, unit, "plan", "先", now=NOW)
    save_paper(session, unit, "plan", "后", now=NOW)
    hand_in_paper(session, unit, "plan", by="unit001", now=NOW)
    with pytest.raises(AlreadyHandedIn):
        save_paper(session, unit, "plan", "再", now=NOW)
    paper = paper_of(session, unit, "plan")
    assert (paper.text, paper.state, paper.handed_in_by) == ("后", "handed_in", "unit001")
    assert [entry.kind for entry in session.scalars(select(Entry))] == ["PaperHandedIn"]


@pytest.mark.parametrize(("length", "fits"), [(1500, True), (1501, False)])
def test_a_paper_holds_1500_characters(session, unit, length, fits):
    if fits:
        assert len(save_paper(session, unit, "plan", "字" * length, now=NOW).text) == length
        return
    with pytest.raises(TextTooLong) as refusal:
        save_paper(session, unit, "plan", "字" * length, now=NOW)
    assert (refusal.value.most, refusal.value.has) == (1500, 1501)


def test_nothing_can_be_handed_in_empty(session, unit):
    with pytest.raises(HandInLacks):
        hand_in_paper(session, unit, "plan", by="unit001", now=NOW)


@pytest.mark.parametrize("stage", ["preparing", "provisional", "final", "archived"])
def test_outside_the_collecting_stages_nothing_is_taken(session, stage):
    unit = make_unit(session, make_year(session, stage=stage))
    with pytest.raises(NothingCollected):
        save_paper(session, unit, "plan", "字", now=NOW)


def test_ten_files_hang_at_a_paper_and_no_eleventh(session, unit, tmp_path):
    storage = FolderStorage(tmp_path)
    hung = [
        attach_to_paper(session, storage, unit, "plan", f"{n}.png", samples.picture(), by="unit001", now=NOW)
        for n in range(10)
    ]
    with pytest.raises(TooManyFiles):
        attach_to_paper(session, storage, unit, "plan", "11.png", samples.picture(), by="unit001", now=NOW)
    detach_from_paper(session, unit, "plan", hung[0].public_id, now=NOW)
    assert len(paper_of(session, unit, "plan").attachments) == 9
    assert storage.get(hung[0].sha256) == samples.picture()


def test_the_database_refuses_a_text_that_is_too_long(each_session):
    unit = make_unit(each_session, make_year(each_session))
    each_session.add(Paper(unit_id=unit.id, kind="plan", text="字" * 1501, saved_at=NOW))
    with pytest.raises(IntegrityError, match="text_fits"):
        each_session.flush()


def test_a_file_hangs_at_exactly_one_place(each_session):
    unit = make_unit(each_session, make_year(each_session))
    with pytest.raises(IntegrityError, match="hangs_at_one_place"):
        each_session.execute(
            text(
                "INSERT INTO attachment (public_id, unit_id, name, kind, media_type, inline, size, sha256, added_by,"
                " added_at) VALUES ('x', :unit, 'a', 'PDF', 'x', false, 1, 'x', 'x', '2016-12-15 00:00:00')"
            ),
            {"unit": unit.id},
        )
