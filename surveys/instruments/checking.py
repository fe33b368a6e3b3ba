"""A posted form checked and packed by a table that is compiled once for a round.

Field names in a posted form, on screens and on the typing desk alike:

    ITEM          an item outside `foreach`: one code, several values of one name for a choice of several or of units
    ITEM.UNIT     an item about one unit: inside `foreach`, and each row of a grid, as `rd_attitude.U024`

The first value of a doubled field counts. A blank is no answer. Answers to questions that were not to be asked, and
fields that the form doesn't have, are dropped.
Source: docs/rules.md, "Surveys", "Which answers are accepted".
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from surveys.instruments.compiling import Plan, Step, Steps
from surveys.instruments.conditions import Answers

Raw = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Problem:
    """One answer that can't be accepted.

    item: the item's id; unit: the unit it is about, if any. reason: "required", "unknown_code", "unknown_unit",
    "unit_twice", "too_many", "too_long" or "bad_text"; most: the limit that was passed.
    """

    item: str
    unit: str | None
    reason: str
    most: int | None = None

    @property
    def field(self) -> str:
        """Name of the form field."""
        return self.item if self.unit is None else f"{self.item}.{self.unit}"


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text, kept apart from the grades. unit: whom it is about, if the form knows."""

    item: str
    unit: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """An accepted form.

    packed: the graded answers (`surveys.instruments.layout`). outcome: None when complete, else how it ended early.
    contact: personal information, which the taken-down doors alone ask. graded: how many grades were given.
    """

    packed: bytes
    texts: tuple[WrittenText, ...] = ()
    contact: tuple[WrittenText, ...] = ()
    outcome: str | None = None
    graded: int = 0


def check(
    plan: Plan,
    raw: Raw,
    *,
    block: Sequence[str] = (),
    preset: str | None = None,
    contact: bool = False,
    closing: bool = False,
    blank_grades_are_dk: bool = False,
) -> Checked | list[Problem]:
    """Check a posted form and pack its answers.

    raw: field name -> its values, in the order posted. block: codes of the random block's units; those that the
    respondent rates in detail are not asked again. preset: the unit that the right or the sample row fixes.
    contact: whether personal information is asked; closing: whether the interviewer's own items are.
    blank_grades_are_dk: take a grid's blank rows as "don't know", as the respondent chose on the review page.
    Returns every problem, in the order of the form, or the answers.
    """
    run = _Run(plan, raw, block, preset, contact, blank_grades_are_dk)
    if plan.preset_at is not None:
        run.put_unit(plan.preset_at, "preset", preset)
    run.whole()
    if closing:
        run.ended = False
        run.steps(plan.closing, run.answers)
    return run.problems or run.checked()


