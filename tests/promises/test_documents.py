"""Every setting and every command stands in the docs."""

import re
from pathlib import Path

import click

ROOT = Path(__file__).parents[2]


def settings():
    """Every name that config.py or gunicorn.conf.py asks the environment for."""
    from config import SITE

    text = (ROOT / "config.py").read_text() + (ROOT / "gunicorn.conf.py").read_text()
    names = set(re.findall(r'"((?:PINGYI_[A-Z_]+|DATABASE_URL|SECRET_KEY|HOST|PORT))"', text))
    return names | {f"PINGYI_{name}" for name in SITE}


def commands(group, before=""):
    """Every command of the application as it is typed, Flask's own left out."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def test_every_setting_is_documented():
    told = (ROOT / "docs" / "settings.md").read_text()
    example = (ROOT / ".env.example").read_text()
    assert sorted(name for name in settings() if f"`{name}`" not in told) == []
    assert sorted(name for name in settings() if name not in example) == []


def test_every_command_is_documented_and_helps():
    from wsgi import app

    told = (ROOT / "docs" / "commands.md").read_text()
    ours = [name for name in commands(app.cli) if name.split()[0] not in ("db", "limiter")]
    assert sorted(name for name in ours if f"`flask {name}" not in told) == []
    assert "round freeze" in ours
