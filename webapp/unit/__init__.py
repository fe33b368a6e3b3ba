"""The unit desk: what a unit hands in, its mutual evaluation, its own result."""

from webapp.unit import confirmation, files, matters, papers, peers, result, submissions
from webapp.unit.desk import unit

__all__ = ["confirmation", "files", "matters", "papers", "peers", "result", "submissions", "unit"]
