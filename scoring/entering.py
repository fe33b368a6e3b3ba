"""Keeping, correcting, sending, returning and confirming a lead's entries."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from accounts.errors import SamePerson
from audit.events import record
from database.columns import three_places
from scoring.entries import (
    CONFIRMED,
    DRAFT,
    LONGEST_BASIS,
    LONGEST_REASON,
    PAPER,
    SENT,
    TAKES_ENTRIES,
    Entry,
    LeadEntry,
    LeadFile,
    LeadSheet,
    entries_digest,
    entries_of,
    file_of,
    lead_sheet,
)
from scoring.errors import (
    BadEntries,
    EntryFault,
    NoSuchFile,
    ScanMissing,
    TooLate,
    UnknownIndicator,
    WrongFileState,
)
from scoring.events import EntriesConfirmed, EntriesKept, EntriesReturned, EntriesSent
from scoring.tree import Lead, Node
from units.year import Year


def entry_faults(sheet: LeadSheet, entries: Sequence[Entry]) -> list[EntryFault]:
    """All that is wrong with a lead's entries, cell by cell, in the sheet's order; what is missing too."""
    items = {item.code: item for item in sheet.items}
    given = {(entry.indicator, entry.unit_code): entry for entry in entries}
    faults = [
        EntryFault("not_yours", entry.indicator, entry.unit_code)
        for entry in entries
        if entry.indicator not in items or sheet.asks(entry.indicator, entry.unit_code) in ("own", "nothing")
    ]
    for item, unit_code in sheet.asked():
        entry = given.get((item.code, unit_code))
        wrong = ["empty"] if entry is None else _wrong(item, sheet.asks(item.code, unit_code), entry)
        faults += [EntryFault(what, item.code, unit_code, f"{item.points:f}") for what in wrong]
    return faults


def _wrong(item: Node, asks: str, entry: Entry) -> list[str]:
    if (entry.points is None) != (asks == "not_applicable"):
        return ["applies" if entry.points is None else "does_not_apply"]
    if entry.points is None:
        return []
    if entry.points < 0 or entry.points > item.points:
        return ["out_of_range"]
    if entry.points != three_places(entry.points):
        return ["too_fine"]
    if entry.points == item.points:
        return []
    lacking = {"no_reason": entry.reason, "no_basis": entry.basis}
    longer = {"long_reason": len(entry.reason) > LONGEST_REASON, "long_basis": len(entry.basis) > LONGEST_BASIS}
    return [what for what, text in lacking.items() if not text.strip()] + [what for what in longer if longer[what]]


def keep_entries(
    session: Session, year: Year, lead: str, entries: Iterable[Entry], *, by: str, now: datetime
) -> LeadFile:
    """Store a lead's entries as a new draft version; what was kept before stays. The same draft twice is one version.

    Raises BadEntries with every wrong cell, TooLate, WrongFileState while a version waits for the head; then nothing
    is stored. Rule: docs/rules.md, "Lead entries".
    """
    given = list(entries)
    _hold(session, year, lead)
    _refuse_late(year, "keep_entries")
    _refuse_sent(session, year, lead, "keep_entries")
    if faults := entry_faults(lead_sheet(session, year, lead), given):
        raise BadEntries(faults)
    return _store(session, year, lead, given, corrects=0, why="", by=by, now=now)


def correct_entry(
    session: Session,
    year: Year,
    lead: str,
    changed: Entry,
    *,
    why: str,
    by: str,
    now: datetime,
) -> LeadFile:
    """Correct one cell of the confirmed entries: a new draft version, to be confirmed again; both are kept.

    Raises NoSuchFile, UnknownIndicator where the lead has no such cell, BadEntries, TooLate, WrongFileState.
    """
    _hold(session, year, lead)
    _refuse_late(year, "correct_entry")
    _refuse_sent(session, year, lead, "correct_entry")
    confirmed = file_of(session, year, lead, state=CONFIRMED)
    if confirmed is None:
        raise NoSuchFile(lead)
    cells = {(entry.indicator, entry.unit_code): entry for entry in entries_of(session, confirmed)}
    if (changed.indicator, changed.unit_code) not in cells:
        raise UnknownIndicator(changed.indicator)
    cells[changed.indicator, changed.unit_code] = changed
    faults = entry_faults(lead_sheet(session, year, lead), list(cells.values()))
    if not why.strip():
        faults.append(EntryFault("no_why", changed.indicator, changed.unit_code))
    if faults:
        raise BadEntries(faults)
    return _store(
        session, year, lead, list(cells.values()), corrects=confirmed.version, why=why.strip(), by=by, now=now
    )


def send_entries(session: Session, year: Year, lead: str, *, by: str, now: datetime) -> LeadFile:
    """Send the newest draft to the lead's head. Raises NoSuchFile, WrongFileState."""
    file = _newest(session, year, lead, (DRAFT,), "send_entries")
    file.state = SENT
    record(session, EntriesSent(lead, file.version), by=by, now=now, subject=_subject(year, lead))
    return file


