"""${message}."""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade(engine_name: str) -> None:
    """Go one version up in one of the two databases."""
    {"main": _upgrade_main, "box": _upgrade_box}[engine_name]()


def downgrade(engine_name: str) -> None:
    """Go one version down in one of the two databases."""
    {"main": _downgrade_main, "box": _downgrade_box}[engine_name]()

% for name in ("main", "box"):

def _upgrade_${name}() -> None:
    ${context.get(f"{name}_upgrades", "pass")}


def _downgrade_${name}() -> None:
    ${context.get(f"{name}_downgrades", "pass")}

% endfor
