"""What was backed up comes back on either engine, and is still as recorded."""

import pytest

from config import settings_from
from rounds.life import close_round, tally_round
from surveys.counting.casting import cast_open
from surveys.fieldwork.submissions import new_submission
from surveys.fieldwork.surveying import load_survey
from surveys.instruments.checking import check
from tests.conftest import SECRET
from tests.factories import NOW
from tests.surveys.rounds import frozen_round
from webapp import create_app


@pytest.fixture
def counted(app):
    """A questionnaire with one answer, closed and counted, and one file."""
    house = app.extensions["pingyi"]
    with house.sessions.begin() as session:
        code = frozen_round(session).code
        survey = load_survey(session, code)
        raw = {"agree": ["y"], "dealt_any": ["n"], "rb_overall.U001": ["s"], "comment": ["办事快"]}
        submission = new_submission(code, "open", ["U001"], now=NOW)
        cast_open(session, survey, submission, check(survey.plan, raw, block=["U001"]), now=NOW)
        close_round(session, house.kinds, code, by="office", now=NOW, early=True)
        tally_round(session, house.kinds, code, by="office", now=NOW)
        house.storage.put_named("audit-head", session.info["audit_head"].encode())
    house.storage.put(b"a certificate")
    return app


def other(folder, **env):
    folder.mkdir()
    return create_app(settings_from({"PINGYI_VAR": str(folder), "SECRET_KEY": SECRET, **env}))


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_backup_comes_back_as_it_was_recorded(counted, tmp_path, engine, request):
    env = {}
    if engine == "postgresql":
        bare = request.getfixturevalue("bare_postgres_url")
        env = {"DATABASE_URL": bare}
    file = tmp_path / "all.tar"
    assert counted.test_cli_runner().invoke(args=["backup", str(file)]).exit_code == 0
    target = other(tmp_path / "elsewhere", **env)
    restored = target.test_cli_runner().invoke(args=["restore", str(file)])
    assert restored.exit_code == 0, restored.output
    told = target.test_cli_runner().invoke(args=["audit", "verify"])
    assert (told.exit_code, told.output.split(";")[0]) == (0, "all as recorded")
    again = target.test_cli_runner().invoke(args=["recount", "q1-2016"])
    before = counted.test_cli_runner().invoke(args=["recount", "q1-2016"])
    assert again.output == before.output
    assert len([path for path in (tmp_path / "elsewhere" / "files").rglob("*") if path.is_file()]) == 2


def test_nothing_is_restored_over_what_is_there(counted, tmp_path):
    file = tmp_path / "all.tar"
    counted.test_cli_runner().invoke(args=["backup", str(file)])
    refused = counted.test_cli_runner().invoke(args=["restore", str(file)])
    assert refused.exit_code == 1
    assert "not empty" in refused.output
