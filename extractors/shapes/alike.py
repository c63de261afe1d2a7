"""A page marks its experts alike: names that nothing else tells are known by their company."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import islice, takewhile

from extractors.literals import literals
from extractors.manuscript import Line
from extractors.names import is_person, is_post, split_names
from extractors.shapes.unquoted import is_headline
from extractors.text import fold

_ANNOUNCED = re.compile(
    r"\b(?:experts|scholars|fellows|analysts|contributors|researchers|specialists|participants|"
    r"panell?ists|speakers|respondents|colleagues|associates|observers|academics|practitioners)\b|"
    r"\bexperts?[’'] |\bweigh(?:s|ed)? in\b|\breact(?:s|ions?)?\b|\bcompilation\b|\bsymposium\b|"
    r"\bround-?(?:table|up)\b|\baround the halls\b|\bwe asked\b|\bverdicts?\b|"
    r"\b(?:views?|perspectives|voices) (?:from|on|of)\b|"
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|some|our|their|expert|quick|hot) "
    r"(?:views|takes|perspectives|voices|responses|assessments|answers)\b",
    re.I,
)
_ANNOUNCING = literals(_ANNOUNCED)
_FRONT = 14  # lines up to which a page announces its experts
_MAX_NAMED = 120  # characters
_MAX_WORDS = 5
_AFTER = re.compile(r"\s*[,:(|\n]|\s+[–—-]\s")
_BEFORE = re.compile(r"(?s:.*)(?:(?::|\s[–—-]|\s*\|)\s+|\n)(?=[A-Z])")
_NUMBER = re.compile(r"\d{1,2}[.)]\s+")
_RUN_IN_CAPITALS = re.compile(r"(?=[^:]{5,60}:\s)[A-Z][^:a-z]+:\s+(?=[A-Z“‘\"])")
_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_CLOSING = re.compile(r"[\s:.–—|-]+$")
_PLACES = frozenset(
    fold(place)
    for place in (
        "Abu Dhabi,Bosnia Herzegovina,Buenos Aires,Burkina Faso,Cape Town,Cape Verde,Central Asia,"
        "Costa Rica,Czech Republic,Dominican Republic,East Africa,East Asia,Eastern Europe,"
        "El Salvador,Equatorial Guinea,European Union,Gaza Strip,Great Britain,Gulf States,"
        "Hong Kong,Islamic State,Ivory Coast,Kuala Lumpur,"
        "Latin America,Middle East,New Delhi,New York,New Zealand,North Africa,North America,"
        "North Korea,North Macedonia,Northern Ireland,Papua New Guinea,Persian Gulf,"
        "Puerto Rico,Red Sea,San Francisco,San Marino,San Salvador,Saudi Arabia,Sierra Leone,"
        "Solomon Islands,South Africa,South America,South Asia,South Caucasus,South China Sea,"
        "South Korea,South Sudan,Southeast Asia,Soviet Union,Sri Lanka,Tel Aviv,United Kingdom,"
        "United Nations,United States,West Africa,West Bank,Western Balkans,Western Europe,"
        "White House,Black Sea"
    ).split(",")
)


def announces(text: str) -> bool:
    """Tell whether a title or an introduction says that experts follow."""
    lowered = text.lower()
    for run in _ANNOUNCING:  # most texts have none of them: that is soon told
        if run in lowered:
            return _ANNOUNCED.search(text) is not None
    return False


def announced(lines: Sequence[Line], before: Line) -> bool:
    """Tell whether the page, whose ``lines`` these are, announces experts closely above a line."""
    front = takewhile(lambda line: line.start < before.start, islice(lines, _FRONT))
    return any(announces(line.text) for line in front)


def names_alike(
    lines: Sequence[Line], page: Sequence[Line], nobody: Callable[[str], bool]
) -> set[str]:
    """Return the names (folded) that are marked alike: by the same rank, bold or in capitals.

    Names alone look like short headlines. So the title or the introduction (of ``page``) must have
    announced experts; every line that is marked so, from the first name to the last, must be a
    name, and none that ``nobody`` has; and there must be prose, whose words they are not made of.
    """
    if not any(announces(line.text) for line in islice(page, _FRONT)):
        return set()  # most pages
    by_mark: dict[object, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if (mark := _mark(line)) is not None:
            by_mark[mark].append(at)
    found: set[str] = set()
    for places in by_mark.values():
        if len(places) > 1:
            found |= _named(lines, places, page, nobody)
    return found


def _mark(line: Line) -> object:
    """Return how a line is set apart, or its beginning; None if it is not."""
    block = line.block
    if block.kind == "heading":
        return block.level
    if block.kind != "paragraph":
        return None
    if 0 < block.bold < len(block.text):
        return "bold" if "\n" in block.text[: block.bold + 1] else "run in bold"
    if _RUN_IN_CAPITALS.match(block.text):
        return "run in capitals"
    if len(block.text) > _MAX_NAMED:
        return None
    if block.bold:
        return "bold"
    if any(anchor.start == 0 for anchor in block.anchors):
        return "linked"
    if block.text.isupper():
        return "capitals"
    return "short" if is_headline(line) else None


def _named(
    lines: Sequence[Line],
    places: Sequence[int],
    page: Sequence[Line],
    nobody: Callable[[str], bool],
) -> set[str]:
    """Return the names in lines of one mark, if they are experts', or an empty set."""
    for read in (_names_in, _names_behind):
        names = {at: named for at in places if (named := read(lines[at]))}
        if len(names) > 1 and not _others(places, names):
            break
    else:
        return set()
    known = {name for named in names.values() for name in named}
    if len(known) < 2 or any(map(nobody, known)) or not announced(page, lines[min(names)]):
        return set()
    prose = all(_has_prose(lines, at) for at in [*names][:-1])
    return known if prose and not _are_words(known, lines) else set()


