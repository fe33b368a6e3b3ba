"""The frozen form of a rubric set: canonical bytes, and back."""

import json
from dataclasses import asdict
from typing import Any

from database.canonical import canonical
from review.rubrics.rubric import (
    Band,
    Criterion,
    Grade,
    PanelRules,
    ReadingNote,
    Rubric,
    RubricSet,
    Words,
)


def frozen_bytes(rubrics: RubricSet) -> bytes:
    """The canonical bytes that a round keeps; `thawed` gives the equal set back."""
    return canonical(asdict(rubrics))


def thawed(data: bytes) -> RubricSet:
    """The rubric set that `frozen_bytes` wrote."""
    raw: dict[str, Any] = json.loads(data)
    return RubricSet(
        rubrics=tuple(_rubric(one) for one in raw["rubrics"]),
        grades=tuple(Grade(one["code"], Words(**one["title"]), one["least"]) for one in raw["grades"]),
        rules=PanelRules(**raw["rules"]),
    )


def _rubric(raw: dict[str, Any]) -> Rubric:
    return Rubric(
        object=raw["object"],
        indicator=raw["indicator"],
        title=Words(**raw["title"]),
        most=raw["most"],
        criteria=tuple(_criterion(one) for one in raw["criteria"]),
        notes=tuple(ReadingNote(one["type"], Words(**one["text"])) for one in raw["notes"]),
    )


def _criterion(raw: dict[str, Any]) -> Criterion:
    return Criterion(
        code=raw["code"],
        title=Words(**raw["title"]),
        points=raw["points"],
        question=Words(**raw["question"]),
        bands=tuple(Band(one["least"], one["most"], Words(**one["anchor"])) for one in raw["bands"]),
    )
