"""The forms of a desk of sheets: from text to marks and back."""

import re
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import NumberInput

from review.panel.casting import LONGEST_NOTE, Entered
from review.panel.marks import EMPTY, UNABLE, Mark, points
from review.panel.queries import SheetList, UnitLine
from review.rubrics.rubric import Criterion, Rubric
from webapp.forms import DeskForm
from webapp.language import either

WHOLE = re.compile(r"[0-9]{1,3}")
LONGEST_REASON = 200


class PointsField(IntegerField):
    """Whole points from 0 to the most of a criterion; empty is None. Only ASCII digits are taken."""

    def __init__(self, criterion: Criterion, **kwargs: Any) -> None:
        label = either(criterion.title.zh, criterion.title.en)
        super().__init__(label, widget=NumberInput(min=0, max=criterion.points, step=1), **kwargs)
        self.most = criterion.points

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; raises ValueError in words."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = int(text) if WHOLE.fullmatch(text) else None
        if text and (self.data is None or self.data > self.most):
            raise ValueError(_("Whole points from 0 to %(most)s", most=self.most))


class SheetForm(DeskForm):
    """One sheet: points and "can't judge" for each criterion, and the private note."""

    rubric: Rubric
    note = StringField(_l("Private note"), validators=[Length(max=LONGEST_NOTE)])

    @classmethod
    def of(cls, rubric: Rubric, line: UnitLine, *, only: str | None = None) -> "SheetForm":
        """The form of a rubric, filled from a line's sheet.

        only: the one criterion, or `note`, that was sent; the other fields are then left out.
        """
        marks = line.sheets[rubric.object].marks
        fields: dict[str, Any] = {"rubric": rubric}
        values: dict[str, Any] = {"note": line.note}
        for criterion in rubric.criteria:
            fields[criterion.code] = PointsField(criterion)
            fields[_unable(criterion.code)] = BooleanField(either(criterion.title.zh, criterion.title.en))
            values[criterion.code] = marks[criterion.code].points
            values[_unable(criterion.code)] = marks[criterion.code] == UNABLE
        form: SheetForm = type("SheetForm", (cls,), fields)(data=values)
        if only:
            for name in {"note", *values} - {only, _unable(only)}:
                del form[name]
        return form

    def unable(self, code: str) -> BooleanField:
        """The field "can't judge" of a criterion."""
        return cast("BooleanField", self[_unable(code)])

    @property
    def any_unable(self) -> bool:
        """Whether "can't judge" is ticked anywhere."""
        return any(self.unable(criterion.code).data for criterion in self.rubric.criteria if criterion.code in self)

    def entered(self, unit_code: str) -> list[Entered]:
        """The marks that were typed, for the criteria that the form holds."""
        return [
            Entered(unit_code, self.rubric.object, criterion.code, self._mark(criterion.code))
            for criterion in self.rubric.criteria
            if criterion.code in self
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse points beside "can't judge"."""
        valid = super().validate(extra_validators)
        for criterion in self.rubric.criteria:
            if criterion.code in self and self.unable(criterion.code).data and self[criterion.code].data is not None:
                said = _("Either points or “can't judge”, not both")
                self[criterion.code].errors = [*self[criterion.code].errors, said]
                valid = False
        return bool(valid)

    def _mark(self, code: str) -> Mark:
        if self.unable(code).data:
            return UNABLE
        typed = self[code].data
        return EMPTY if typed is None else points(typed)


def _unable(code: str) -> str:
    return f"unable_{code}"


class ConflictForm(DeskForm):
    """A conflict of interest: with which unit, and why."""

    unit = SelectField(_l("Unit"))
    reason = TextAreaField(
        _l("Reason"),
        validators=[DataRequired(_l("Give the reason in words.")), Length(max=LONGEST_REASON)],
    )

    @classmethod
    def over(cls, listed: SheetList, *, unit: str | None = None) -> "ConflictForm":
        """The form over the units that are on a list."""
        form = cls(unit=unit)
        form.unit.choices = [SelectChoice(line.code, either(line.name_zh, line.name_en)) for line in listed.lines]
        return form


class SealForm(DeskForm):
    """The confirmation of sealing."""

    sure = BooleanField(
        _l("I have checked my scores and seal them."),
        validators=[InputRequired(_l("Tick this to seal."))],
    )
