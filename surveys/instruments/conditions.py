"""Skip conditions as trees that are evaluated over answers.

`surveys.instruments.parsing` makes them. Source: docs/rules.md, "Surveys", "Which questions are asked".
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol


@dataclass(slots=True)
class Answers:
    """What has been answered so far, as conditions see it.

    given: item id -> the chosen code, the chosen codes, or the text; unanswered items are absent.
    lowest: item or section id -> the least value given in it; "don't know" gives none.
    outer: the answers of the whole form, while these are the answers about one unit.
    own: the names that mean this unit alone: a section inside `foreach` and its items.
    """

    given: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    lowest: dict[str, Decimal] = field(default_factory=dict)
    outer: "Answers | None" = None
    own: frozenset[str] = frozenset()

    def of(self, name: str) -> str | tuple[str, ...] | None:
        """Return the answer to item `name`, of this unit first, else of the form."""
        if self.outer is None or name in self.own:
            return self.given.get(name)
        return self.outer.of(name)

    def least(self, name: str) -> Decimal | None:
        """Return the least value given in item or section `name`; None where no value was given."""
        if self.outer is None or name in self.own:
            return self.lowest.get(name)
        return self.outer.least(name)

    def note_value(self, value: Decimal, *names: str) -> None:
        """Take a graded answer into the least values of its item and section."""
        for name in names:
            known = self.lowest.get(name)
            if known is None or value < known:
                self.lowest[name] = value


class Condition(Protocol):
    """A node of a parsed condition."""

    def holds(self, answers: Answers) -> bool:
        """Tell whether the condition is true of these answers."""

    def names(self) -> Iterator[str]:
        """Yield the items and sections that the condition looks at."""


@dataclass(frozen=True, slots=True)
class Is:
    """`NAME == 'code'`: the item was answered with exactly this code."""

    name: str
    code: str

    def holds(self, answers: Answers) -> bool:
        """Tell whether the item's only answer is the code."""
        found = answers.of(self.name)
        return found == self.code or found == (self.code,)

    def names(self) -> Iterator[str]:
        """Yield the item's name."""
        yield self.name


@dataclass(frozen=True, slots=True)
class Contains:
    """`'code' in NAME`: the code is among the item's answers."""

    name: str
    code: str

    def holds(self, answers: Answers) -> bool:
        """Tell whether the code was chosen, alone or among others."""
        found = answers.of(self.name)
        return found == self.code if isinstance(found, str) else self.code in (found or ())

    def names(self) -> Iterator[str]:
        """Yield the item's name."""
        yield self.name


@dataclass(frozen=True, slots=True)
class Answered:
    """`answered(NAME)`: something was chosen or written; "don't know" is an answer, a blank is none."""

    name: str

    def holds(self, answers: Answers) -> bool:
        """Tell whether the item has an answer."""
        return bool(answers.of(self.name))

    def names(self) -> Iterator[str]:
        """Yield the item's name."""
        yield self.name


@dataclass(frozen=True, slots=True)
class CountAtLeast:
    """`count(NAME) >= N`: at least N options or units were chosen."""

    name: str
    number: int

    def holds(self, answers: Answers) -> bool:
        """Tell whether that many were chosen; one chosen code or a text counts as one."""
        found = answers.of(self.name)
        return (1 if isinstance(found, str) else len(found or ())) >= self.number

    def names(self) -> Iterator[str]:
        """Yield the item's name."""
        yield self.name


@dataclass(frozen=True, slots=True)
class LeastAtMost:
    """`min_score(NAME) <= N`: some value of the item or section is N or lower; false where no value was given."""

    name: str
    number: int

    def holds(self, answers: Answers) -> bool:
        """Tell whether the least value given is at most N."""
        least = answers.least(self.name)
        return least is not None and least <= self.number

    def names(self) -> Iterator[str]:
        """Yield the item's or section's name."""
        yield self.name


@dataclass(frozen=True, slots=True)
class Not:
    """`not ...`, and `NAME != 'code'`, which is `not NAME == 'code'`: true of an unanswered item too."""

    inner: Condition

    def holds(self, answers: Answers) -> bool:
        """Tell whether the inner condition is false."""
        return not self.inner.holds(answers)

    def names(self) -> Iterator[str]:
        """Yield the inner condition's names."""
        yield from self.inner.names()


@dataclass(frozen=True, slots=True)
class Every:
    """`... and ...`."""

    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        """Tell whether all parts are true."""
        return all(part.holds(answers) for part in self.parts)

    def names(self) -> Iterator[str]:
        """Yield the names of all parts."""
        for part in self.parts:
            yield from part.names()


@dataclass(frozen=True, slots=True)
class Either:
    """`... or ...`."""

    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        """Tell whether one part is true."""
        return any(part.holds(answers) for part in self.parts)

    def names(self) -> Iterator[str]:
        """Yield the names of all parts."""
        for part in self.parts:
            yield from part.names()
