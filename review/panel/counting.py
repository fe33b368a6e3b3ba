"""From filled sheets to tally rows. Pure: no session, no clock."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from database.canonical import digest
from review.panel.marks import Filled
from review.panel.severity import Scored, Severities, severities
from review.panel.trimming import TrimmedMean, thousandths, trimmed_mean
from review.rubrics.rubric import PanelRules, Rubric, RubricSet
from tallies import measures
from tallies.rows import Row

TRIMMED = "trimmed_mean"
CORRECTED = "trimmed_mean_less_severity"
SHARE = "mean_share_of_points"
OWN_SHEET = "own_sheet"


@dataclass(frozen=True, slots=True)
class CastSheet:
    """A sheet as it stood at the close, with whose it is."""

    seat_code: str
    kind: str
    unit_code: str
    sheet: Filled


def count_panel(rubrics: RubricSet, sheets: Iterable[CastSheet], units: Sequence[str], salt: bytes) -> Iterator[Row]:
    """All tally rows of a panel round.

    For each rubric and unit: the trimmed mean of experts' complete sheets, the same less severities (for
    information), each criterion's share, and the lead's own sheet. salt: the round's.
    Rule: docs/rules.md, "Panel".
    """
    by_object: dict[str, list[CastSheet]] = defaultdict(list)
    for sheet in sheets:
        by_object[sheet.sheet.object].append(sheet)
    for rubric in rubrics.rubrics:
        cast = by_object[rubric.object]
        experts = [sheet for sheet in cast if sheet.kind == "expert"]
        found = severities([Scored(one.unit_code, one.seat_code, total) for one, total in _complete(experts)])
        by_unit: dict[str, list[CastSheet]] = defaultdict(list)
        for sheet in experts:
            by_unit[sheet.unit_code].append(sheet)
        for unit in units:
            yield from _unit_rows(rubric, rubrics.rules, unit, by_unit[unit], found, salt)
        yield from (_own_sheet_row(rubric, sheet, salt) for sheet in cast if sheet.kind != "expert")


def _complete(sheets: Iterable[CastSheet]) -> list[tuple[CastSheet, int]]:
    """Sheets that have a total, lowest first; ties in the order of seats, so that a recount drops the same one."""
    scored = [(sheet, total) for sheet in sheets if (total := sheet.sheet.total) is not None]
    return sorted(scored, key=lambda pair: (pair[1], pair[0].seat_code))


def _unit_rows(
    rubric: Rubric,
    rules: PanelRules,
    unit: str,
    sheets: Sequence[CastSheet],
    found: Severities | None,
    salt: bytes,
) -> Iterator[Row]:
    complete = _complete(sheets)
    place = _Place(
        unit_code=unit,
        object=rubric.indicator,
        dk=sum(sheet.sheet.done for sheet in sheets) - len(complete),
        input_digest=_digest_of(sheets, salt),
    )
    score = trimmed_mean([total for _, total in complete], trim=rules.trim, trim_from=rules.trim_from)
    params = {"trim": rules.trim, "trim_from": rules.trim_from}
    yield _mean_row(measures.PANEL_SCORE, TRIMMED, place, score, params)
    corrected = None
    if found is not None:
        params = params | {"comparable": int(found.comparable), "shrunk": int(found.shrunk)}
        less = [total - found.by_rater[sheet.seat_code] for sheet, total in complete]
        corrected = trimmed_mean(less, trim=rules.trim, trim_from=rules.trim_from)
    yield _mean_row(measures.PANEL_SEVERITY, CORRECTED, place, corrected, params)
    if score is not None:
        cut = len(score.lows)
        kept = [sheet for sheet, _ in complete[cut : len(complete) - cut]]
        yield from _criterion_rows(rubric, place, sheets, kept, score.n)


@dataclass(frozen=True, slots=True)
class _Place:
    """What the rows of one unit and object share."""

    unit_code: str
    object: str
    dk: int
    input_digest: str


def _mean_row(measure: str, method: str, place: _Place, mean: TrimmedMean | None, params: dict[str, int]) -> Row:
    if mean is None:
        return Row(
            measure=measure, **asdict(place), n=0, value=None, method=method, params=params, reason="no_sheets"
        )
    return Row(
        measure=measure,
        **asdict(place),
        n=mean.n,
        value=thousandths(mean.value),
        spread=None if mean.spread is None else thousandths(mean.spread),
        se=None if mean.error is None else thousandths(mean.error),
        method=method,
        params=params | {"dropped": len(mean.lows) + len(mean.highs)},
    )


def _criterion_rows(
    rubric: Rubric, place: _Place, sheets: Sequence[CastSheet], kept: Sequence[CastSheet], n: int
) -> Iterator[Row]:
    """Mean share of each criterion's points over the sheets that are in the score: shares add up to it."""
    for criterion in rubric.criteria:
        given = sum(sheet.sheet.marks[criterion.code].points or 0 for sheet in kept)
        yield Row(
            measure=measures.CRITERION,
            unit_code=place.unit_code,
            object=f"{place.object}/{criterion.code}",
            n=n,
            dk=sum(sheet.sheet.marks[criterion.code].answer == "unable" for sheet in sheets),
            value=thousandths(100 * given / (criterion.points * len(kept))),
            method=SHARE,
            params={"points": criterion.points},
            input_digest=place.input_digest,
        )


def _own_sheet_row(rubric: Rubric, cast: CastSheet, salt: bytes) -> Row:
    total = cast.sheet.total
    return Row(
        measure=measures.BIANBAN_SCORE,
        unit_code=cast.unit_code,
        object=rubric.indicator,
        n=0 if total is None else 1,
        dk=int(cast.sheet.done and total is None),
        value=None if total is None else Decimal(total),
        method=OWN_SHEET,
        input_digest=_digest_of([cast], salt),
        reason="incomplete" if total is None else None,
    )


def _digest_of(sheets: Sequence[CastSheet], salt: bytes) -> str:
    rows = [
        [one.seat_code, [[code, mark.answer, mark.points] for code, mark in one.sheet.marks.items()]]
        for one in sorted(sheets, key=lambda one: one.seat_code)
    ]
    return digest(rows, salt=salt)
