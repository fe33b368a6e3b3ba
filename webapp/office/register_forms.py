"""Forms of the office's desk for units, accounts, verification and uploaded tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Regexp

from units.errors import CellFault, TableHasFaults
from units.register import LONGEST
from units.verification import LONGEST_REMARK
from webapp.extensions import db
from webapp.forms import DeskForm
from webapp.words.categories import CATEGORIES

_needed = InputRequired(_l("Fill this in."))


def choices(names: Mapping[str, Any]) -> list[SelectChoice]:
    """Codes and their names as the choices of a field."""
    return [SelectChoice(code, name) for code, name in names.items()]


class VerifyForm(DeskForm):
    """What the office decides on an entry; the button that was pressed carries the act."""

    act = RadioField(
        choices=["return", "verify", "verify_with_remark", "reject", "publish"], validators=[InputRequired()]
    )
    remark = TextAreaField(
        _l("Remark"),
        [Length(max=LONGEST_REMARK)],
        description=_l("The unit reads it. Needed for all but a plain verification; at most 500 characters."),
    )


class VisibilityForm(DeskForm):
    """Whether something is public; the button that was pressed carries it."""

    visibility = RadioField(choices=["internal", "public"], validators=[InputRequired()])


class TableForm(DeskForm):
    """An uploaded table; it is only checked unless the second button was pressed."""

    table = FileField(_l("Table (XLSX)"), [FileRequired(_l("Choose a file."))])
    way = RadioField(choices=["check", "load"], validators=[InputRequired()])
    faults: Sequence[CellFault] = ()

    def loads(self, load: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run an import of the table and return what it did, or None with its faults and words in the form."""
        done: list[Any] = []

        def run() -> None:
            name, content = self.table.data.filename or "", self.table.data.read()
            try:
                done.append(load(db.session(), *args, name, content, dry_run=self.way.data == "check", **kwargs))
            except TableHasFaults as refusal:
                self.faults = refusal.faults
                raise

        self.accepts(run)
        return done[0] if done else None


class UnitForm(DeskForm):
    """A unit's entry in the register."""

    name_zh = StringField(_l("Full name"), [_needed, Length(max=LONGEST["name_zh"])])
    short_name_zh = StringField(_l("Short name"), [_needed, Length(max=LONGEST["short_name_zh"])])
    name_en = StringField(_l("English name"), [_needed, Length(max=LONGEST["name_en"])])
    category = SelectField(_l("Category"), choices=choices(CATEGORIES))
    position = IntegerField(_l("Place in protocol order"), [_needed, NumberRange(min=1, max=9999)])
    ranked = BooleanField(_l("Ranked with the others"))
    topics = StringField(
        _l("Matters that people come for"),
        [Length(max=500)],
        description=_l("Parted by “；”, at most 32 characters each."),
    )
    functions_zh = TextAreaField(_l("Functions"), [Length(max=10_000)])
    functions_en = TextAreaField(_l("Functions in English"), [Length(max=10_000)])
    internal_bodies_zh = TextAreaField(_l("Internal bodies"), [Length(max=5_000)])
    staffing = StringField(_l("Staffing"), [Length(max=LONGEST["staffing"])])
    document_no = StringField(_l("Document number"), [Length(max=LONGEST["document_no"])])

    def fields_of_register(self) -> dict[str, Any]:
        """What was typed, as the register takes it."""
        numbers = {"position": self.position.data, "ranked": self.ranked.data}
        texts = {
            name: (value or "").strip() for name, value in self.data.items() if name not in (*numbers, "csrf_token")
        }
        topics = [topic.strip() for topic in texts["topics"].replace(";", "；").split("；")]
        return {**texts, **numbers, "topics": [topic for topic in topics if topic]}


DESK_ROLES = {
    "unit:officer": _l("Unit: liaison officer"),
    "unit:head": _l("Unit: head"),
    "lead:officer": _l("Lead department: officer"),
    "lead:head": _l("Lead department: head"),
    "expert:": _l("Expert"),
    "agency:": _l("Survey agency"),
    "interviewer:": _l("Interviewer"),
}
_CODE = Regexp(r"[A-Z][A-Z0-9]{1,7}\Z", message=_l("A unit's or a lead's code, for example U026 or BB."))


class RoleForm(DeskForm):
    """One role: what, and for whom."""

    role = SelectField(_l("Role"), choices=choices(DESK_ROLES))
    scope = StringField(
        _l("For whom"),
        [Length(max=16)],
        description=_l("The unit's code (for an expert: of the unit that recommends), or the lead's; else empty."),
    )

    def validate_scope(self, field: StringField) -> None:
        """A role of units, leads and experts is held for one of them; the others for nobody."""
        if self.role.data in ("agency:", "interviewer:"):
            field.data = ""
        else:
            _CODE(self, field)


class AccountForm(RoleForm):
    """A new account with its first role."""

    username = StringField(
        _l("Username"),
        [_needed, Regexp(r"[a-z][a-z0-9-]{2,39}\Z", message=_l("3 to 40 small letters, digits and hyphens."))],
    )
    name = StringField(_l("Name"), [_needed, Length(max=128)])


class HandOverForm(DeskForm):
    """Handing an account's roles over."""

    to = StringField(_l("To the account (username)"), [_needed, Length(max=64)])
    reason = StringField(_l("Reason"), [_needed, Length(max=300)])
