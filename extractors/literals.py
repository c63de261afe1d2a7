"""What a regular expression says of every text that it finds something in."""

from __future__ import annotations

import re
from re import _constants, _parser  # type: ignore[attr-defined]  # how a pattern is built
from typing import Any


def literals(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Return runs of characters, in lower case, one of which every match of ``pattern`` holds."""
    found: list[tuple[str, ...]] = [("",)]
    run = ""
    for operation, argument in [*_parser.parse(pattern.pattern, pattern.flags), (None, None)]:
        if operation is _constants.LITERAL and _is_plain(argument):
            run += chr(argument).lower()
            continue
        found.append((run,))
        run = ""
        if operation is _constants.BRANCH:
            found.append(tuple(_longest(branch) for branch in argument[1]))
    return max(found, key=lambda runs: min(map(len, runs)))


def _is_plain(char: int) -> bool:
    """Tell whether a character is the same in small and capital letters, but for those of ASCII."""
    return char < 128 or chr(char).lower() == chr(char).upper()


def opens(pattern: re.Pattern[str]) -> bool:
    """Tell whether ``pattern`` can match at the start of a text only."""
    parsed = [*_parser.parse(pattern.pattern, pattern.flags)]
    at_start = (_constants.AT, _constants.AT_BEGINNING)
    return parsed[:1] == [at_start] and not pattern.flags & re.MULTILINE


def _longest(tokens: Any) -> str:
    runs = [""]
    for operation, argument in tokens:
        if operation is _constants.LITERAL and _is_plain(argument):
            runs[-1] += chr(argument).lower()
        else:
            runs.append("")
    return max(runs, key=len)
