"""The demonstration: 2015 archived, from a kept file, and 2016 under way around the day of loading."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from accounts.account import Account
from demo import scenes
from demo.accounts import passwords_for, private_file, renew_passwords, write_accounts
from demo.calendar import calendar_around
from demo.cast import experts
from demo.fieldwork import FULL_YEAR, scaled
from demo.kept_year import KEPT, restore_year
from demo.play import Choice
from demo.requests import ask_second_person
from demo.samples import write_samples
from demo.simulating import cast_people, make_play, refuse_loaded
from demo.truth import write_truth
from webapp.extensions import House

ALL_UNITS = 101
SHARE_SO_FAR = 0.3
"""Share of a full year's answers that has come in on the day of loading."""
CODES_A_DOOR = 10


def load_demonstration(house: House, choice: Choice, *, now: datetime, tell: Callable[[str], None]) -> None:
    """Load both years in one transaction, and write the sign-in list, sample codes and the hidden truth.

    A smaller city has no kept year. Raises AlreadyLoaded on a database that holds a year.
    """
    works = scaled(FULL_YEAR, SHARE_SO_FAR * (choice.units or ALL_UNITS) / ALL_UNITS)
    play = make_play(house, choice, 2016, calendar_around(now), now, works, tell)
    everybody = cast_people(play)
    with house.writing() as session:
        refuse_loaded(session)
        tell(f"passwords for {len(everybody)} accounts")
        passwords = passwords_for(everybody)
        hashes = {name: pair[1] for name, pair in passwords.items()}
        if choice.units is None:
            tell("2015, archived, from its kept file")
            restore_year(session, house.kinds, KEPT)
            renew_passwords(session, hashes)
        known = set(session.scalars(select(Account.username)))
        scenes.prepare(session, play, everybody, {name: kept for name, kept in hashes.items() if name not in known})
        scenes.collect(session, play, all_done=False)
        scenes.freeze(session, play, seeded_salts=False)
        unused = scenes.answer(session, play)
        scenes.review(session, play, all_done=False)
        ask_second_person(session, play)
        write_samples(session, play, house.settings.var / "demo-samples")
    var = house.settings.var
    write_accounts(everybody, {name: pair[0] for name, pair in passwords.items()}, var / "demo-accounts.csv")
    write_codes(unused, var / "demo-codes.csv")
    write_truth(play.world, list(experts(play.players)), var / "demo-truth.json")


def write_codes(unused: Mapping[str, Sequence[str]], path: Path) -> None:
    """Write some unused invitation codes per door, readable by its owner alone."""
    with private_file(path) as out:
        sheet = csv.writer(out)
        sheet.writerow(("questionnaire", "door", "code"))
        for place, codes in unused.items():
            sheet.writerows((*place.split(), code) for code in codes[:CODES_A_DOOR])
