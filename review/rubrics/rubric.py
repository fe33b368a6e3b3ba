"""What a rubric is: criteria with points, each read by anchored bands, and the grade of a total.

All plain values, frozen; texts in both languages. Source: docs/rules.md, "Panel".
"""

from dataclasses import dataclass

PANEL_OBJECTS = ("routine", "other", "innovation")


@dataclass(frozen=True, slots=True)
class Words:
    """One text in Simplified Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Band:
    """A range of whole points, both ends included, and what it stands for."""

    least: int
    most: int
    anchor: Words

    def holds(self, points: int) -> bool:
        """Whether these whole points lie in the band."""
        return self.least <= points <= self.most


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question of a rubric, worth 0 to `points` whole points; bands run from best to worst."""

    code: str
    title: Words
    points: int
    question: Words
    bands: tuple[Band, ...]

    def band_of(self, points: int | None) -> Band | None:
        """The band that holds these points; None where nothing was scored."""
        if points is None:
            return None
        return next((band for band in self.bands if band.holds(points)), None)


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """How the bands are read for entries of one type (`mixed`: for a unit with several)."""

    type: str
    text: Words


@dataclass(frozen=True, slots=True)
class Rubric:
    """The sheet of one object: its criteria, in the order of the form, add up to `most` points."""

    object: str
    indicator: str
    title: Words
    most: int
    criteria: tuple[Criterion, ...]
    notes: tuple[ReadingNote, ...] = ()

    def criterion(self, code: str) -> Criterion | None:
        """The criterion of that code, or None."""
        return next((one for one in self.criteria if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Grade:
    """A named range of sheet totals, beginning at `least` points."""

    code: str
    title: Words
    least: int


@dataclass(frozen=True, slots=True)
class PanelRules:
    """How sheets become a figure.

    trim_from: complete sheets of a unit and object from which `trim` each side are dropped.
    minutes_per_unit: what the office reckons with until an expert's own pace is known.
    """

    trim: int
    trim_from: int
    minutes_per_unit: int


@dataclass(frozen=True, slots=True)
class RubricSet:
    """All that a panel round freezes: rubrics in the order of the desk, grades best first, rules."""

    rubrics: tuple[Rubric, ...]
    grades: tuple[Grade, ...]
    rules: PanelRules

    def rubric(self, object_: str) -> Rubric | None:
        """The rubric of one object, or None."""
        return next((one for one in self.rubrics if one.object == object_), None)

    def grade_of(self, total: int) -> Grade:
        """The grade that a sheet total (0 to the rubric's most) falls into."""
        return next((grade for grade in self.grades if total >= grade.least), self.grades[-1])
