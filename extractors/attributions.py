"""Who is named behind a quotation: one person with a role, or several."""

from __future__ import annotations

import re

from extractors.names import (
    Attribution,
    is_person,
    is_post,
    is_suffix,
    split_attribution,
    split_names,
)

_MAX_NAMES = 210  # characters
_MAX_ROLE = 240
_LAST = re.compile(r"\b(?:and\s+)|&\s*")
_NEXT = re.compile(r"\s*;\s*(?:and\s+)?|,?\s+and\s+|\s*&\s*|\n")


def split_attributions(text: str) -> list[Attribution]:
    """Split an attribution to one person or to several.

    ``A and B, Research Analysts`` gives both the same role, ``A, Fellow, and B, Director`` each
    their own. [] if ``text`` attributes to nobody.
    """
    shared = _sharing(text)
    found = None if shared else split_attribution(text)
    if found is None or found.role is None:
        return shared or ([found] if found else [])
    people = [found]
    role = text[slice(*found.role)]
    if not ("and" in role or "&" in role or ";" in role or "\n" in role):
        return people
    for m in _NEXT.finditer(text, *found.role):
        name, held = people[-1]
        other = split_attribution(text[m.end() : found.role[1]])
        if other is None or other.role is None or held is None or m.start() < held[0]:
            continue
        own = text[held[0] : m.start()].rstrip(" ,")
        # "Director of Trade and ..." goes on; a role that ends with the post may be whole
        told = own.rpartition(" ")[2] if m[0].strip(" ") in ("and", "&") else own
        if is_post(told) and not is_post(text[m.end() :][slice(*other.name)]):
            people[-1] = Attribution(name, (held[0], held[0] + len(own)))
            people.append(_moved(other, m.end()))
    return people


def _sharing(text: str) -> list[Attribution]:
    """Read "A, B and C, Role": the names, up to the one behind "and", share what follows."""
    last = _LAST.search(text, 0, _MAX_NAMES)
    if last is None:
        return []
    comma = text.find(",", last.end())
    while comma != -1 and is_suffix(text[comma + 1 :]):
        comma = text.find(",", comma + 1)
    broken = text.find("\n", last.end())
    end = min((at for at in (comma, broken) if at != -1), default=len(text))
    names = split_names(text[:end])
    if len(names) < 2 or not all(is_person(text[a:b]) and not is_post(text[a:b]) for a, b in names):
        return []
    role = text[end + 1 :].strip()
    begin = text.find(role, end + 1) if role else 0
    span = (begin, begin + len(role)) if role and len(role) <= _MAX_ROLE else None
    return [Attribution(name, span) for name in names]


def _moved(found: Attribution, by: int) -> Attribution:
    role = (found.role[0] + by, found.role[1] + by) if found.role else None
    return Attribution((found.name[0] + by, found.name[1] + by), role)
