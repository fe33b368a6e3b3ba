"""Forms of the unit desk: text to domain values and back."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, FileField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from review.peers.ballot import LONGEST_COMMENT
from units.matters import LONGEST_RESULT
from units.papers import LONGEST_PAPER
from units.submissions import LONGEST
from webapp.forms import DeskForm
from webapp.words.entries import ENTRY_KINDS

_KINDS_HINT = _l("PDF, JPG, PNG, OFD, DOCX, WPS or XLSX; at most 20 MB in one go and 10 files in all.")


class HandingForm(DeskForm):
    """What all forms with files and several buttons share: the pressed button, the chosen files."""

    files = MultipleFileField(_l("Add files"), description=_KINDS_HINT)

    @property
    def act(self) -> str:
        """The pressed button: "save", "hand_in" …"""
        return request.form.get("act", "save")

    @property
    def removed(self) -> str:
        """The public id of a file to be taken away, or nothing."""
        return request.form.get("remove", "")

    def chosen(self) -> list[tuple[str, bytes]]:
        """Name and bytes of each chosen file."""
        return [(each.filename, each.read()) for each in self.files.data or () if each and each.filename]


class PaperForm(HandingForm):
    """A year plan or a self-assessment."""

    text = TextAreaField(_l("Text"), [Length(max=LONGEST_PAPER)], description=_l("At most 1,500 characters."))


class MatterForm(HandingForm):
    """The answer to an assigned matter."""

    result = TextAreaField(
        _l("Result"),
        [Length(max=LONGEST_RESULT)],
        description=_l("What was done, when, with which result. At most 500 characters."),
    )


def _area(label: Any, field: str, hint: Any) -> TextAreaField:
    return TextAreaField(label, [Optional(), Length(max=LONGEST[field])], description=hint)


class SubmissionForm(HandingForm):
    """An entry of innovation and excellence; a draft may be incomplete."""

    kind = RadioField(
        _l("Kind"),
        [InputRequired(_l("Choose a kind."))],
        choices=[SelectChoice(code, name) for code, name in ENTRY_KINDS.items()],
    )
    title = StringField(
        _l("Title"),
        [InputRequired(_l("Give the entry a title.")), Length(max=LONGEST["title"])],
        description=_l("At most 80 characters."),
    )
    period = StringField(
        _l("Period"),
        [Optional(), Length(max=LONGEST["period"])],
        description=_l("For example: March to November"),
    )
    problem = _area(_l("Background and problem"), "problem", _l("At most 300 characters."))
    actions = _area(_l("What was done"), "actions", _l("At most 800 characters."))
    result = _area(
        _l("Results achieved"), "result", _l("With figures, their source and date. At most 500 characters.")
    )
    beneficiaries = _area(_l("Who benefits"), "beneficiaries", _l("At most 200 characters."))
    used_elsewhere = _area(_l("Used elsewhere"), "used_elsewhere", _l("May stay empty. At most 200 characters."))
    secrecy_checked = BooleanField(
        _l("We have checked that text and files hold no state secret and nothing for internal use only.")
    )

    def fields(self) -> dict[str, str]:
        """The texts by their names in the domain."""
        return {name: self[name].data or "" for name in LONGEST}


class CommentForm(DeskForm):
    """One suggestion to another unit."""

    comment = StringField(
        _l("One suggestion for this unit"),
        [Optional(), Length(max=LONGEST_COMMENT)],
        description=_l("May stay empty. At most 200 characters; kept apart from the grades."),
    )


class ScanForm(DeskForm):
    """The scan of a printed form that the head signed and stamped."""

    scan = FileField(_l("Scan of the signed and stamped form"), description=_l("PDF, JPG or PNG, at most 20 MB."))

    def content(self) -> tuple[str, bytes]:
        """Name and bytes of the scan; an empty name where none was chosen."""
        file = self.scan.data
        return (file.filename, file.read()) if file and file.filename else ("", b"")
