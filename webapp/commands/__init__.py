"""The `flask` commands: each parses, calls one act or read, and prints what an operator writes down."""

from flask import Flask

from webapp.commands import account, audit, backup, config, invite, round_, units


def init_commands(app: Flask) -> None:
    """Register every command of the web's own; those of `demo` are registered by wsgi.py."""
    groups = (account.group, audit.group, round_.group, units.group)
    for command in (*groups, config.check_config, backup.backup, backup.restore_, invite.invite, round_.recount):
        app.cli.add_command(command)
