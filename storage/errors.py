"""What storage refuses."""

from dataclasses import dataclass


class StorageError(Exception):
    """Base of all that storage refuses."""


@dataclass
class FileMissing(StorageError):
    """No unaltered file is kept under this hash."""

    key: str
