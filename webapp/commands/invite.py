"""`flask invite`: letters with codes, printed once."""

import click
from flask.cli import with_appcontext

from ballots.crockford import grouped
from surveys.fieldwork.inviting import invite as make_letters
from webapp.clock import clock
from webapp.commands.sessions import refuses_in_words, writing
from webapp.extensions import house


@click.command()
@click.argument("code")
@click.argument("door")
@click.argument("number", type=click.IntRange(1, 10_000))
@click.option("--by", default="system", show_default=True, help="username of who acts")
@with_appcontext
@refuses_in_words
def invite(code: str, door: str, number: int, by: str) -> None:
    """Make NUMBER letters for a DOOR of round CODE and print them as lines of letter, code and unit.

    Where the questionnaire is about one unit: so many for each unit. Codes are stored nowhere; keep what is printed.
    """
    with writing() as session:
        letters = make_letters(session, code, door, number, house().roll_keys, by=by, now=clock())
    for letter in letters:
        click.echo(f"{letter.number},{grouped(letter.code)},{letter.unit_code or ''}")
