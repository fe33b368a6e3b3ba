"""Forms of the lead desk: text to domain values and back."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Regexp

from scoring.entries import LONGEST_BASIS, LONGEST_REASON, Entry
from scoring.lead_desk import LeadDesk
from webapp.forms import DeskForm
from webapp.language import either


def _content(field: FileField) -> tuple[str, bytes]:
    sent = field.data
    return (sent.filename, sent.read()) if sent and sent.filename else ("", b"")


class UploadForm(DeskForm):
    """A filled-in table."""

    file = FileField(
        _l("Table of points"), description=_l("XLSX, made from the template on this page, at most 5 MB.")
    )

    def content(self) -> tuple[str, bytes]:
        """Name and bytes of the table; an empty name where none was chosen."""
        return _content(self.file)


class PaperForm(DeskForm):
    """The scan of a form that a head signed who never signs in."""

    signed_by = StringField(_l("Signed by"), [InputRequired(_l("Name the person who signed.")), Length(max=32)])
    scan = FileField(_l("Scan of the signed and stamped form"), description=_l("PDF, JPG or PNG, at most 20 MB."))

    def content(self) -> tuple[str, bytes]:
        """Name and bytes of the scan; an empty name where none was chosen."""
        return _content(self.scan)


class ReturnForm(DeskForm):
    """Why the head gives the entries back."""

    why = StringField(_l("What is to be changed"), [InputRequired(_l("Say what is to be changed.")), Length(max=200)])


class CorrectionForm(DeskForm):
    """One cell of the confirmed entries, corrected."""

    unit = SelectField(_l("Unit"))
    item = SelectField(_l("Indicator"))
    points = StringField(
        _l("Points entered"),
        [Regexp(r"^[0-9]{1,4}(\.[0-9]{1,3})?$", message=_l("Give the points as a number, for example 5.5."))],
    )
    reason = TextAreaField(
        _l("Reason of the deduction"),
        [Length(max=LONGEST_REASON)],
        description=_l("Needed below full marks. Nothing secret: write “kept by the lead for inspection” instead."),
    )
    basis = StringField(
        _l("Basis (document number)"), [Length(max=LONGEST_BASIS)], description=_l("Needed below full marks.")
    )
    why = TextAreaField(_l("Why it is corrected"), [InputRequired(_l("Say why it is corrected.")), Length(max=500)])

    @classmethod
    def of(cls, desk: LeadDesk) -> CorrectionForm:
        """The form with the units and items that this lead scores."""
        form = cls()
        open_lines = [line for line in desk.lines if any(cell.asks == "points" for cell in line.cells)]
        form.unit.choices = [
            (line.unit.code, f"{line.unit.code} {either(line.unit.short_name_zh, line.unit.name_en)}")
            for line in open_lines
        ]
        form.item.choices = [(item.code, either(item.name_zh, item.name_en)) for item in desk.sheet.items]
        return form

    def entry(self) -> Entry:
        """The cell as entered."""
        points = Decimal(self.points.data or "")
        return Entry(self.item.data, self.unit.data, points, self.reason.data or "", self.basis.data or "")
