"""The base of every desk's form: from text to domain values and back, and refusals in words beside what was typed."""

from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm

from webapp.errors import WORDS, words
from webapp.extensions import db


class DeskForm(FlaskForm):
    """A form of a desk; `form_errors` holds what belongs to no single field."""

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
