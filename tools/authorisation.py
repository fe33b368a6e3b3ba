"""Write docs/authorisation.md, the table of who may enter where, from `webapp/access.py`."""

from pathlib import Path

from flask import Flask

from webapp.access import ACCESS, Gate

TARGET = Path(__file__).resolve().parent.parent / "docs" / "authorisation.md"


def _who(gate: Gate) -> str:
    if gate.everybody:
        return "everybody"
    if gate.signed_in:
        return "whoever is signed in"
    return ", ".join(role + (f" ({', '.join(duties)})" if duties else "") for role, duties in gate.roles)


def document(app: Flask) -> str:
    """The document: a line for each address and method."""
    lines = ["# Who may enter where", "", "Made from `webapp/access.py` by `tools/authorisation.py`.", ""]
    lines += ["| address | method | who |", "| --- | --- | --- |"]
    for rule in sorted(app.url_map.iter_rules(), key=lambda r: (r.rule, r.endpoint)):
        methods = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        lines.append(f"| `{rule.rule}` | {methods} | {_who(ACCESS[rule.endpoint])} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    from wsgi import app

    TARGET.write_text(document(app))
