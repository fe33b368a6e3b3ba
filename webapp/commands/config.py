"""`flask check-config`: whether this installation is set up as it should be."""

import click
from flask.cli import with_appcontext
from sqlalchemy import text

from webapp.commands.sessions import reading
from webapp.extensions import house


@click.command("check-config")
@with_appcontext
def check_config() -> None:
    """Check the settings and the databases; print what is wrong and exit with 1."""
    settings = house().settings
    wrong = []
    with reading() as session:
        session.execute(text("SELECT 1"))
    if not settings.on_loopback and not settings.secure:
        wrong.append("PINGYI_TLS is not 1: desks would be reached over plain http.")
    if not settings.on_loopback and not settings.trusted_hosts:
        wrong.append("PINGYI_TRUSTED_HOSTS is empty: links could be made to name a foreign host.")
    for line in wrong:
        click.echo(line)
    if wrong:
        raise SystemExit(1)
    click.echo("settings and databases are in order")
