"""Sessions and refusals of commands."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import click
from sqlalchemy.orm import Session

from database import transactions
from webapp.errors import WORDS, words
from webapp.extensions import house


@contextmanager
def writing() -> Iterator[Session]:
    """A session in one transaction of the current application."""
    with house().writing() as session:
        yield session


@contextmanager
def reading() -> Iterator[Session]:
    """A session that cannot write."""
    with transactions.reading(house().sessions) as session:
        yield session


def refuses_in_words(command: Callable[..., Any]) -> Callable[..., Any]:
    """Print a domain refusal as one line and exit with 1, instead of a trace."""

    @wraps(command)
    def in_words(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except tuple(WORDS) as refusal:
            raise click.ClickException(words(refusal).text) from None

    return in_words
