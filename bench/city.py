"""A questionnaire of 101 units that is open now, on a database of its own, and forms to answer it with."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from urllib.parse import urlencode

from sqlalchemy.orm import sessionmaker

from database.engines import engine_for
from surveys.fieldwork.submissions import new_submission, spell_submission
from tests.surveys.rounds import frozen_round
from webapp.keys import key_for
from webapp.schema import bring_to_current

UNITS = [f"U{number:03}" for number in range(1, 102)]
GRADES = ("vs", "s", "bs", "d", "vd", "dk")
ITEMS = ("rd_attitude", "rd_fair", "rd_result")


@dataclass(frozen=True)
class City:
    """Where the questionnaire is kept, under which secret, and its slug."""

    database_url: str
    box_url: str
    secret_key: str
    slug: str

    def form(self, draw: Random) -> bytes:
        """A whole answer as a browser posts it: two units in detail, six others, some 20 fields."""
        units = draw.sample(UNITS, 8)
        chosen, block = units[:2], units[2:]
        submission = new_submission(self.slug, "open", block, now=datetime.now(UTC))
        fields = [("key", spell_submission(submission, key_for(self.secret_key, "submissions")))]
        fields += [("agree", "y"), ("dealt_any", "y")] + [("dealt_units", unit) for unit in chosen]
        fields += [(f"{item}.{unit}", draw.choice(GRADES)) for unit in chosen for item in ITEMS]
        fields += [(f"rb_overall.{unit}", draw.choice(GRADES)) for unit in block]
        return urlencode(fields).encode()


def found_city(database_url: str, box_url: str) -> City:
    """Make the schema, freeze a questionnaire and open it."""
    main, box = engine_for(database_url), engine_for(box_url)
    bring_to_current(main, box)
    now = datetime.now(UTC)
    with sessionmaker(main).begin() as session:
        round_ = frozen_round(session, "q1_public", len(UNITS))
        round_.opens_at, round_.closes_at = now - timedelta(days=1), now + timedelta(days=1)
        slug = round_.code
    main.dispose()
    box.dispose()
    return City(database_url, box_url, secrets.token_urlsafe(48), slug)
