"""The base of every desk's form: from text to domain values and back, and refusals in words beside what was typed."""

from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField

from webapp.clean_text import clean_text
from webapp.errors import WORDS, words
from webapp.extensions import db


class DeskForm(FlaskForm):
    """A form of a desk; `form_errors` holds what belongs to no single field. Text is cleaned before it is checked."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """How the fields of a desk's form are made."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Clean what is typed into every text field; passwords are taken as they are."""
            kind = unbound_field.field_class
            if issubclass(kind, StringField) and not issubclass(kind, PasswordField):
                options["filters"] = [_cleaned, *unbound_field.kwargs.get("filters", ())]
            return unbound_field.bind(form=form, **options)

    def accepts(self, act: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Carry a domain act out in a savepoint; on its refusal say so in the form and return False.

        Only errors with words are taken as refusals; everything else is a fault and goes on.
        """
        try:
            with db.session.begin_nested():
                act(*args, **kwargs)
        except tuple(WORDS) as refusal:
            self.form_errors.append(words(refusal).text)
            return False
        return True


def _cleaned(typed: Any) -> Any:
    return clean_text(typed) if isinstance(typed, str) else typed
