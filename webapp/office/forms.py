"""Forms of the office's desk for rounds, approvals and the year."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DecimalField, FormField, IntegerField, RadioField, SelectField, StringField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from rounds.queries import RoundSheet
from tallies.disclosure import LEAST
from units.visibility import TIMES
from webapp.forms import DeskForm
from webapp.office.instants import InstantField
from webapp.words import office as words

MOST_RATERS = 1000
MOST_WEIGHT = 1000

_needed = InputRequired(_l("Fill this in."))


def _choices(names: Mapping[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(code, name) for code, name in names.items()]


class EmptyForm(DeskForm):
    """A form that holds its token alone: a button."""


class DecisionForm(DeskForm):
    """The second person's decision; the button that was pressed carries it."""

    decision = RadioField(choices=["approved", "refused"], validators=[InputRequired()])


class ReasonForm(DeskForm):
    """Why something is asked for."""

    reason = StringField(_l("Reason"), [_needed, Length(max=300)])


class CloseForm(DeskForm):
    """Closing a round, before its hour only where that is said."""

    early = BooleanField(_l("Close before the hour: whatever comes after this is refused"))


class DraftForm(DeskForm):
    """Titles and window of a draft."""

    title_zh = StringField(_l("Title in Chinese"), [_needed, Length(max=128)])
    title_en = StringField(_l("Title in English"), [_needed, Length(max=128)])
    opens_at = InstantField(_l("Opens"), [_needed])
    closes_at = InstantField(_l("Closes"), [_needed], description=_l("At this very minute it is closed."))


class WindowForm(DeskForm):
    """The window of a frozen or open round."""

    opens_at = InstantField(_l("Opens"), [_needed])
    closes_at = InstantField(_l("Closes"), [_needed], description=_l("An hour that has passed closes the round now."))

    def given(self) -> dict[str, Any]:
        """The window as an approval keeps it."""
        return {"opens_at": self.opens_at.data.isoformat(), "closes_at": self.closes_at.data.isoformat()}


def rules_form(sheet: RoundSheet, groups: Mapping[str, Any]) -> RulesForm:
    """The form of a draft's rules: thresholds always, and for a survey the weights of its groups.

    groups: code -> name, for those that the round weights.
    """
    class_ = type("RulesFormOfRound", (RulesForm,), {"weights": FormField(_weights(sheet, groups))} if groups else {})
    k = {**LEAST, **sheet.rules.get("k", {})}
    data = {name: k[name] for name in LEAST} | {
        "min_raters": sheet.rules.get("min_raters", 10),
        "weights": {code: Decimal(str(weight)) for code, weight in sheet.rules.get("weights", {}).items()},
    }
    form: RulesForm = class_(data=data)
    if sheet.line.kind != "survey":
        del form.min_raters
    return form


def _weights(sheet: RoundSheet, groups: Mapping[str, Any]) -> type[PlainForm]:
    limits = NumberRange(min=Decimal("0.001"), max=MOST_WEIGHT, message=_l("A number above 0."))
    fields = {
        code: DecimalField(groups[code], [_needed, limits], places=None, render_kw={"inputmode": "decimal"})
        for code in sheet.rules.get("weights", {})
    }
    return type("WeightsForm", (PlainForm,), fields)


class RulesForm(DeskForm):
    """Rules of a draft's count."""

    min_raters = IntegerField(
        _l("Fewest valid ratings of a unit in a group"),
        [_needed, NumberRange(min=1, max=MOST_RATERS)],
        description=_l("Below it the group is left out for this unit and its weight is shared out."),
    )
    public = IntegerField(_l("Fewest answers shown to the public"), [_needed, NumberRange(min=1, max=MOST_RATERS)])
    internal = IntegerField(_l("Fewest answers shown inside"), [_needed, NumberRange(min=1, max=MOST_RATERS)])
    guarded = IntegerField(
        _l("Fewest answers of leaders or delegates shown inside"),
        [_needed, NumberRange(min=1, max=MOST_RATERS)],
        description=_l("These three may be raised, never lowered."),
    )

    def given(self, rules: Mapping[str, Any]) -> dict[str, Any]:
        """The rules that differ from the round's own, as an approval keeps them."""
        wanted: dict[str, Any] = {"k": {name: self[name].data for name in LEAST}}
        if "min_raters" in self:
            wanted["min_raters"] = self.min_raters.data
        if "weights" in self:
            wanted["weights"] = {code: _plain(weight) for code, weight in self["weights"].data.items()}
        had = {"k": {**LEAST, **rules.get("k", {})}, "min_raters": rules.get("min_raters", 10)}
        had["weights"] = {code: _plain(Decimal(str(weight))) for code, weight in rules.get("weights", {}).items()}
        return {key: value for key, value in wanted.items() if value != had[key]}


def _plain(weight: Decimal) -> str:
    return f"{weight.normalize():f}"


class ShowingForm(DeskForm):
    """One cell of the table of who sees what when, and whether it is to be on."""

    item = SelectField(_l("What"), choices=_choices(words.ITEMS))
    time = SelectField(_l("When"), choices=_choices({time: words.YEAR_STAGES[time] for time in TIMES[2:]}))
    audience = SelectField(_l("To whom"), choices=_choices(words.AUDIENCES))
    shown = RadioField(
        _l("Shown or not"), choices=_choices({"yes": _l("Show"), "no": _l("Don't show")}), validators=[_needed]
    )


class ApproveStandingsForm(DeskForm):
    """The second person's approval of a version of the standings."""

    document_no = StringField(
        _l("Decided by (document number)"),
        [Length(max=64)],
        description=_l("The decision of the joint meeting or the standing committee, where there is one."),
    )
