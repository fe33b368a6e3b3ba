"""From answers to tally rows.

Source: docs/rules.md, "Surveys", "From answers to figures".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from database.canonical import digest
from surveys.counting.measuring import Measure, measures_of
from surveys.counting.statistics import (
    Sums,
    pooled,
    weighted_error,
    weighted_mean,
)
from surveys.counting.tabulating import Cells, tabulate
from surveys.fieldwork.rules import SurveyRules
from surveys.fieldwork.surveying import DoorFacts, Survey
from tallies.measures import SAT_SCORE
from tallies.rows import COUNTED, OPEN, Row

MEAN = "mean"
WEIGHTED = "weighted_mean_of_groups"
TOO_FEW = "too_few_raters"
NO_ANSWERS = "no_answers"


@dataclass(frozen=True, slots=True)
class Strip:
    """One group's answers on one unit, or those of groups that were merged; `codes` says which."""

    codes: tuple[str, ...]
    weight: Decimal
    answers: Sums


def tally_rows(session: Session, survey: Survey, salt: bytes) -> list[Row]:
    """Count a closed survey.

    For each measure and unit: the score over all groups, each group, and the open answers beside them; for the score
    also each channel and stratum, where there are several. salt: kept behind the digests of what was counted.
    """
    doors = list(survey.doors.values())
    measures = measures_of(survey.form, survey.rules.points)
    units = [unit.code for unit in survey.instrument.units]
    tables = tabulate(session, survey.round_id, survey.plan.record, [door.id for door in doors], len(units), measures)
    rows: list[Row] = []
    for measure, table in zip(measures, tables, strict=True):
        for place, unit in enumerate(units, start=1):
            rows += _Unit(measure, unit, survey.rules, salt).rows(doors, _doors_of(table, place, len(doors)))
    return rows


def _doors_of(table: Cells, unit: int, doors: int) -> list[Sums]:
    return [table.get((door, unit), Sums()) for door in range(doors)]


