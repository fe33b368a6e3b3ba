"""`flask units`: the register of a year from a terminal."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from units.errors import TableHasFaults, UnknownYear
from units.register_importing import import_units
from units.years import year_of
from webapp.clock import clock
from webapp.commands.sessions import refuses_in_words, writing

group = click.Group("units", help="The register of assessed units.")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--year", type=int, help="The year; without it the latest.")
@click.option("--dry-run", is_flag=True, help="Check and count, write nothing.")
@click.option("--by", default="system", show_default=True, help="username of who acts")
@with_appcontext
@refuses_in_words
def import_(file: Path, year: int | None, dry_run: bool, by: str) -> None:
    """Read the units of a year from the XLSX in FILE; every wrong cell is named and then nothing is written."""
    with writing() as session:
        found = year_of(session, year)
        if found is None:
            raise UnknownYear(year or 0)
        try:
            done = import_units(session, found, file.name, file.read_bytes(), dry_run=dry_run, by=by, now=clock())
        except TableHasFaults as refusal:
            for fault in refusal.faults:
                click.echo(f"{fault.cell}: {fault.reason} {fault.value}".rstrip(), err=True)
            raise
        click.echo(f"{found.year}: {done.added} new, {done.changed} changed, {done.same} unchanged")