def return_entries(session: Session, year: Year, lead: str, why: str, *, by: str, now: datetime) -> LeadFile:
    """Give the sent entries back to the officer with a reason. Raises NoSuchFile, WrongFileState."""
    file = _newest(session, year, lead, (SENT,), "return_entries")
    file.state = DRAFT
    record(session, EntriesReturned(lead, file.version, why), by=by, now=now, subject=_subject(year, lead))
    return file


def confirm_entries(session: Session, year: Year, lead: str, *, by: str, now: datetime) -> LeadFile:
    """Confirm the sent entries as the lead's head; from now on they count.

    Raises SamePerson where the head made them, NoSuchFile, WrongFileState, TooLate.
    """
    _refuse_late(year, "confirm_entries")
    file = _newest(session, year, lead, (SENT,), "confirm_entries")
    if file.made_by == by:
        raise SamePerson
    return _confirmed(session, year, file, confirmed_by=by, by=by, now=now)


def confirm_on_paper(
    session: Session, year: Year, lead: str, *, signed_by: str, scan: str, by: str, now: datetime
) -> LeadFile:
    """Confirm by the printed form that a head who never signs in has signed and sealed.

    signed_by: the signer's name. scan: under which key the scan is kept in storage.
    Raises ScanMissing, NoSuchFile, WrongFileState, TooLate.
    """
    _refuse_late(year, "confirm_on_paper")
    if not signed_by.strip() or not scan:
        raise ScanMissing
    file = _newest(session, year, lead, (DRAFT, SENT), "confirm_on_paper")
    file.way, file.scan = PAPER, scan
    return _confirmed(session, year, file, confirmed_by=signed_by.strip(), by=by, now=now)


def _confirmed(
    session: Session, year: Year, file: LeadFile, *, confirmed_by: str, by: str, now: datetime
) -> LeadFile:
    file.state, file.confirmed_by, file.confirmed_at = CONFIRMED, confirmed_by, now
    event = EntriesConfirmed(file.lead, file.version, file.digest, confirmed_by, file.way)
    record(session, event, by=by, now=now, subject=_subject(year, file.lead))
    return file


def _store(
    session: Session, year: Year, lead: str, entries: list[Entry], *, corrects: int, why: str, by: str, now: datetime
) -> LeadFile:
    newest = file_of(session, year, lead)
    entries = [replace(entry, reason=entry.reason.strip(), basis=entry.basis.strip()) for entry in entries]
    fresh = entries_digest(entries)
    if newest is not None and newest.state == DRAFT and (newest.digest, newest.corrects) == (fresh, corrects):
        return newest
    file = LeadFile(
        year_id=year.id,
        lead=lead,
        version=newest.version + 1 if newest else 1,
        digest=fresh,
        corrects=corrects,
        why=why,
        made_by=by,
        made_at=now,
    )
    session.add(file)
    session.flush()
    session.execute(
        insert(LeadEntry),
        [
            {
                "file_id": file.id,
                "indicator": entry.indicator,
                "unit_code": entry.unit_code,
                "points": entry.points,
                "reason": entry.reason,
                "basis": entry.basis,
                "applicable": entry.applicable,
            }
            for entry in entries
        ],
    )
    kept = EntriesKept(lead, file.version, file.digest, corrects, why)
    record(session, kept, by=by, now=now, subject=_subject(year, lead))
    return file


def _newest(session: Session, year: Year, lead: str, states: tuple[str, ...], act: str) -> LeadFile:
    file = session.scalar(
        select(LeadFile)
        .where(LeadFile.year_id == year.id, LeadFile.lead == lead)
        .order_by(LeadFile.version.desc())
        .limit(1)
        .with_for_update()
    )
    if file is None:
        raise NoSuchFile(lead)
    if file.state not in states:
        raise WrongFileState(file.state, act)
    return file


def _hold(session: Session, year: Year, lead: str) -> None:
    """Let one request after the other add a version of a lead's entries."""
    session.scalar(select(Lead.code).where(Lead.year_id == year.id, Lead.code == lead).with_for_update())


def _refuse_late(year: Year, act: str) -> None:
    if year.stage not in TAKES_ENTRIES:
        raise TooLate(act, year.stage)


def _refuse_sent(session: Session, year: Year, lead: str, act: str) -> None:
    newest = file_of(session, year, lead)
    if newest is not None and newest.state == SENT:
        raise WrongFileState(SENT, act)


def _subject(year: Year, lead: str) -> str:
    return f"lead {lead} {year.year}"
