"""A questionnaire that is open now, on the application's own database."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from rounds.round import Round
from tests.surveys.rounds import frozen_round


@pytest.fixture
def client(client):
    """A browser that asks for English."""
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def running(app) -> Callable[..., str]:
    """Freeze and open a questionnaire whose window lies around this moment; returns its round's code."""

    def open_one(form: str = "q1_public", units: int = 9, **window) -> str:
        now = datetime.now(UTC)
        with app.extensions["pingyi"].sessions.begin() as session:
            round_: Round = frozen_round(session, form, units)
            round_.opens_at = window.get("opens_at", now - timedelta(days=1))
            round_.closes_at = window.get("closes_at", now + timedelta(days=1))
            return round_.code

    return open_one
