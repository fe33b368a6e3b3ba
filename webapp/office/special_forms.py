"""The form of one addition or deduction."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from scoring.specials import SpecialItem
from units.register import RegisterLine
from webapp.forms import DeskForm
from webapp.language import either

_needed = InputRequired(_l("Fill this in."))
MOST = Decimal(100)


class SpecialForm(DeskForm):
    """One addition or deduction: to whom, under which item, how much, what happened, by which document."""

    unit = SelectField(_l("Unit"))
    item = SelectField(_l("Special item"))
    direction = SelectField(
        _l("Added or deducted"),
        choices=[
            SelectChoice("", _l("as the item says")),
            SelectChoice("bonus", _l("added")),
            SelectChoice("deduction", _l("deducted")),
        ],
    )
    points = DecimalField(
        _l("Points"),
        [_needed, NumberRange(min=Decimal("0.001"), max=MOST, message=_l("A number above 0."))],
        places=None,
        render_kw={"inputmode": "decimal"},
    )
    matter = StringField(
        _l("Matter"), [_needed, Length(max=200)], description=_l("One matter counts once, at the highest level.")
    )
    document_no = StringField(_l("Document number"), [_needed, Length(max=64)])
    remark = StringField(_l("Note"), [Length(max=300)])

    def validate_points(self, field: DecimalField) -> None:
        """Three decimals are kept, no more."""
        if not field.errors and field.data * 1000 % 1:
            raise ValidationError(str(_l("Give at most three decimals.")))


def special_form(units: Sequence[RegisterLine], items: Sequence[SpecialItem]) -> SpecialForm:
    """The form with the year's units and items to choose from."""
    form = SpecialForm()
    form.unit.choices = [SelectChoice(unit.code, either(unit.short_name_zh, unit.name_en)) for unit in units]
    form.item.choices = [
        SelectChoice(item.code, f"{either(item.name_zh, item.name_en)} (≤ {item.most.normalize():f})")
        for item in items
    ]
    return form
