"""The tally of 100,000 responses × 12 items from the database, against numpy on the same grades in memory."""

import tempfile
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from secrets import token_bytes
from statistics import median

import numpy as np
from sqlalchemy import insert
from sqlalchemy.orm import Session

from bench.city import GRADES, ITEMS, UNITS, found_city
from database.engines import engine_for
from surveys.counting.responses import Response
from surveys.counting.tallying import tally_rows
from surveys.fieldwork.surveying import Survey, load_survey
from surveys.instruments.checking import Checked, check

RESPONSES = 100_000
RUNS = 3


def packed_forms(survey: Survey, draw: Random) -> list[bytes]:
    """A thousand answers packed by the product itself: two units × 3 items and a block of six, 12 grades."""
    made = []
    for _ in range(1000):
        units = draw.sample(UNITS, 8)
        raw = {"agree": ["y"], "dealt_any": ["y"], "dealt_units": units[:2]}
        raw |= {f"{item}.{unit}": [draw.choice(GRADES)] for unit in units[:2] for item in ITEMS}
        raw |= {f"rb_overall.{unit}": [draw.choice(GRADES)] for unit in units[2:]}
        checked = check(survey.plan, raw, block=units[2:])
        assert isinstance(checked, Checked), checked
        made.append(checked.packed)
    return made


def fill(session: Session, survey: Survey) -> None:
    """Store the responses."""
    forms = packed_forms(survey, Random(5))
    doors = [door.id for door in survey.doors.values()]
    today = datetime.now(UTC).date()
    for start in range(0, RESPONSES, 10_000):
        rows = [
            {
                "round_id": survey.round_id,
                "commitment": token_bytes(32),
                "door_id": doors[number % len(doors)],
                "day": today,
                "pace": "normal",
                "packed": forms[number % len(forms)],
            }
            for number in range(start, start + 10_000)
        ]
        session.execute(insert(Response), rows)


def floor() -> float:
    """Seconds that numpy needs for the counts, means and spreads of as many grades in memory."""
    draw = np.random.default_rng(5)
    units = draw.integers(0, len(UNITS), (RESPONSES, 12))
    codes = draw.integers(0, 6, (RESPONSES, 12))
    values = np.array([100.0, 80.0, 60.0, 30.0, 0.0])
    begun = time.perf_counter()
    counts = np.bincount((units * 6 + codes).ravel(), minlength=len(UNITS) * 6).reshape(-1, 6)
    valid = counts[:, :5]
    means = valid @ values / valid.sum(1)
    spread = np.sqrt((valid * (values - means[:, None]) ** 2).sum(1) / valid.sum(1))
    assert means.shape == spread.shape == (len(UNITS),)
    return time.perf_counter() - begun


def run() -> None:
    """Print the ratio and the memory that the tally takes."""
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        city = found_city(f"sqlite:///{folder / 'city.sqlite3'}", f"sqlite:///{folder / 'box.sqlite3'}")
        with Session(engine_for(city.database_url)) as session:
            survey = load_survey(session, city.slug)
            fill(session, survey)
            session.commit()
            ratios = []
            for _ in range(RUNS):
                begun = time.perf_counter()
                rows = tally_rows(session, survey, b"s" * 32)
                taken = time.perf_counter() - begun
                ratios.append(taken / median(floor() for _ in range(5)))
            tracemalloc.start()
            tally_rows(session, survey, b"s" * 32)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
    print(
        f"tally of {RESPONSES:,} × 12 ({len(rows)} rows)   ratio {min(ratios):.1f} / {median(ratios):.1f} /"
        f" {max(ratios):.1f}, peak {peak / 2**20:.0f} MB"
    )
