"""Two people at once: each gets a version or the same one, and nothing breaks."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.orm import sessionmaker

from database.transactions import writing
from scoring.entering import keep_entries
from scoring.entries import files_of
from scoring.standings import compute_standings
from tests.factories import NOW
from tests.scoring.years import entries, played
from units.years import year_of


def at_once(make_session, *acts):
    """Run acts in threads, each in a transaction of its own."""

    def run(act):
        with writing(make_session) as session:
            return act(session, year_of(session))

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_standings_computed_by_two_at_once_are_one_version(each_engine):
    make_session = sessionmaker(each_engine)
    with writing(make_session) as session:
        played(session)

    def compute(session, year):
        return compute_standings(session, year, by="office", now=NOW)

    assert at_once(make_session, compute, compute, compute) == [1, 1, 1]


def test_entries_uploaded_by_two_at_once_are_two_versions(each_engine):
    make_session = sessionmaker(each_engine)
    with writing(make_session) as session:
        played(session)

    def upload(points):
        return lambda session, year: (
            keep_entries(
                session, year, "FZB", entries(session, year, LAW_1_U002=points), by="lead-fzb", now=NOW
            ).version
        )

    assert sorted(at_once(make_session, upload("16"), upload("17"))) == [2, 3]
    with writing(make_session) as session:
        assert [file.version for file in files_of(session, year_of(session), "FZB")] == [3, 2, 1]
