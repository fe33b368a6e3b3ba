import csv
import json
import shutil
import stat
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import sessionmaker

from accounts.approvals import pending
from accounts.making import account_named
from accounts.passwords import password_fits
from audit.verifying import verify_chain
from ballots.roll.drawing import draw
from config import settings_from
from demo.commands import demo
from demo.kept_year import KEPT, restore_year
from demo.loading import load_demonstration
from demo.play import Choice
from demo.samples import LEAD, RIGHT, WRONG
from demo.simulating import AlreadyLoaded, simulate_year
from demo.staging import NotLoaded, play_on
from review.panel.seat import Seat
from review.peers.ballot import PeerBallot, PeerGrade
from rounds.instants import state_at
from rounds.life import round_named, rounds_of
from rounds.recorded import events_of
from rounds.round import Door
from rounds.verifying import verify_rounds
from scoring.entries import lead_sheet
from scoring.standings import Standing
from surveys.counting.responses import Response
from tests.conftest import SECRET
from tests.factories import make_unit, make_year
from units.files.tables import read_table
from units.submissions import Submission
from units.unit import Unit
from units.year import Year
from webapp import create_app
from webapp.lead.reading import read_entries
from webapp.verifying import kept_head

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo-years")]

NOW = datetime(2016, 12, 7, 3, tzinfo=UTC)
SMALL = Choice(seed=7, units=20)


def quiet(line):
    """Progress that nobody reads."""


def house_in(folder, template):
    for name in ("main", "box"):
        shutil.copy(template / f"{name}.sqlite3", folder / f"{name}.sqlite3")
    env = {
        "DATABASE_URL": f"sqlite:///{folder / 'main.sqlite3'}",
        "PINGYI_BOX_URL": f"sqlite:///{folder / 'box.sqlite3'}",
        "PINGYI_VAR": str(folder),
        "SECRET_KEY": SECRET,
    }
    return create_app(settings_from(env)).extensions["pingyi"]


def simulate(here):
    return simulate_year(here, SMALL, year=2016, scale=0.12, tell=quiet)


@pytest.fixture(scope="module")
def simulated(template, tmp_path_factory):
    """A small year, played once for all tests that only look."""
    here = house_in(tmp_path_factory.mktemp("simulated"), template)
    return here, simulate(here)


@pytest.fixture(scope="module")
def loaded(template, tmp_path_factory):
    """The demonstration of a small city, loaded once for all tests that only look."""
    here = house_in(tmp_path_factory.mktemp("loaded"), template)
    load_demonstration(here, SMALL, now=NOW, tell=quiet)
    return here


@pytest.fixture
def empty(template, tmp_path):
    return house_in(tmp_path, template)


def test_a_small_year_is_played_to_its_approved_standings(simulated):
    here, played = simulated
    with here.sessions() as session:
        assert session.scalars(select(Year.stage)).all() == ["final"]
        assert {round_.state for round_ in rounds_of(session)} == {"published"}
        totals = session.scalars(select(Standing.total)).all()
        assert len(totals) == 20
        assert None not in totals
        channels = select(Door.channel).join(Response, Response.door_id == Door.id).distinct()
        assert len(session.scalars(channels).all()) == 6
    assert played.tau > 0.3


def test_the_same_seed_gives_the_same_tallies(simulated, empty):
    assert simulate(empty).digests == simulated[1].digests


def test_what_is_planted_is_written_down_and_can_be_found(simulated):
    here, _ = simulated
    told = json.loads((here.settings.var / "demo-truth.json").read_text())
    ring = told["planted"]["ring"]
    assert ring == ["U074", "U086", "U099"]
    with here.sessions() as session:
        inside = select(PeerGrade.grade).where(PeerGrade.rater_unit.in_(ring), PeerGrade.target_unit.in_(ring))
        assert set(session.scalars(inside)) == {"A"}
        fast = select(func.count()).where(Response.pace == "fast").select_from(Response)
        assert session.scalar(fast) == told["planted"]["burst"]["forms"]


def test_a_database_that_holds_a_year_is_left_alone(simulated):
    here, _ = simulated
    with pytest.raises(AlreadyLoaded, match=r"2016"):
        simulate(here)
    with pytest.raises(AlreadyLoaded, match=r"2016"):
        load_demonstration(here, SMALL, now=NOW, tell=quiet)


def test_the_demonstration_leaves_every_desk_something_to_do(loaded):
    with loaded.sessions() as session:
        year = session.scalars(select(Year)).one()
        assert (year.year, year.stage, year.demonstration) == (2016, "assessing", True)
        assert {state_at(round_, NOW) for round_ in rounds_of(session)} == {"open"}
        sealed = session.scalars(select(Seat.sealed_at.is_not(None))).all()
        assert 0 < sum(sealed) < len(sealed)
        assert set(session.scalars(select(PeerBallot.state))) == {"draft", "sent", "confirmed"}
        assert {"draft", "submitted", "returned", "published"} <= set(session.scalars(select(Submission.state)))
        assert session.scalar(select(func.max(Response.day))) <= NOW.date()


