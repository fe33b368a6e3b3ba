"""How points came about, in a formula and a sentence."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from scoring.explain import Counted, Part
from tallies.measures import SAT_SCORE

SHORT_CATEGORIES = {
    "party": _l("Party"),
    "congress_judicial": _l("Congress, CPPCC, judicial"),
    "gov_general": _l("Government, general"),
    "gov_service": _l("Government, service"),
    "vertical": _l("Vertical"),
    "mass_party": _l("Mass bodies, parties"),
    "institution": _l("Institutions"),
}
GRADES = (
    _l("Very satisfied"),
    _l("Satisfied"),
    _l("Basically satisfied"),
    _l("Dissatisfied"),
    _l("Very dissatisfied"),
)

# Rule of scoring.points -> the sentence under the formula.
RULES: dict[str, LazyString] = {
    "sum": _l("The sum of what stands below it."),
    "rescaled": _l("Something below it doesn't apply to this unit; its points went to the rest."),
    "survey": _l(
        "First the mean of each group, then the mean of the groups by their weights. "
        "“Don't know” is left out of the mean."
    ),
    "panel_and_lead": _l("The panel's mean and the lead's own sheet, mixed by their shares."),
    "panel_alone": _l("The unit is the lead itself: its own sheet doesn't count, the panel stands alone."),
    "no_entry": _l("The unit has no published entry; that gives no points."),
    "entered": _l("Entered by the lead and confirmed by its head."),
    "own_row_mean": _l(
        "The unit is the lead itself and doesn't score itself: the mean of the other units of its category "
        "stands here."
    ),
    "own_row_substitute": _l("The unit is the lead itself: another lead scored it."),
    "own_row_unranked": _l("The unit is the lead itself and isn't scored; it is listed apart."),
    "not_applicable": _l("Doesn't apply to this unit, as approved before the assessment."),
    "not_applicable_mean": _l("Doesn't apply to this unit; the mean of its category stands here."),
    "full_marks": _l("Doesn't apply to this unit; full marks stand here."),
    "information": _l("For information; the points are given one level up."),
    "heading": _l("A heading; the points are given one level up."),
    "missing": _l("Something is missing, so there is no figure. It is never taken as 0."),
}


_UNGROUPED = _l("The mean of all valid answers. “Don't know” is left out of it.")


def rule_in_words(part: Part) -> str:
    """The sentence that explains a part; empty where it isn't shown."""
    if part.rule == "survey" and not any(_weighted(counted) for counted in part.counted):
        return str(_UNGROUPED)
    return str(RULES.get(part.rule, ""))


def _weighted(counted: Counted) -> bool:
    score = counted.whole(SAT_SCORE)
    return score is not None and bool(score.params.get("weights"))


def formula(part: Part) -> str:
    """A part's points as a line of arithmetic, or nothing where there is none."""
    if part.value is None:
        return ""
    told = _right_side(part)
    return f"{_number(part.value)} = {told}" if told else ""


def _right_side(part: Part) -> str:
    facts, most = part.facts, _number(part.most)
    if part.rule == "sum":
        return " + ".join(_number(child.value) for child in part.children if child.value is not None)
    if part.rule == "rescaled":
        return f"{facts['reached']} × {most} ÷ {_number(Decimal(facts['possible']))}"
    mean = _mean(part)
    if mean and "peers" in facts:
        share = Decimal(facts["peer_share"])
        mean = f"({_number(share)} × {facts['peers']} + {_number(1 - share)} × {mean})"
    return f"{most} × {mean} ÷ 100" if mean else ""


def _mean(part: Part) -> str:
    facts = part.facts
    if part.rule in ("survey", "information"):
        return str(facts["mean"])
    if part.rule == "panel_alone":
        return str(facts["panel"])
    if part.rule == "panel_and_lead":
        share = Decimal(facts["panel_share"])
        return f"({_number(share)} × {facts['panel']} + {_number(1 - share)} × {facts['lead']})"
    return ""


def _number(value: Decimal) -> str:
    """Without needless noughts where it is short, else with three places."""
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return f"{short:f}" if isinstance(exponent, int) and exponent >= -1 else f"{value:.3f}"
