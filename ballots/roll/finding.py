"""Which round a typed code belongs to, so that nobody has to say it. Nothing is marked."""

from collections.abc import Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from ballots.crockford import read_code
from ballots.errors import CodeUnknown
from ballots.roll.rights import Right, RollKeys, key_hash
from rounds.round import Round


def right_of(session: Session, rounds: Sequence[Round], code: str, keys: RollKeys) -> tuple[Round, Right]:
    """Find the right of a code among rounds, in one statement. Raises CodeMistyped, CodeUnknown."""
    read = read_code(code)
    keyed = [
        and_(Right.round_id == round_.id, Right.key_hash == key_hash(keys, round_.code, read)) for round_ in rounds
    ]
    found = session.scalar(select(Right).where(or_(*keyed))) if keyed else None
    if found is None:
        raise CodeUnknown
    return next(round_ for round_ in rounds if round_.id == found.round_id), found
