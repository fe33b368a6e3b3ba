"""Skip conditions: a small grammar, parsed to a tree and evaluated over answers; never handed to `eval`.

    condition  = conjunct { "or" conjunct }
    conjunct   = negation { "and" negation }
    negation   = "not" negation | "(" condition ")" | test
    test       = NAME "==" 'code' | NAME "!=" 'code' | 'code' "in" NAME
               | "answered" "(" NAME ")" | "count" "(" NAME ")" ">=" N | "min_score" "(" NAME ")" "<=" N

Source: docs/rules.md, "Surveys", "Which questions are asked".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NoReturn, Protocol

from surveys.instruments.errors import BadCondition

LONGEST = 500
"""Characters a condition may have."""
DEEPEST = 20
"""Levels of `not` and parentheses; keeps the recursion shallow."""

_TOKEN = re.compile(r"(==|!=|>=|<=|[()])|'([A-Za-z0-9_]+)'|([A-Za-z_][A-Za-z0-9_]*)|([0-9]{1,9})(?![A-Za-z0-9_])")
_WORDS = frozenset({"and", "or", "not", "in"})


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
class Any:
    """`... or ...`."""

    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        """Tell whether one part is true."""
        return any(part.holds(answers) for part in self.parts)

    def names(self) -> Iterator[str]:
        """Yield the names of all parts."""
        for part in self.parts:
            yield from part.names()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # "sign", "code", "word", "number", "end"
    text: str
    at: int


def parse(source: str) -> Condition:
    """Parse a condition.

    Raises BadCondition with the character position (from 1) where the text stops making sense.
    """
    if len(source) > LONGEST:
        raise BadCondition(source, LONGEST + 1)
    return _Parser(source, list(_tokens(source))).whole()


def _tokens(source: str) -> Iterator[_Token]:
    at, end = 0, len(source.rstrip())
    while at < end:
        if source[at].isspace():
            at += 1
            continue
        match = _TOKEN.match(source, at)
        if match is None:
            raise BadCondition(source, at + 1)
        kind = ("sign", "code", "word", "number")[(match.lastindex or 1) - 1]
        yield _Token(kind, match[match.lastindex or 1], match.start(match.lastindex or 1))
        at = match.end()
    yield _Token("end", "", end)


class _Parser:
    """Recursive descent, a method for each rule of the grammar."""

    def __init__(self, source: str, tokens: list[_Token]) -> None:
        self.source, self.tokens, self.at, self.depth = source, tokens, 0, 0

    def whole(self) -> Condition:
        found = self.condition()
        self.take("end")
        return found

    def condition(self) -> Condition:
        parts = [self.conjunct()]
        while self.skip("word", "or"):
            parts.append(self.conjunct())
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def conjunct(self) -> Condition:
        parts = [self.negation()]
        while self.skip("word", "and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def negation(self) -> Condition:
        negated = self.skip("word", "not")
        if not negated and not self.skip("sign", "("):
            return self.test()
        self.depth += 1
        if self.depth > DEEPEST:
            self.refuse()
        inner = self.negation() if negated else self.condition()
        if not negated:
            self.take("sign", ")")
        self.depth -= 1
        return Not(inner) if negated else inner

    def test(self) -> Condition:
        if self.tokens[self.at].kind == "code":
            code = self.take("code")
            self.take("word", "in")
            return Contains(self.name(), code)
        name = self.name()
        if self.skip("sign", "("):
            return self.measured(name)
        if self.skip("sign", "!="):
            return Not(Is(name, self.take("code")))
        self.take("sign", "==")
        return Is(name, self.take("code"))

    def measured(self, function: str) -> Condition:
        if function not in ("answered", "count", "min_score"):
            self.at -= 2
            self.refuse()
        name = self.name()
        self.take("sign", ")")
        if function == "answered":
            return Answered(name)
        if function == "count":
            self.take("sign", ">=")
            return CountAtLeast(name, int(self.take("number")))
        self.take("sign", "<=")
        return LeastAtMost(name, int(self.take("number")))

    def name(self) -> str:
        if self.tokens[self.at].text in _WORDS:
            self.refuse()
        return self.take("word")

    def skip(self, kind: str, text: str) -> bool:
        token = self.tokens[self.at]
        if (token.kind, token.text) != (kind, text):
            return False
        self.at += 1
        return True

    def take(self, kind: str, text: str | None = None) -> str:
        token = self.tokens[self.at]
        if token.kind != kind or (text is not None and token.text != text):
            self.refuse()
        self.at += 1
        return token.text

    def refuse(self) -> NoReturn:
        raise BadCondition(self.source, self.tokens[self.at].at + 1)