def test_the_office_finds_two_requests_and_the_auditor_the_kept_head(loaded):
    with loaded.sessions() as session:
        assert {request.act for request in pending(session)} == {"move_window", "panel_conflict"}
        assert loaded.storage.get_named("audit-head") is not None
        assert verify_chain(session, kept_head(loaded.storage)) is None


def test_the_sample_file_has_seven_errors_and_its_twin_none(loaded):
    folder = loaded.settings.var / "demo-samples"
    with loaded.sessions() as session:
        sheet = lead_sheet(session, session.scalars(select(Year)).one(), LEAD)
        wrong, right = (
            read_entries(sheet, read_table(name, (folder / name).read_bytes())) for name in (WRONG, RIGHT)
        )
    assert len({one.address for one in wrong.wrong}) == 7
    assert right.accepted


def test_only_sample_units_bear_returned_and_refused_entries(loaded):
    with loaded.sessions() as session:
        bad = (
            select(Unit.short_name_zh)
            .join(Submission, Submission.unit_id == Unit.id)
            .where(Submission.state.in_(["returned", "rejected"]))
        )
        assert set(session.scalars(bad)) == {"示例单位甲", "示例单位乙", "示例单位丙"}


def test_the_sign_in_list_is_private_and_its_passwords_fit(loaded):
    path = loaded.settings.var / "demo-accounts.csv"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert list(rows[0]) == ["username", "password", "role", "unit_code"]
    with loaded.sessions() as session:
        for row in rows[::20]:
            assert password_fits(account_named(session, row["username"]).password_hash, row["password"])


def test_a_sample_code_of_the_list_opens_its_questionnaire(loaded):
    rows = list(csv.DictReader((loaded.settings.var / "demo-codes.csv").read_text().splitlines()))
    keys = loaded.roll_keys
    with loaded.sessions() as session:
        for row in rows[::8]:
            code = {"q1_public": "q1-2016", "q2_service": "q2-2016", "q3_leader": "q3-2016"}[row["questionnaire"]]
            assert draw(session, round_named(session, code), row["code"], keys, now=NOW).door_code == row["door"]


def test_the_kept_year_fits_the_schema_and_verifies(empty):
    with empty.sessions.begin() as session:
        assert restore_year(session, empty.kinds, KEPT) > 50_000
        assert session.scalars(select(Year.stage)).all() == ["archived"]
        assert verify_chain(session, None) is None
        assert list(verify_rounds(session, empty.kinds)) == []


def test_a_year_restored_on_postgresql_leaves_room_for_the_next(postgres_engine, empty):
    with sessionmaker(postgres_engine).begin() as session:
        restore_year(session, empty.kinds, KEPT)
        following = make_year(session, 2016)
        assert make_unit(session, following, "U001").id > 101
        assert list(verify_rounds(session, empty.kinds)) == []


def test_a_recount_of_the_kept_year_gives_the_same_digests(empty):
    with empty.sessions.begin() as session:
        restore_year(session, empty.kinds, KEPT)
        for round_ in rounds_of(session):
            counted = events_of(session, round_.code, "RoundTallied")[-1]
            assert empty.kinds[round_.kind].tally(session, round_, now=NOW).digest == counted["digest"]


def test_the_loaded_year_is_played_on_stage_by_stage(empty):
    load_demonstration(empty, SMALL, now=NOW, tell=quiet)
    later = NOW + timedelta(days=3)
    for name, states in {
        "closed": {"closed"},
        "tallied": {"published"},
        "provisional": {"published"},
        "final": {"published"},
        "archived": {"archived"},
    }.items():
        play_on(empty, name, now=later, tell=quiet)
        with empty.sessions() as session:
            assert {round_.state for round_ in rounds_of(session)} == states
    with empty.sessions() as session:
        assert None not in session.scalars(select(Standing.total)).all()
        assert verify_chain(session, None) is None
        assert list(verify_rounds(session, empty.kinds)) == []
    with pytest.raises(NotLoaded):
        play_on(empty, "final", now=later, tell=quiet)


def test_a_stage_that_was_passed_stays(simulated):
    here, _ = simulated
    play_on(here, "closed", now=NOW, tell=quiet)
    with here.sessions() as session:
        assert session.scalars(select(Year.stage)).all() == ["final"]


def test_load_keeps_data_and_simulate_wants_an_empty_database(app):
    app.cli.add_command(demo)
    runner = app.test_cli_runner()
    first = runner.invoke(args=["demo", "load", "--units", "20"])
    assert first.exit_code == 0, first.output
    again = runner.invoke(args=["demo", "load", "--units", "20"])
    assert (again.exit_code, "nothing was changed" in again.output) == (0, True)
    refused = runner.invoke(args=["demo", "simulate", "--units", "20"])
    assert refused.exit_code == 1
