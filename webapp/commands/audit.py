"""`flask audit`: checking the trail."""

import click
from flask.cli import with_appcontext

from audit.verifying import head_of
from webapp.commands.sessions import reading
from webapp.extensions import house
from webapp.verifying import verify_all

group = click.Group("audit", help="The audit trail.")


@group.command()
@with_appcontext
def verify() -> None:
    """Check chain, frozen documents, closed answers and tallies; name what was altered and exit with 1."""
    with reading() as session:
        faults = list(verify_all(session, house().storage, house().kinds))
        head = head_of(session)
    for fault in faults:
        click.echo(f"{fault.place}: {fault.reason}")
    if faults:
        raise SystemExit(1)
    click.echo(f"all as recorded; head {head.line()}")
