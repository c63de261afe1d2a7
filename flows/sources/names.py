"""Names of files, which need not be UTF-8, as they can be stored."""

from __future__ import annotations

import os

from extractors.text import clean


def storable(path: str | bytes | os.PathLike[str]) -> str:
    """Return a path as text: what is no UTF-8 in it is written as escapes, ``\\xe9``."""
    return clean(os.fsencode(path).decode("utf-8", "backslashreplace"))
