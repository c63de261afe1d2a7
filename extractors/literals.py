"""What a regular expression says of every text that it finds something in."""

from __future__ import annotations

import re
from re import _constants, _parser  # type: ignore[attr-defined]  # how a pattern is built
from string import ascii_lowercase, digits
from typing import Any

_MARKS = "“‘\"'(["
PLAIN = ascii_lowercase + digits + _MARKS
"""The characters for which it is told whether a match can begin with them: most texts do."""
_NO_WIDTH = (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT)
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)


def literals(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Return runs of characters, in lower case, one of which every match of ``pattern`` holds."""
    return max(required(pattern), key=_shortest, default=("",))


def required(pattern: re.Pattern[str]) -> tuple[tuple[str, ...], ...]:
    """Return all that is known of such runs: a match of ``pattern`` holds one of each tuple."""
    return tuple(_required(_tokens(pattern)))


def opens(pattern: re.Pattern[str]) -> bool:
    """Tell whether ``pattern`` can match at the start of a text only."""
    at_start = (_constants.AT, _constants.AT_BEGINNING)
    return _tokens(pattern)[:1] == [at_start] and not pattern.flags & re.MULTILINE


def longest(pattern: re.Pattern[str]) -> int:
    """Return how many characters a match of ``pattern`` has at most."""
    # without a bound it is a constant of `re` that older Pythons do not let cross a process border
    return int(_parser.parse(pattern.pattern, pattern.flags).getwidth()[1])


def firsts(pattern: re.Pattern[str]) -> frozenset[str]:
    """Return those of the characters :data:`PLAIN` that can begin a match of ``pattern``.

    All of them, where that can't be told.
    """
    return frozenset(_firsts(_tokens(pattern))[0])


def _tokens(pattern: re.Pattern[str]) -> list[Any]:
    return [*_parser.parse(pattern.pattern, pattern.flags)]


def _required(tokens: Any) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    run = ""
    for operation, argument in [*tokens, (None, None)]:
        if operation is _constants.LITERAL and _is_plain(argument):
            run += chr(argument).lower()
            continue
        found.append((run,))
        run = ""
        if operation is _constants.BRANCH:
            best = (max(_required(one), key=_shortest, default=("",)) for one in argument[1])
            found.append(tuple(literal for runs in best for literal in runs))
        elif operation is _constants.SUBPATTERN:
            found += _required(argument[3])
        elif operation is _constants.ASSERT and argument[0] > 0:
            found += _required(argument[1])
        elif operation is _constants.IN and all(_is_char(*part) for part in argument):
            found.append(tuple(chr(char).lower() for _, char in argument))
    return [runs for runs in found if "" not in runs]


def _shortest(runs: tuple[str, ...]) -> int:
    return min(map(len, runs))


def _is_char(operation: Any, argument: Any) -> bool:
    return operation is _constants.LITERAL and _is_plain(argument)


def _is_plain(char: int) -> bool:
    """Tell whether a character is the same in small and capital letters, but for those of ASCII."""
    return char < 128 or chr(char).lower() == chr(char).upper()


def _firsts(tokens: Any) -> tuple[set[str], bool]:
    """Return what ``tokens`` can begin with, and whether they can be empty."""
    found: set[str] = set()
    for operation, argument in tokens:
        if operation in _NO_WIDTH:
            continue
        begin, empty = _first(operation, argument)
        found |= begin
        if not empty:
            return found, False
    return found, True


def _first(operation: Any, argument: Any) -> tuple[set[str], bool]:
    if operation is _constants.LITERAL and _is_plain(argument):
        return {chr(argument).lower()}.intersection(PLAIN), False
    if operation is _constants.IN and argument[0][0] is not _constants.NEGATE:
        return set().union(*(_of_class(*part) for part in argument)), False
    if operation is _constants.BRANCH:
        branches = [_firsts(branch) for branch in argument[1]]
        return set().union(*(begin for begin, _ in branches)), any(empty for _, empty in branches)
    if operation is _constants.SUBPATTERN:
        return _firsts(argument[3])
    if operation in _REPEATS:
        begin, empty = _firsts(argument[2])
        return begin, empty or argument[0] == 0
    return {*PLAIN}, False


def _of_class(operation: Any, argument: Any) -> set[str]:
    """Return those of :data:`PLAIN` that a part of a class of characters has."""
    if operation is _constants.LITERAL:
        return _first(operation, argument)[0]
    if argument is _constants.CATEGORY_NOT_WORD:
        return {*_MARKS}
    return {*digits} if argument is _constants.CATEGORY_DIGIT else {*PLAIN}
