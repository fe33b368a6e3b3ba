"""What the chain holds of a round, and the digest of what its freeze fixed."""

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.events import Entry
from database.canonical import canonical, digest
from rounds.round import Round


def events_of(session: Session, code: str, kind: str) -> list[dict[str, Any]]:
    """Facts of one kind of event of a round, oldest first."""
    wanted = select(Entry.facts).where(Entry.kind == kind, Entry.subject == f"round {code}").order_by(Entry.number)
    return [json.loads(facts) for facts in session.scalars(wanted)]


def document_digest(round_: Round) -> str:
    """Digest over all that the freeze fixes: instrument, rules, doors, version."""
    doors = [[d.code, d.channel, d.group, d.stratum, d.degree, d.counted] for d in round_.doors]
    rules = canonical(_without_floats(round_.rules)).decode()
    return digest([round_.code, round_.version, (round_.instrument or b"").decode(), rules, doors])


def _without_floats(value: object) -> object:
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, dict):
        return {key: _without_floats(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_floats(inner) for inner in value]
    return value
