"""The material that belongs to one object, each in one statement."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from review.panel.queries import UnitSheets
from units.materials import (
    MandateShown,
    MatterShown,
    PaperShown,
    SubmissionShown,
    matters_shown,
    papers_shown,
    reviewed_submissions,
)


@dataclass(frozen=True, slots=True)
class Material:
    """What is read beside the sheet of one object; what doesn't belong to it is empty."""

    mandate: MandateShown | None = None
    papers: tuple[PaperShown, ...] = ()
    matters: tuple[MatterShown, ...] = ()
    entries: tuple[SubmissionShown, ...] = ()


def material_for(session: Session, found: UnitSheets, object_: str) -> Material:
    """Mandate and papers for routine work, assigned matters for other work, entries for innovation."""
    if object_ == "routine":
        return Material(mandate=found.mandate, papers=papers_shown(session, found.unit_id))
    if object_ == "other":
        return Material(matters=matters_shown(session, found.unit_id))
    return Material(entries=reviewed_submissions(session, found.unit_id))
