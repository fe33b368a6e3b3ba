"""What audit refuses."""


class AuditError(Exception):
    """Base of all that audit refuses; webapp/words/auditor.py holds the words."""


class PurposeMissing(AuditError):
    """A look at names or raw answers needs a purpose."""
