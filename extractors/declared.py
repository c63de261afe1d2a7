"""Authors as a page prints them and as it declares them: one list of both."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.manuscript import Manuscript
from extractors.model import Printed
from extractors.text import fold


def declared_authors(
    printed: Sequence[Printed], declared: Sequence[str], manuscript: Manuscript
) -> tuple[Printed, ...]:
    """Return the authors that a byline names, or those ``declared`` where there is none.

    Where all of the byline's are declared, so are others that the page prints elsewhere: cards had
    parted the byline. Nobody comes twice, and a name in capitals is taken from where it is printed
    in small letters.
    """
    names = {fold(author.text): author for author in reversed(printed)}
    known = {fold(name): name for name in declared}
    if names and len(known) > len(names) > 1 and names.keys() < known.keys():
        more = (_locate(manuscript, name) for key, name in known.items() if key not in names)
        found = [*list(names.values())[::-1], *(name for name in more if name.start is not None)]
    else:
        found = list(names.values())[::-1] or [_locate(manuscript, name) for name in declared]
        found = list({fold(name.text): name for name in reversed(found)}.values())[::-1]
    return tuple(
        _in_small_letters(name, manuscript) if name.text.isupper() else name for name in found
    )


def _in_small_letters(name: Printed, manuscript: Manuscript) -> Printed:
    """Return the same name where the page prints it otherwise than in capitals, else ``name``."""
    for m in re.finditer(rf"(?<!\w){re.escape(name.text)}(?!\w)", manuscript.text, re.I):
        if not m[0].isupper() and m[0].istitle():
            return manuscript.printed(*m.span())
    return name


def _locate(manuscript: Manuscript, name: str) -> Printed:
    at = manuscript.text.find(name)
    return Printed(name, at, at + len(name)) if at != -1 else Printed(name)
