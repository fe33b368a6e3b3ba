"""Skip conditions read from text by a small grammar; never handed to `eval`.

    condition  = conjunct { "or" conjunct }
    conjunct   = negation { "and" negation }
    negation   = "not" negation | "(" condition ")" | test
    test       = NAME "==" 'code' | NAME "!=" 'code' | 'code' "in" NAME
               | "answered" "(" NAME ")" | "count" "(" NAME ")" ">=" N | "min_score" "(" NAME ")" "<=" N

Source: docs/rules.md, "Surveys", "Which questions are asked".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from surveys.instruments.conditions import (
    Answered,
    Condition,
    Contains,
    CountAtLeast,
    Either,
    Every,
    Is,
    LeastAtMost,
    Not,
)
from surveys.instruments.errors import BadCondition

LONGEST = 500
"""Characters a condition may have."""
DEEPEST = 20
"""Levels of `not` and parentheses; keeps the recursion shallow."""

_TOKEN = re.compile(r"(==|!=|>=|<=|[()])|'([A-Za-z0-9_]+)'|([A-Za-z_][A-Za-z0-9_]*)|([0-9]{1,9})(?![A-Za-z0-9_])")
_WORDS = frozenset({"and", "or", "not", "in"})


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
        """Read one condition up to the end of the text."""
        found = self.condition()
        self.take("end")
        return found

    def condition(self) -> Condition:
        """Read conjuncts joined by `or`."""
        parts = [self.conjunct()]
        while self.skip("word", "or"):
            parts.append(self.conjunct())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def conjunct(self) -> Condition:
        """Read negations joined by `and`."""
        parts = [self.negation()]
        while self.skip("word", "and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def negation(self) -> Condition:
        """Read `not`, parentheses or a test."""
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
        """Read one comparison."""
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
        """Read the rest of `answered(…)`, `count(…) >= N` or `min_score(…) <= N`."""
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
        """Take the name of an item or section; a word of the grammar is none."""
        if self.tokens[self.at].text in _WORDS:
            self.refuse()
        return self.take("word")

    def skip(self, kind: str, text: str) -> bool:
        """Take a token if it is this one; tell whether it was."""
        token = self.tokens[self.at]
        if (token.kind, token.text) != (kind, text):
            return False
        self.at += 1
        return True

    def take(self, kind: str, text: str | None = None) -> str:
        """Take a token of this kind, and text if given, or refuse."""
        token = self.tokens[self.at]
        if token.kind != kind or (text is not None and token.text != text):
            self.refuse()
        self.at += 1
        return token.text

    def refuse(self) -> NoReturn:
        """Raise BadCondition at the current token."""
        raise BadCondition(self.source, self.tokens[self.at].at + 1)
