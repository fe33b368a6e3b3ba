"""Everything of a unit that reviewers read: what experts and other units see, and the unit's own preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Exists, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from units.attachments import Attachment
from units.matters import AssignedMatter
from units.papers import PAPER_KINDS, Paper
from units.submissions import Submission
from units.unit import Mandate, Unit

REVIEWED = ("submitted", "verified", "verified_with_remark", "published")
VERIFIED = ("verified", "verified_with_remark", "published")


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file: where to fetch it, and how many of its pages exist as pictures (PDF). size: bytes."""

    public_id: str
    name: str
    kind: str
    size: int
    inline: bool
    pages: int


@dataclass(frozen=True, slots=True)
class MandateShown:
    """The unit's three-determinations mandate."""

    functions_zh: str
    functions_en: str
    internal_bodies_zh: str
    staffing: str
    document_no: str
    visibility: str


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A plan or self-assessment that was handed in."""

    kind: str
    text: str
    handed_in_at: datetime | None
    files: tuple[FileShown, ...]


@dataclass(frozen=True, slots=True)
class MatterShown:
    """An assigned matter; result is empty and answered_at None while the unit hasn't answered."""

    number: str
    matter: str
    source_document: str
    deadline: date
    result: str
    answered_at: datetime | None
    files: tuple[FileShown, ...]


@dataclass(frozen=True, slots=True)
class SubmissionShown:
    """An entry; remark: what the office said when it verified with a remark. No file means no evidence."""

    public_id: str
    kind: str
    title: str
    period: str
    problem: str
    actions: str
    result: str
    beneficiaries: str
    used_elsewhere: str
    state: str
    visibility: str
    remark: str
    files: tuple[FileShown, ...]


@dataclass(frozen=True, slots=True)
class Materials:
    """All of one unit's material."""

    unit_code: str
    name_zh: str
    name_en: str
    mandate: MandateShown | None
    papers: tuple[PaperShown, ...]
    matters: tuple[MatterShown, ...]
    submissions: tuple[SubmissionShown, ...]

    @property
    def unverified(self) -> int:
        """How many entries the office hasn't verified yet."""
        return sum(entry.state not in VERIFIED for entry in self.submissions)


def materials_of(session: Session, unit_id: int) -> Materials:
    """A unit's mandate, handed-in papers, matters, and entries that were handed in, verified or not.

    Drafts, returned and rejected entries are left out: reviewers never see them.
    """
    unit, mandate = session.get_one(Unit, unit_id), session.get(Mandate, unit_id)
    return Materials(
        unit_code=unit.code,
        name_zh=unit.short_name_zh,
        name_en=unit.name_en,
        mandate=None if mandate is None else mandate_shown(mandate),
        papers=papers_shown(session, unit_id),
        matters=matters_shown(session, unit_id),
        submissions=reviewed_submissions(session, unit_id),
    )


def mandate_shown(mandate: Mandate) -> MandateShown:
    """A mandate as reviewers see it."""
    return MandateShown(
        mandate.functions_zh,
        mandate.functions_en,
        mandate.internal_bodies_zh,
        mandate.staffing,
        mandate.document_no,
        mandate.visibility,
    )


def papers_shown(session: Session, unit_id: int) -> tuple[PaperShown, ...]:
    """The plan and self-assessments that a unit handed in, with their files, in one statement."""
    wanted = select(Paper).where(Paper.unit_id == unit_id, Paper.state == "handed_in")
    papers = session.scalars(wanted.options(joinedload(Paper.attachments).joinedload(Attachment.pages))).unique()
    return tuple(paper_shown(each) for each in sorted(papers, key=lambda each: PAPER_KINDS.index(each.kind)))


