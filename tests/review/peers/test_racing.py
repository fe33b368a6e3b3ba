"""Heads confirm while the office closes: who was told "confirmed" is counted, and nobody else."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from review.peers.ballot import PeerBallot
from review.peers.confirming import confirm, send_for_confirmation
from rounds.errors import RoundNotOpen
from rounds.life import close_round, round_named
from rounds.round import ClosingLeaf
from tests.factories import NOW
from tests.review.peers.cities import KINDS, grade_all, open_peers

RATERS = [f"U{number:03d}" for number in range(1, 13)]


def test_a_close_counts_exactly_the_ballots_that_were_acknowledged(each_engine):
    make_session = sessionmaker(each_engine)
    with make_session.begin() as session:
        round_ = open_peers(session)
        for rater in RATERS:
            grade_all(session, round_, rater)
            send_for_confirmation(session, round_, rater, by="officer", now=NOW)
    together = Barrier(len(RATERS) + 1)

    def head(rater):
        together.wait()
        try:
            with make_session.begin() as session:
                confirm(session, round_named(session, "peers-2016"), rater, by="head", now=NOW)
        except RoundNotOpen:
            return None
        return rater

    def office():
        together.wait()
        with make_session.begin() as session:
            close_round(session, KINDS, "peers-2016", by="office", now=NOW, early=True)

    with ThreadPoolExecutor(len(RATERS) + 1) as pool:
        closing = pool.submit(office)
        told = set(pool.map(head, RATERS)) - {None}
        closing.result()
    with make_session() as session:
        confirmed = set(session.scalars(select(PeerBallot.rater_unit).where(PeerBallot.state == "confirmed")))
        fixed = set(session.scalars(select(ClosingLeaf.key))) & set(RATERS)
    assert told == confirmed == fixed
