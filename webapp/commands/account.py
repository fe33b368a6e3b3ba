"""`flask account`: accounts from a terminal."""

import click
from flask.cli import with_appcontext

from accounts.making import Role, make_account, set_disabled, set_password
from accounts.passwords import new_password
from webapp.clock import clock
from webapp.commands.sessions import refuses_in_words, writing

group = click.Group("account", help="Accounts: make, password, disable, enable.")


def _role(text: str) -> Role:
    role, duty, scope = [*text.split(":"), "", ""][:3]
    return Role(role, duty, scope)


@group.command()
@click.argument("username")
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, help="role[:duty[:scope]], e.g. unit:head:U026")
@with_appcontext
@refuses_in_words
def make(username: str, name: str, roles: tuple[str, ...]) -> None:
    """Make the account USERNAME for NAME and print its first password."""
    password = new_password()
    with writing() as session:
        make_account(session, username, name, [_role(r) for r in roles], by="system", now=clock(), password=password)
    click.echo(f"{username}: first password {password}")


@group.command()
@click.argument("username")
@with_appcontext
@refuses_in_words
def password(username: str) -> None:
    """Give USERNAME a new first password, print it, and end all its sign-ins."""
    made = new_password()
    with writing() as session:
        set_password(session, username, made, by="system", now=clock(), must_change=True)
    click.echo(f"{username}: first password {made}")


@group.command()
@click.argument("username")
@with_appcontext
@refuses_in_words
def disable(username: str) -> None:
    """Disable USERNAME and end all its sign-ins."""
    with writing() as session:
        set_disabled(session, username, True, by="system", now=clock())
    click.echo(f"{username}: disabled")


@group.command()
@click.argument("username")
@with_appcontext
@refuses_in_words
def enable(username: str) -> None:
    """Enable USERNAME again."""
    with writing() as session:
        set_disabled(session, username, False, by="system", now=clock())
    click.echo(f"{username}: enabled")
