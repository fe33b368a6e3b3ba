"""Forms of the agency desk; the sheet of a questionnaire has its own reading (`typed.py`)."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from webapp.forms import DeskForm


class BatchForm(DeskForm):
    """Through which door the forms of a new batch come."""

    door = SelectField(_l("Way in"), [InputRequired(_l("Choose a way in."))])

    def offer(self, doors: Iterable[tuple[str, str]]) -> None:
        """Offer doors: code and words."""
        self.door.choices = [SelectChoice(code, words) for code, words in doors]


class VoidForm(DeskForm):
    """Why a batch leaves the count."""

    reason = TextAreaField(
        _l("Reason"),
        [InputRequired(_l("A batch is voided only with a reason.")), Length(max=500)],
        description=_l("The forms are kept and the batch stays in the list as void; the auditor reads the reason."),
    )
