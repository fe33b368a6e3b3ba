"""The auditor's desk: what was recorded, whether it still stands so, and looks that are recorded themselves."""

from webapp.auditor import looks, proofs, trail
from webapp.auditor.desk import auditor

__all__ = ["auditor", "looks", "proofs", "trail"]
