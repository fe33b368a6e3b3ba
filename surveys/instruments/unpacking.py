"""The bytes of a response back to the codes that were chosen, for exports and for checking."""

from typing import Any

import numpy as np

from surveys.instruments.compiling import Plan, Step, Steps
from surveys.instruments.layout import OUTCOME


def unpack(plan: Plan, packed: bytes) -> dict[str, list[str]]:
    """Return the graded answers of one response by field name, as they were posted.

    Unanswered fields are absent. Texts are not part of a response. Raises ValueError on a wrong length.
    """
    if len(packed) != plan.size:
        raise ValueError(f"{len(packed)} bytes instead of {plan.size}")
    found = np.frombuffer(packed, dtype=plan.record)[0]
    codes = tuple(plan.units)
    answers: dict[str, list[str]] = {}
    for steps in (*plan.sections, plan.closing):
        slots = _slots(steps, found, answers)
        for unit, record in slots:
            for step in steps.steps:
                if step.kind != "text" and step.about_text is None:
                    _read(step, record[step.id], unit, codes, answers)
    return answers


def outcome_of(plan: Plan, packed: bytes) -> str | None:
    """Return how a response ended early, or None where it is complete."""
    ended = int(np.frombuffer(packed, dtype=plan.record)[0][OUTCOME])
    return plan.outcomes[ended - 1] if ended else None


def preset_of(plan: Plan, packed: bytes) -> str | None:
    """Return the unit that the right or the sample row fixed, or None where the form fixes none."""
    if plan.preset_at is None:
        return None
    index = int.from_bytes(packed[plan.preset_at : plan.preset_at + 2], "little")
    return tuple(plan.units)[index - 1] if index else None


def _slots(steps: Steps, found: Any, answers: dict[str, list[str]]) -> list[tuple[str | None, Any]]:
    if steps.foreach is None:
        return [(None, found)]
    return [(unit, found[steps.name][slot]) for slot, unit in enumerate(answers.get(steps.foreach, ()))]


def _read(step: Step, value: Any, unit: str | None, codes: tuple[str, ...], answers: dict[str, list[str]]) -> None:
    options = tuple(step.choices)
    if step.kind == "block":
        for index, grade in value:
            if grade:
                answers[step.names[codes[index - 1]]] = [options[grade - 1]]
    elif step.kind == "all":
        for code, grade in zip(codes, value, strict=True):
            if grade:
                answers[step.names[code]] = [options[grade - 1]]
    elif step.kind == "units":
        chosen = [codes[index - 1] for index in value if index]
        answers.update({step.id: chosen} if chosen else {})
    else:
        bits = int(value) if step.kind == "several" else 1 << int(value) >> 1
        chosen = [code for place, code in enumerate(options) if bits >> place & 1]
        answers.update({step.id if unit is None else step.names[unit]: chosen} if chosen else {})