@dataclass(slots=True)
class _Run:
    """One posted form while it is being checked."""

    plan: Plan
    raw: Raw
    block: Sequence[str]
    preset: str | None
    contact_asked: bool
    blank_is_dk: bool
    buffer: bytearray = field(init=False)
    answers: Answers = field(default_factory=Answers)
    problems: list[Problem] = field(default_factory=list)
    texts: dict[tuple[str, str | None], WrittenText] = field(default_factory=dict)
    contact: list[WrittenText] = field(default_factory=list)
    in_detail: set[str] = field(default_factory=set)
    outcome: str | None = None
    ended: bool = False
    graded: int = 0

    def __post_init__(self) -> None:
        self.buffer = bytearray(self.plan.size)

    def checked(self) -> Checked:
        """Hand out what was accepted."""
        return Checked(bytes(self.buffer), tuple(self.texts.values()), tuple(self.contact), self.outcome, self.graded)

    def whole(self) -> None:
        """Walk all sections until one ends the form."""
        for steps in self.plan.sections:
            if self.ended:
                return
            if steps.relevant is not None and not steps.relevant.holds(self.answers):
                continue
            if steps.foreach is None:
                self.steps(steps, self.answers)
            else:
                self.each_unit(steps, steps.foreach)

    def each_unit(self, steps: Steps, picker: str) -> None:
        """Walk a section once for each unit chosen in its picker."""
        chosen = self.answers.given.get(picker, ())
        for slot, unit in enumerate(chosen):
            here = Answers(outer=self.answers, own=steps.own)
            self.steps(steps, here, unit, slot * steps.stride)
            for name, value in here.lowest.items():
                self.answers.note_value(value, name)
        self.in_detail.update(chosen)

    def steps(self, steps: Steps, answers: Answers, unit: str | None = None, shift: int = 0) -> None:
        """Walk the items of a section, of one unit where `unit` is given; `shift` is the place of its slot."""
        for step in steps.steps:
            if step.relevant is not None and not step.relevant.holds(answers):
                continue
            if step.kind == "one":
                self.one(step, answers, unit, step.at + shift)
            else:
                _KINDS[step.kind](self, step, answers, unit, shift)
            if self.ended:
                return

    def one(self, step: Step, answers: Answers, unit: str | None, at: int, row: str | None = None) -> None:
        """Take one code; `row` is the unit of a grid's row, whose code no condition can name."""
        about = unit or row
        values = self.raw.get(step.id if about is None else step.names[about])
        code = values[0] if values else ""
        if not code and row is not None and self.blank_is_dk:
            code = step.dont_know
        if not code:
            if step.required:
                self.problems.append(Problem(step.id, about, "required"))
            return
        choice = step.choices.get(code)
        if choice is None:
            self.problems.append(Problem(step.id, about, "unknown_code"))
            return
        byte, value, terminate = choice
        self.buffer[at] = byte
        if row is None:
            answers.given[step.id] = code
        if step.graded:
            self.graded += 1
            if value is not None:
                answers.note_value(value, step.id, step.section)
        if terminate is not None:
            self.outcome, self.ended = terminate, True
            self.buffer[0] = self.plan.outcomes.index(terminate) + 1

    def grid_of_block(self, step: Step, answers: Answers, unit: str | None, shift: int) -> None:
        """Take a grade for each unit of the random block that isn't rated in detail."""
        rows = [code for code in self.block if code not in self.in_detail]
        if len(self.block) > step.most:
            self.problems.append(Problem(step.id, None, "too_many", step.most))
        elif len(set(rows)) != len(rows):
            self.problems.append(Problem(step.id, None, "unit_twice"))
        else:
            for slot, row in enumerate(rows):
                at = step.at + 3 * slot
                if self.put_unit(at, step.id, row):
                    self.one(step, answers, None, at + 2, row)

    def grid_of_all(self, step: Step, answers: Answers, unit: str | None, shift: int) -> None:
        """Take a grade for each unit of the round."""
        for row, index in self.plan.units.items():
            self.one(step, answers, None, step.at + index - 1, row)

    def several(self, step: Step, answers: Answers, unit: str | None, shift: int) -> None:
        """Take a choice of several as bits."""
        codes = [code for code in self.raw.get(step.id if unit is None else step.names[unit], ()) if code]
        bits = 0
        for code in codes:
            choice = step.choices.get(code)
            if choice is None:
                self.problems.append(Problem(step.id, unit, "unknown_code"))
                return
            bits |= 1 << (choice[0] - 1)
        if codes:
            answers.given[step.id] = tuple(dict.fromkeys(codes))
        elif step.required:
            self.problems.append(Problem(step.id, unit, "required"))
        at = step.at + shift
        self.buffer[at : at + step.width] = bits.to_bytes(step.width, "little")

    def units(self, step: Step, answers: Answers, unit: str | None, shift: int) -> None:
        """Take chosen units, or the one unit that a text is about."""
        codes = tuple(dict.fromkeys(code for code in self.raw.get(step.id, ()) if code))
        if any(code not in self.plan.units for code in codes):
            self.problems.append(Problem(step.id, None, "unknown_unit"))
        elif len(codes) > step.most:
            self.problems.append(Problem(step.id, None, "too_many", step.most))
        elif codes:
            answers.given[step.id] = codes
            if step.about_text is not None:
                written = self.texts[step.about_text, None]
                self.texts[step.about_text, None] = WrittenText(written.item, codes[0], written.text)
                return
            for slot, code in enumerate(codes):
                self.put_unit(step.at + 2 * slot, step.id, code)
        elif step.required:
            self.problems.append(Problem(step.id, None, "required"))

    def text(self, step: Step, answers: Answers, unit: str | None, shift: int) -> None:
        """Take a text, cleaned, to be kept apart from the grades."""
        if step.pii and not self.contact_asked:
            return
        values = self.raw.get(step.id if unit is None else step.names[unit])
        text = _clean(values[0]) if values else ""
        if text is None:
            self.problems.append(Problem(step.id, unit, "bad_text"))
        elif len(text) > step.most:
            self.problems.append(Problem(step.id, unit, "too_long", step.most))
        elif text:
            answers.given[step.id] = text
            written = WrittenText(step.id, unit or self.preset, text)
            if step.pii:
                self.contact.append(written)
            else:
                self.texts[step.id, unit] = written
        elif step.required:
            self.problems.append(Problem(step.id, unit, "required"))

    def put_unit(self, at: int, item: str, code: str | None) -> bool:
        """Write the place of a unit, or note that there is no such unit."""
        index = self.plan.units.get(code or "")
        if index is None:
            self.problems.append(Problem(item, code, "unknown_unit"))
            return False
        self.buffer[at : at + 2] = index.to_bytes(2, "little")
        return True


_KINDS = {
    "block": _Run.grid_of_block,
    "all": _Run.grid_of_all,
    "several": _Run.several,
    "units": _Run.units,
    "text": _Run.text,
}


def _clean(text: str) -> str | None:
    """Return a text in NFC with plain line ends and no outer spaces, or None where it holds control characters."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t" for sign in plain):
        return None
    return plain
