"""Accounts of the demonstration with random passwords, and the list of them beside the database."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import update
from sqlalchemy.orm import Session

from accounts.account import Account
from accounts.making import make_account
from accounts.passwords import hash_password, new_password
from demo.cast import Person


def passwords_for(people: Sequence[Person]) -> dict[str, tuple[str, str]]:
    """Username -> a fresh random password and its hash; Argon2 leaves Python, so threads hash side by side."""
    passwords = [new_password() for _ in people]
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        hashes = list(pool.map(hash_password, passwords))
    return {person.username: pair for person, pair in zip(people, zip(passwords, hashes, strict=True), strict=True)}


def make_accounts(session: Session, people: Iterable[Person], hashes: Mapping[str, str], *, now: datetime) -> None:
    """Make everybody's account with the hash of its first password, which need not be changed."""
    for person in people:
        make_account(
            session,
            person.username,
            person.name,
            [person.role],
            by="system",
            now=now,
            password_hash=hashes[person.username],
            must_change=False,
        )


def renew_passwords(session: Session, hashes: Mapping[str, str]) -> None:
    """Give accounts that came from a kept file, where no password is kept, the hash of a fresh one."""
    for username, password_hash in hashes.items():
        session.execute(update(Account).where(Account.username == username).values(password_hash=password_hash))


def write_accounts(people: Iterable[Person], passwords: Mapping[str, str], path: Path) -> None:
    """Write the sign-in list, readable by its owner alone."""
    with private_file(path) as out:
        sheet = csv.writer(out)
        sheet.writerow(("username", "password", "role", "unit_code"))
        for person in people:
            scope = person.role.scope
            unit_code = scope if scope.startswith("U") else ""
            sheet.writerow((person.username, passwords[person.username], person.role.role, unit_code))


@contextmanager
def private_file(path: Path) -> Iterator[IO[str]]:
    """A new text file of mode 600 from its first byte on, in place of an older one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
        yield out