def matters_shown(session: Session, unit_id: int) -> tuple[MatterShown, ...]:
    """A unit's assigned matters with their files, the nearest deadline first, in one statement."""
    wanted = select(AssignedMatter).where(AssignedMatter.unit_id == unit_id)
    ordered = wanted.order_by(AssignedMatter.deadline, AssignedMatter.number)
    matters = session.scalars(
        ordered.options(joinedload(AssignedMatter.attachments).joinedload(Attachment.pages))
    ).unique()
    return tuple(_matter_shown(each) for each in matters)


def reviewed_submissions(session: Session, unit_id: int) -> tuple[SubmissionShown, ...]:
    """The entries of a unit that reviewers see, with files and remarks, in one statement."""
    wanted = select(Submission).where(Submission.unit_id == unit_id, Submission.state.in_(REVIEWED))
    files, remarks = joinedload(Submission.attachments), joinedload(Submission.remarks)
    ordered = wanted.order_by(Submission.id).options(files.joinedload(Attachment.pages), remarks)
    entries = session.scalars(ordered).unique()
    return tuple(submission_shown(each) for each in entries)


def has_entries(unit_id: InstrumentedAttribute[int]) -> Exists:
    """Whether a unit has an entry that reviewers see, as a column of a statement that names the unit."""
    return exists().where(Submission.unit_id == unit_id, Submission.state.in_(REVIEWED))


def public_submissions(session: Session, unit_id: int) -> tuple[SubmissionShown, ...]:
    """The entries of a unit that the office has made public."""
    wanted = select(Submission).where(Submission.unit_id == unit_id, Submission.visibility == "public")
    return tuple(submission_shown(each) for each in session.scalars(wanted.order_by(Submission.id)))


def paper_shown(paper: Paper) -> PaperShown:
    """A paper as reviewers see it."""
    return PaperShown(paper.kind, paper.text, paper.handed_in_at, files_shown(paper.attachments))


def submission_shown(entry: Submission) -> SubmissionShown:
    """An entry as reviewers see it, whatever its state: for the list of one's own and the preview too."""
    remarks = [each.remark for each in entry.remarks if each.act == "verify_with_remark"]
    return SubmissionShown(
        entry.public_id,
        entry.kind,
        entry.title,
        entry.period,
        entry.problem,
        entry.actions,
        entry.result,
        entry.beneficiaries,
        entry.used_elsewhere,
        entry.state,
        entry.visibility,
        remarks[-1] if remarks and entry.state in VERIFIED else "",
        files_shown(entry.attachments),
    )


def files_shown(attachments: Sequence[Attachment]) -> tuple[FileShown, ...]:
    """Files as pages show them."""
    return tuple(
        FileShown(each.public_id, each.name, each.kind, each.size, each.inline, len(each.pages))
        for each in attachments
    )


def reviewed_file(session: Session, unit_id: int, public_id: str) -> Attachment | None:
    """A file among what reviewers see of a unit (materials_of); None for any other."""
    file = own_file(session, unit_id, public_id)
    if file is None:
        return None
    entry = session.get(Submission, file.submission_id) if file.submission_id else None
    paper = session.get(Paper, file.paper_id) if file.paper_id else None
    hidden = (entry and entry.state not in REVIEWED) or (paper and paper.state != "handed_in")
    return None if hidden else file


def public_file(session: Session, public_id: str) -> Attachment | None:
    """A file of an entry that the office has made public."""
    return session.scalar(
        select(Attachment)
        .join(Submission, Submission.id == Attachment.submission_id)
        .where(Attachment.public_id == public_id, Submission.visibility == "public")
    )


def own_file(session: Session, unit_id: int, public_id: str) -> Attachment | None:
    """Any file of a unit, for the unit itself and the office."""
    wanted = select(Attachment).where(Attachment.unit_id == unit_id, Attachment.public_id == public_id)
    return session.scalar(wanted)


def _matter_shown(each: AssignedMatter) -> MatterShown:
    return MatterShown(
        each.number,
        each.matter,
        each.source_document,
        each.deadline,
        each.result,
        each.answered_at,
        files_shown(each.attachments),
    )