def _are_words(names: Collection[str], lines: Sequence[Line]) -> bool:
    """Tell whether half of ``names`` are made of words that the text writes small: "Water Wars"."""
    small = {word for line in lines for word in line.text.split() if word.islower()}
    small = {word.rstrip(".,;:?!") for word in small}
    made = [any(len(word) > 3 and word in small for word in name.split()) for name in names]
    return sum(made) * 2 >= len(made)


def _others(places: Sequence[int], names: Mapping[int, object]) -> bool:
    """Tell whether one of ``places`` has no name, between the first that has one and the last."""
    return any(min(names) < at < max(names) and at not in names for at in places)


def _has_prose(lines: Sequence[Line], at: int) -> bool:
    """Tell whether words stand between a name and the next: in its line, or near below it."""
    below = lines[at + 1 : at + 4]
    block = lines[at].block
    behind = block.kind != "heading" and len(block.text) > max(block.bold, 40)
    return behind or any(not is_headline(line) for line in below)


def _names_in(line: Line) -> list[str]:
    """Return the names (folded) that a line begins with, or its bold part; [] if there are none."""
    block = line.block
    text = block.text[: block.bold] if 0 < block.bold < len(block.text) else block.text
    if len(text) > 2 * _MAX_NAMED:
        return []
    text = _BRACKETS.sub("", _CLOSING.sub("", _NUMBER.sub("", text, count=1)))
    heads = (text, *(text[: m.start()] for m in [_AFTER.search(text)] if m))
    return next(filter(None, map(_all_names, heads)), [])


def _names_behind(line: Line) -> list[str]:
    """Return the name (folded) behind a place or a headline, "Warsaw: Name", as a list."""
    text = _CLOSING.sub("", line.text)
    before = _BEFORE.match(text) if len(text) <= _MAX_NAMED else None
    return _all_names(text[before.end() :]) if before else []


def _all_names(text: str) -> list[str]:
    parts = [text] if is_person(text) else [text[a:b] for a, b in split_names(text)]
    return [fold(part) for part in parts] if all(map(_is_name, parts)) else []


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        is_person(text)
        and len(words) <= _MAX_WORDS
        and not is_post(words[-1])
        and fold(text) not in _PLACES
    )
