"""From filled sheets to tally rows. Pure: no session, no clock."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
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
    unable = sum(sheet.sheet.done for sheet in sheets) - len(complete)
    input_digest = _digest_of(sheets, salt)
    score = trimmed_mean([total for _, total in complete], trim=rules.trim, trim_from=rules.trim_from)
    yield _mean_row(measures.PANEL_SCORE, rubric.indicator, unit, score, TRIMMED, unable, input_digest, rules)
    corrected = found and trimmed_mean(
        [total - found.by_rater[sheet.seat_code] for sheet, total in complete],
        trim=rules.trim,
        trim_from=rules.trim_from,
    )
    yield _mean_row(
        measures.PANEL_SEVERITY, rubric.indicator, unit, corrected, CORRECTED, unable, input_digest, rules, found
    )
    if score is not None:
        cut = len(score.lows)
        kept = [sheet for sheet, _ in complete[cut : len(complete) - cut]]
        yield from _criterion_rows(rubric, unit, sheets, kept, score.n, input_digest)


def _mean_row(
    measure: str,
    indicator: str,
    unit: str,
    mean: TrimmedMean | None,
    method: str,
    unable: int,
    input_digest: str,
    rules: PanelRules,
    found: Severities | None = None,
) -> Row:
    params: dict[str, int] = {"trim": rules.trim, "trim_from": rules.trim_from}
    if mean is not None:
        params["dropped"] = len(mean.lows) + len(mean.highs)
    if found is not None:
        params |= {"comparable": int(found.comparable), "shrunk": int(found.shrunk)}
    return Row(
        measure=measure,
        unit_code=unit,
        object=indicator,
        n=0 if mean is None else mean.n,
        dk=unable,
        value=None if mean is None else thousandths(mean.value),
        spread=_stored(mean and mean.spread),
        se=_stored(mean and mean.error),
        method=method,
        params=params,
        input_digest=input_digest,
        reason="no_sheets" if mean is None else None,
    )


def _criterion_rows(
    rubric: Rubric,
    unit: str,
    sheets: Sequence[CastSheet],
    kept: Sequence[CastSheet],
    n: int,
    input_digest: str,
) -> Iterator[Row]:
    """Mean share of each criterion's points over the sheets that are in the score: shares add up to it."""
    for criterion in rubric.criteria:
        given = sum(sheet.sheet.marks[criterion.code].points or 0 for sheet in kept)
        yield Row(
            measure=measures.CRITERION,
            unit_code=unit,
            object=f"{rubric.indicator}/{criterion.code}",
            n=n,
            dk=sum(sheet.sheet.marks[criterion.code].answer == "unable" for sheet in sheets),
            value=thousandths(100 * given / (criterion.points * len(kept))),
            method=SHARE,
            params={"points": criterion.points},
            input_digest=input_digest,
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


def _stored(value: float | None) -> Decimal | None:
    return None if value is None else thousandths(value)
