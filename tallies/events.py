"""What is recorded of tallies."""

from dataclasses import dataclass

from audit.events import AuditEvent


@dataclass(frozen=True)
class TallyExported(AuditEvent):
    """A version of a round's tally left as a file; hidden cells stayed inside. cells: how many left."""

    round_code: str
    version: int
    form: str
    cells: int