@dataclass(frozen=True, slots=True)
class _Unit:
    """The rows of one measure of one unit."""

    measure: Measure
    unit: str
    rules: SurveyRules
    salt: bytes

    def rows(self, doors: Sequence[DoorFacts], answers: Sequence[Sums]) -> Iterator[Row]:
        """Give the row over all groups, those of the parts, and the open answers beside them."""
        counted = [(door, answer) for door, answer in zip(doors, answers, strict=True) if door.counted]
        beside = [answer for door, answer in zip(doors, answers, strict=True) if not door.counted]
        if self.rules.weights:
            yield from self.by_groups(counted)
        else:
            yield self.alone(pooled(answer for _, answer in counted))
        if self.measure.name == SAT_SCORE:
            for name, part in _parts((door.channel, answer) for door, answer in counted):
                yield self.row(part, MEAN, error=False, channel=name)
            for name, part in _parts((door.stratum or "", answer) for door, answer in counted):
                yield self.row(part, MEAN, error=False, stratum=name)
        if open_ := pooled(beside):
            yield self.row(open_, MEAN, way=OPEN, error=False)

    def by_groups(self, counted: Sequence[tuple[DoorFacts, Sums]]) -> Iterator[Row]:
        """Give a row for each group that anybody answered in, and the weighted mean of those with enough ratings."""
        groups = {
            code: pooled(answer for door, answer in counted if door.group == code) for code in self.rules.weights
        }
        kept: list[tuple[Strip, Row]] = []
        dropped: list[str] = []
        strips = merged(groups, self.rules)
        for strip in strips:
            row = self.strip(strip)
            if row.value is None:
                dropped += strip.codes
            else:
                kept.append((strip, row))
            if strip.answers:
                yield row
        yield self.combined(kept, dropped, [list(strip.codes) for strip in strips if len(strip.codes) > 1])

    def strip(self, strip: Strip) -> Row:
        """Give the row of one group, or of merged groups under the first one's name."""
        params = {"merged": list(strip.codes)} if len(strip.codes) > 1 else {}
        enough = strip.answers.n >= self.rules.min_raters
        return self.row(strip.answers, MEAN, params=params, enough=enough, group=strip.codes[0])

    def alone(self, answers: Sums) -> Row:
        """Give the row of a round without groups."""
        params = {"min_raters": self.rules.min_raters}
        return self.row(answers, MEAN, params=params, enough=answers.n >= self.rules.min_raters)

    def combined(
        self, kept: Sequence[tuple[Strip, Row]], dropped: Sequence[str], pools: Sequence[Sequence[str]]
    ) -> Row:
        """Give the weighted mean of the groups that were kept."""
        params = {
            "weights": {strip.codes[0]: f"{strip.weight:.3f}" for strip, _ in kept},
            "dropped": sorted(dropped),
            "merged": list(pools),
            "min_raters": self.rules.min_raters,
        }
        whole = pooled(strip.answers for strip, _ in kept)
        values = [(strip.weight, row.value) for strip, row in kept if row.value is not None]
        errors = [(strip.weight, row.se) for strip, row in kept if row.se is not None]
        return Row(
            measure=self.measure.name,
            unit_code=self.unit,
            object=self.measure.object,
            n=whole.n,
            dk=whole.dont_know,
            counts=whole.options,
            value=weighted_mean(values) if values else None,
            se=weighted_error(errors) if errors and len(errors) == len(values) else None,
            method=WEIGHTED,
            params=params,
            input_digest=digest([row.input_digest for _, row in kept], salt=self.salt),
            reason=None if values else TOO_FEW,
        )

    def row(
        self,
        answers: Sums,
        method: str,
        *,
        params: Mapping[str, object] | None = None,
        enough: bool = True,
        error: bool = True,
        group: str = "",
        stratum: str = "",
        channel: str = "",
        way: str = COUNTED,
    ) -> Row:
        """A row of one plain mean; `enough`: whether it stands on as many ratings as the rules ask."""
        mean = answers.mean() if enough else None
        return Row(
            measure=self.measure.name,
            unit_code=self.unit,
            object=self.measure.object,
            group=group,
            stratum=stratum,
            channel=channel,
            way=way,
            n=answers.n,
            dk=answers.dont_know,
            counts=answers.options,
            value=mean,
            spread=None if mean is None else answers.spread(),
            se=answers.standard_error() if error and mean is not None else None,
            method=method,
            params=params or {},
            input_digest=digest(answers.spelled(), salt=self.salt),
            reason=None if mean is not None else TOO_FEW if not enough else NO_ANSWERS,
        )


def _parts(answers: Iterable[tuple[str, Sums]]) -> Iterator[tuple[str, Sums]]:
    """Pool by name, where there are several names; what nobody answered is left out."""
    given = list(answers)
    names = sorted({name for name, _ in given if name})
    for name in names if len(names) > 1 else ():
        if part := pooled(answer for other, answer in given if other == name):
            yield name, part


def merged(groups: Mapping[str, Sums], rules: SurveyRules) -> list[Strip]:
    """Merge groups in the stated order where one of them has too few ratings; the others stay as they are.

    Source: docs/rules.md, "Surveys", "Groups with few ratings".
    """
    strips: list[Strip] = []
    done: set[str] = set()
    for pool in rules.merges:
        if any(groups[code].n < rules.min_raters for code in pool):
            strips.append(_strip(pool, groups, rules))
            done.update(pool)
    strips += [_strip((code,), groups, rules) for code in groups if code not in done]
    return sorted(strips, key=lambda strip: list(groups).index(strip.codes[0]))


def _strip(codes: Iterable[str], groups: Mapping[str, Sums], rules: SurveyRules) -> Strip:
    named = tuple(codes)
    weight = sum((rules.weights[code] for code in named), Decimal(0))
    return Strip(named, weight, pooled(groups[code] for code in named))
