"""Checking the chain: the first altered row is found and named."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.events import GENESIS, Entry, Head


@dataclass(frozen=True)
class Fault:
    """A place where what is stored differs from what was recorded.

    place: what was altered, in words an operator can look up ("audit row 17"). reason: a code of this module's
    callers: "altered", "missing", "cut", "unreadable".
    """

    place: str
    reason: str


def readable(place: str, faults: Iterator[Fault]) -> Iterator[Fault]:
    """Yield the faults of a place, and one more where reading it fails.

    What was altered may no longer even be readable: that is a finding, not a crash, and what comes after it is still
    checked.
    """
    try:
        yield from faults
    except Exception:
        yield Fault(place, "unreadable")


@dataclass(frozen=True)
class ChainHead:
    """Number and hash of a chain's last entry; number 0 is the empty chain."""

    number: int
    hash: str

    def line(self) -> str:
        """The head as the line that is printed and kept outside the database."""
        return f"{self.number} {self.hash}"

    @classmethod
    def read(cls, line: str) -> "ChainHead":
        """Read such a line; raises ValueError where it isn't one."""
        number, hash_ = line.split()
        return cls(int(number), hash_)


def head_of(session: Session) -> ChainHead:
    """The chain's head as the database tells it."""
    head = session.scalar(select(Head))
    return ChainHead(head.number, head.hash) if head else ChainHead(0, GENESIS)


def verify_chain(session: Session, kept: ChainHead | None) -> Fault | None:
    """Walk the chain and return its first fault, or None.

    kept: the head kept outside the database. One that is a prefix of the chain is good (it is written after the
    commit); one that is longer means that the tail was cut.
    """
    hashes = [GENESIS]
    try:
        return next(_chain_faults(session, hashes, kept), None)
    except Exception:
        # As in `readable`; the row after the last good one is to blame.
        return Fault(f"audit row {len(hashes)}", "unreadable")


def _chain_faults(session: Session, hashes: list[str], kept: ChainHead | None) -> Iterator[Fault]:
    """Walk the chain, appending each good hash; yields faults, of which only the first has a meaning."""
    for entry in session.scalars(select(Entry).order_by(Entry.number).execution_options(yield_per=1)):
        if entry.number != len(hashes):
            yield Fault(f"audit row {len(hashes)}", "missing")
        if entry.previous != hashes[-1] or entry.digest() != entry.hash:
            yield Fault(f"audit row {entry.number}", "altered")
        hashes.append(entry.hash)
    number, told = len(hashes) - 1, head_of(session)
    if (told.number, told.hash) != (number, hashes[-1]):
        yield Fault(f"audit row {max(told.number, number)}", "cut" if told.number > number else "altered")
    if kept and kept.number > number:
        yield Fault(f"audit row {number + 1}", "cut")
    elif kept and hashes[kept.number] != kept.hash:
        yield Fault(f"audit row {kept.number}", "altered")
