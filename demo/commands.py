"""`flask demo …`: the demonstration loaded, a whole year simulated.

The modules behind the commands are imported when one runs: they bring numpy, scipy and pypinyin, which no web
worker needs, and this module is imported by every worker.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from database.transactions import reading
from demo.reading import LEAST_UNITS, STAGES
from webapp.extensions import house
from webapp.schema import bring_to_current

demo = AppGroup("demo", help="The demonstration: invented data on a reconstructed list of units.")

seed_option = click.option("--seed", default=2016, show_default=True, help="Another number, another year.")
names_option = click.option(
    "--names",
    type=click.Choice(["alias", "real"]),
    default="alias",
    show_default=True,
    help="alias: whatever is bad sits on sample units of neutral names; real: the seed draws on which.",
)
units_option = click.option(
    "--units",
    type=click.IntRange(min=LEAST_UNITS),
    default=None,
    help="Play a smaller city of so many units; without it all 101.",
)


@demo.command()
@seed_option
@names_option
@units_option
def load(seed: int, names: str, units: int | None) -> None:
    """Load 2015 archived and 2016 under way into an empty database; one that holds data keeps it."""
    from demo.loading import load_demonstration
    from demo.play import Choice
    from demo.simulating import AlreadyLoaded

    _bring_to_current()
    try:
        load_demonstration(house(), Choice(seed, names, units), now=datetime.now(UTC), tell=_teller())
    except AlreadyLoaded as loaded:
        click.echo(f"The database already holds {loaded.years}; nothing was changed.")
        return
    var = house().settings.var
    click.echo(f"Sign-in list: {var / 'demo-accounts.csv'}; sample codes: {var / 'demo-codes.csv'}")


@demo.command()
@seed_option
@names_option
@units_option
@click.option("--scale", default=1.0, show_default=True, type=click.FloatRange(0.001, 20), help="Times the answers.")
@click.option("--year", default=2016, show_default=True, type=click.IntRange(2015, 2099))
def simulate(seed: int, names: str, units: int | None, scale: float, year: int) -> None:
    """Play a whole YEAR on an empty database and say how well the order of units recovers the hidden truth."""
    from demo.play import Choice
    from demo.simulating import LEAST_TAU, AlreadyLoaded, simulate_year

    _bring_to_current()
    try:
        played = simulate_year(house(), Choice(seed, names, units), year=year, scale=scale, tell=_teller())
    except AlreadyLoaded as loaded:
        raise click.ClickException(
            f"The database already holds {loaded.years}; simulate needs an empty one."
        ) from None
    for code, digest in played.digests.items():
        click.echo(f"{code}: tally {digest}")
    click.echo(f"standings {played.year}: version {played.version}, digest {played.standings_digest}")
    click.echo(f"Hidden truth: {house().settings.var / 'demo-truth.json'}")
    click.echo(f"Kendall's tau between standings and hidden truth: {played.tau:.3f} (expected at least {LEAST_TAU})")
    if not played.tau >= LEAST_TAU:
        raise SystemExit(1)


@demo.command()
@click.argument("name", type=click.Choice(STAGES))
def stage(name: str) -> None:
    """Play the loaded year on to NAME; what is still open is finished first. There is no way back but a new load."""
    from demo.staging import NotLoaded, play_on

    try:
        play_on(house(), name, now=datetime.now(UTC), tell=_teller())
    except NotLoaded:
        raise click.ClickException("No demonstrated year is under way; run `flask demo load` first.") from None


@demo.command()
@seed_option
def keep(seed: int) -> None:
    """Play 2015 on an empty database and write it to demo/data/, to be restored by `flask demo load`.

    For maintainers, after a change of the schema.
    """
    from demo.kept_year import KEPT, keep_year
    from demo.play import Choice
    from demo.simulating import AlreadyLoaded, simulate_year

    _bring_to_current()
    try:
        simulate_year(house(), Choice(seed), year=2015, scale=1.0, tell=_teller(), archived=True)
    except AlreadyLoaded as loaded:
        raise click.ClickException(f"The database already holds {loaded.years}; keep needs an empty one.") from None
    with reading(house().sessions) as session:
        keep_year(session, KEPT)
    click.echo(f"{KEPT}: {KEPT.stat().st_size} bytes")


def _bring_to_current() -> None:
    bring_to_current(house().sessions.kw["bind"], house().box_sessions.kw["bind"])


def _teller() -> Callable[[str], None]:
    """A function that prints a line of progress with the seconds since the command began."""
    began = time.monotonic()
    return lambda line: click.echo(f"{time.monotonic() - began:6.1f} s  {line}")
