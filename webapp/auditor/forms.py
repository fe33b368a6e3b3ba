"""Forms of the auditor's desk."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from audit.looking import LONGEST_PURPOSE
from webapp.forms import DeskForm


class LookForm(DeskForm):
    """A look at something hidden: whose, and why."""

    whose = StringField(_l("Whose"), [InputRequired(_l("Say whose.")), Length(max=64)])
    page = IntegerField(_l("Page"), [Optional(), NumberRange(min=1, max=100_000)], default=1)
    purpose = TextAreaField(
        _l("Purpose"),
        [InputRequired(_l("Say why you look; the purpose is recorded with the look.")), Length(max=LONGEST_PURPOSE)],
        description=_l("At most 300 characters. It is recorded under your name before anything is shown."),
    )
