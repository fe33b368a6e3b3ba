"""`flask round`: the life of a round from a terminal."""

from collections.abc import Callable
from typing import Any

import click
from flask.cli import with_appcontext

from rounds.instants import state_at
from rounds.life import close_round, freeze_round, open_round, publish_round, rounds_of, tally_round
from webapp.clock import clock
from webapp.commands.sessions import reading, refuses_in_words, writing
from webapp.extensions import house

group = click.Group("round", help="The life of rounds: list, freeze, open, close, tally, publish.")


def one_person(command: Callable[..., Any]) -> Callable[..., Any]:
    """Ask who acts."""
    return click.option("--by", default="system", show_default=True, help="username of who acts")(command)


def two_people(command: Callable[..., Any]) -> Callable[..., Any]:
    """Ask who acts and who approves: two people."""
    command = click.option("--approved-by", required=True, help="username of the second person")(command)
    return click.option("--by", required=True, help="username of who acts")(command)


@group.command("list")
@with_appcontext
def list_() -> None:
    """Print a line for each round: code, kind, state."""
    with reading() as session:
        for found in rounds_of(session):
            click.echo(f"{found.code}\t{found.kind}\t{state_at(found, clock())}")


@group.command()
@click.argument("code")
@two_people
@with_appcontext
@refuses_in_words
def freeze(code: str, by: str, approved_by: str) -> None:
    """Fix the instrument, rules and doors of round CODE."""
    with writing() as session:
        frozen = freeze_round(session, house().kinds, code, by=by, approved_by=approved_by, now=clock())
        click.echo(f"{code}: frozen, instrument {frozen.instrument_digest}")


@group.command("open")
@click.argument("code")
@two_people
@with_appcontext
@refuses_in_words
def open_(code: str, by: str, approved_by: str) -> None:
    """Open the frozen round CODE before its hour."""
    with writing() as session:
        open_round(session, code, by=by, approved_by=approved_by, now=clock())
    click.echo(f"{code}: open")


@group.command()
@click.argument("code")
@click.option("--early", is_flag=True, help="close before the closing hour")
@one_person
@with_appcontext
@refuses_in_words
def close(code: str, early: bool, by: str) -> None:
    """Close round CODE and print the root over what it fixes."""
    with writing() as session:
        closed = close_round(session, house().kinds, code, by=by, now=clock(), early=early)
    click.echo(f"{code}: {closed.accepted} accepted, root {closed.merkle_root}")


@group.command()
@click.argument("code")
@one_person
@with_appcontext
@refuses_in_words
def tally(code: str, by: str) -> None:
    """Count the closed round CODE and print the digest."""
    with writing() as session:
        tallied = tally_round(session, house().kinds, code, by=by, now=clock())
    click.echo(f"{code}: tally version {tallied.version}, digest {tallied.digest}")


@group.command()
@click.argument("code")
@click.option("--version", type=int, required=True, help="version of the tally")
@two_people
@with_appcontext
@refuses_in_words
def publish(code: str, version: int, by: str, approved_by: str) -> None:
    """Publish a version of the tally of round CODE."""
    with writing() as session:
        publish_round(session, code, version, by=by, approved_by=approved_by, now=clock())
    click.echo(f"{code}: version {version} published")


@click.command("recount")
@click.argument("code")
@with_appcontext
@refuses_in_words
def recount(code: str) -> None:
    """Count round CODE again from its rows; the digest must be the one that stands in the trail."""
    with writing() as session:
        tallied = tally_round(session, house().kinds, code, by="system", now=clock())
    click.echo(f"{code}: tally version {tallied.version}, digest {tallied.digest}")
