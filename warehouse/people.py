"""People: which printed names are one person. A pure function of all names and publishers.

Precision comes before recall: two forms are joined only where they differ in nothing but case,
spacing, marks and honorifics. Across publishers nobody is joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.text import fold
from warehouse.identity import digest

_HONORIFIC = re.compile(
    r"^(?:dr|prof|professor|mr|mrs|ms|mx|sir|dame|hon|amb|ambassador|gen|general|lt|ltg|ltc|col|"
    r"colonel|maj|major|capt|captain|cmdr|commander|adm|admiral|radm|vadm|brig|sgt|\(ret\.?\)|"
    r"ret\.?)\.?\s+",
)


def person_key(name: str) -> str:
    """Return what two printed names of one person have in common."""
    key = fold(name).replace(".", "")
    while (shorter := _HONORIFIC.sub("", key)) != key:
        key = shorter
    return key


def expert_ids(names: Iterable[tuple[str | None, str]]) -> dict[tuple[str | None, str], str]:
    """Return the expert id of every (publisher, printed name)."""
    return {
        (publisher, name): digest("expert", publisher or "", person_key(name))
        for publisher, name in names
    }
