"""A code answered with a ticket: the roll marks that it was drawn, and the ticket alone is needed to cast."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from ballots.crockford import read_code
from ballots.errors import CodeUnknown, TicketInvalid
from ballots.roll.rights import Right, RollKeys, key_hash
from database.canonical import canonical
from rounds.instants import refuse_unless_open
from rounds.round import Round


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a right gives: one answer through its door.

    number: follows from the code under a key outside the database, so that a second draw gives the same ticket, and
    from nothing that the database holds. The ticket itself is stored nowhere.
    """

    round_code: str
    door_code: str
    unit_code: str | None
    number: bytes

    def spent_hash(self) -> bytes:
        """The hash under which a spent ticket is listed; the list shares no key with answers and roll."""
        return sha256(b"ticket\0" + self.number).digest()


def draw(session: Session, round_: Round, code: str, keys: RollKeys, *, now: datetime) -> Ticket:
    """Mark the right of a code as drawn and return its ticket; the same code draws the same ticket again.

    Neither a time nor an event is kept. Raises CodeMistyped, CodeUnknown, RoundNotOpen.
    """
    refuse_unless_open(round_, now)
    read = read_code(code)
    right = session.execute(
        select(Right).where(Right.round_id == round_.id, Right.key_hash == key_hash(keys, round_.code, read))
    ).scalar_one_or_none()
    if right is None:
        raise CodeUnknown
    right.drawn = True
    number = hmac.digest(keys.tickets, f"number\0{round_.code}\0{read}".encode(), sha256)
    return Ticket(round_.code, right.door_code, right.unit_code, number)


def spell_ticket(ticket: Ticket, keys: RollKeys) -> str:
    """Spell a ticket as signed text for a form's hidden field."""
    content = canonical([ticket.round_code, ticket.door_code, ticket.unit_code, ticket.number])
    return urlsafe_b64encode(_seal(content, keys) + content).decode()


def read_ticket(text: str, keys: RollKeys, round_code: str) -> Ticket:
    """Read a signed ticket of this round. Raises TicketInvalid on any other text."""
    try:
        found = urlsafe_b64decode(text.encode("ascii"))
    except (NotBase64, ValueError) as error:
        raise TicketInvalid from error
    seal, content = found[:32], found[32:]
    if not hmac.compare_digest(seal, _seal(content, keys)):
        raise TicketInvalid
    made_for, door, unit, number = json.loads(content)
    if made_for != round_code:
        raise TicketInvalid
    return Ticket(made_for, door, unit, bytes.fromhex(number))


def _seal(content: bytes, keys: RollKeys) -> bytes:
    return hmac.digest(keys.tickets, b"ticket\0" + content, sha256)
