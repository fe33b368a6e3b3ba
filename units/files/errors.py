"""Why a file is refused: facts only; webapp/words/units.py says them."""

from __future__ import annotations

from dataclasses import dataclass


class FileError(Exception):
    """Base of all that units/files refuses."""


@dataclass
class FileEmpty(FileError):
    """The file holds no bytes."""

    name: str


@dataclass
class FileTooLarge(FileError):
    """The file holds more than `most` bytes."""

    name: str
    most_mb: int


@dataclass
class FileKindRefused(FileError):
    """The ending is not on the list of kinds."""

    name: str
    allowed: str


@dataclass
class FileNotWhatItSays(FileError):
    """Ending, first bytes and contents of the file disagree."""

    name: str
    kind: str


@dataclass
class FilePacksTooMuch(FileError):
    """The directory of an office file names more entries or bytes than a reader may be asked to unpack."""

    name: str


@dataclass
class FileHoldsCode(FileError):
    """An office file holds macros, or XML with a document type."""

    name: str


@dataclass
class FileTakesTooLong(FileError):
    """A PDF took more time or memory to draw than it may."""

    name: str
