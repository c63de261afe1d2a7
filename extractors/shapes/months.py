"""Months below the names of a tracker's countries, or behind them: when something happened."""

from __future__ import annotations

import re

_MAX_MONTH = 48  # characters
_MONTH = re.compile(
    r"(?:\d{1,2} )?(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?(?: \d{1,2},)? 20\d\d"
    r"(?:\W{1,3}(?:deteriorated|improved|unchanged)(?: situations?)?)?",
    re.I,
)


_BARE = frozenset(
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july "
    "august september october november december".split()
)


def is_bare_month(text: str) -> bool:
    """Tell whether a line is a month's name and nothing else, as a strip of them has."""
    return len(text) <= len("September.") and text.rstrip(".").lower() in _BARE


def is_month(text: str) -> bool:
    """Tell whether a line is a month or a day, and at most how a country fared then."""
    return len(text) <= _MAX_MONTH and " 20" in text and _MONTH.fullmatch(text) is not None


def name_end(text: str) -> int:
    """Return where a country's name ends that has a month behind it: "Mali March 2025"."""
    if " 20" not in text:
        return len(text)  # most headings
    name = text.rsplit(None, 2)[0]
    named = name.split()[-1][0].isupper()  # no "Vote on 3 March 2025", no "Floods in March 2025"
    return (
        len(name.rstrip(" ,:|–—-")) if named and is_month(text[len(name) :].strip()) else len(text)
    )
