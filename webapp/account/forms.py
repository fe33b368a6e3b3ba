"""Forms for signing in and for one's own password."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from accounts.errors import AccountsError
from webapp.errors import words
from webapp.forms import DeskForm


class SignInForm(DeskForm):
    """Username and password."""

    username = StringField(
        _l("Username"),
        [InputRequired(_l("Enter the username.")), Length(max=64)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Enter the password.")), Length(max=128)],
        render_kw={"autocomplete": "current-password"},
    )

    def accepts_outside(self, check: Callable[[], object]) -> bool:
        """Like `accepts`, but what the check wrote stays even when it refuses: refusals are counted."""
        try:
            check()
        except AccountsError as refusal:
            self.form_errors.append(words(refusal).text)
            return False
        return True


class PasswordForm(DeskForm):
    """The old password and the new one twice."""

    old = PasswordField(
        _l("Present password"),
        [InputRequired(_l("Enter the present password.")), Length(max=128)],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        _l("New password"),
        [InputRequired(_l("Enter a new password.")), Length(max=128)],
        description=_l("At least 10 characters, not a common word, without the username."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("New password again"),
        [EqualTo("new", _l("The two new passwords differ."))],
        render_kw={"autocomplete": "new-password"},
    )

    def refuse_old(self) -> None:
        """Say that the present password is wrong."""
        self.old.errors = [*self.old.errors, _("This isn't the present password.")]
