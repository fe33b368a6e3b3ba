"""The port: what a kind of round must be able to do. Surveys, panel and peers implement it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from rounds.errors import Lack
from rounds.round import Round

# Begins the key of a row of no single answer (a text kept apart): fixed at the close, but not counted.
APART = "text/"


@dataclass(frozen=True)
class Tallied:
    """A tally that was written: its version and its digest."""

    version: int
    digest: str


class Kind(Protocol):
    """One kind of round. Plain values only: `rounds` names nothing that lies above it."""

    def complete(self, session: Session, round_: Round) -> Sequence[Lack]:
        """What is still missing before the freeze; empty where nothing is."""
        ...

    def instrument(self, session: Session, round_: Round) -> bytes:
        """The document that the freeze fixes, as canonical JSON."""
        ...

    def freeze(self, session: Session, round_: Round, *, now: datetime) -> None:
        """Make the rows that answering needs: seats, standings, rights."""
        ...

    def closing_rows(self, session: Session, round_: Round) -> Iterator[tuple[str, bytes]]:
        """Every stored row that the close fixes: a key (unique in the round, ≤ 96 characters) and its content.

        The content must hold every column that counts; the order doesn't matter. A key that begins with `APART` is no
        answer of its own.
        """
        ...

    def load(self, session: Session, round_: Round, ballots: Iterable[bytes]) -> int:
        """Validate and store ballots that an opening yielded; returns how many were stored."""
        ...

    def tally(self, session: Session, round_: Round, *, now: datetime) -> Tallied:
        """Count the closed round and write the result through `tallies`; a recount writes no second version."""
        ...

    def verify(self, session: Session, round_: Round) -> str | None:
        """Check the stored tally rows against their digest; names the first altered place, or None."""
        ...


Kinds = Mapping[str, Kind]
