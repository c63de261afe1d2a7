"""Cards of authors above a text: a name, and a post behind its link or on the next line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from extractors.bylines import Byline, is_names, is_sentence, is_short_post, read_names_below
from extractors.dates import PRINTED_MONTH
from extractors.manuscript import Line
from extractors.people import names_below_dek, read_people
from extractors.profile import Profile

_FRONT = 20  # lines above all of which a card of the author stands
_MAX_CARD = 160
_MONTH = re.compile(PRINTED_MONTH, re.I)
_MAX_MONTH = 20


def read_card(lines: Sequence[Line], at: int, profile: Profile) -> Byline | None:
    """Read a name with a post behind its link or on the next line, below one abstract at most.

    Where names follow further down it is none: then each heads an expert's words.
    """
    if at >= _FRONT:
        return None
    above = [line for line in lines[:at] if line.section in ("lead", "context")]
    telling = (line for line in above if not profile.is_citation(line.text))
    if len([*islice((line for line in telling if not is_short_post(line.text)), 2)]) > 1:
        return None
    end = at
    while size := _card(lines, end):
        end += size
    if end == at or any(_heads_words(lines, below) for below in range(end, len(lines))):
        return None
    return Byline(read_people(lines[at], 0, name_end(lines[at])))


def read_name_and_month(lines: Sequence[Line], at: int) -> Byline | None:
    """Read the lone name right below a paper's title, above the month on a line of its own."""
    line, below = lines[at], lines[at + 1 : at + 2]
    if not below or len(below[0].text) > _MAX_MONTH or line.block.kind != "paragraph":
        return None
    if _MONTH.fullmatch(below[0].text) is None or not at or lines[at - 1].section != "title":
        return None
    names = read_people(line, 0, len(line.text))
    return Byline(names) if names else None


def _heads_words(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line names an expert above that one's words: tags and subheadings do not."""
    if _card(lines, at):
        return True
    line, below = lines[at], lines[at + 1 : at + 2]
    return line.block.kind != "heading" and is_names(line) and any(map(is_sentence, below))


def name_end(line: Line) -> int:
    """Return where the name on a card may end: with its link, or its line."""
    anchors = line.block.anchors
    if anchors and anchors[0].start == 0:
        return anchors[0].end
    return len(line.text.partition("\n")[0])


def _card(lines: Sequence[Line], at: int) -> int:
    """Return how many lines a person's name and post fill from ``at`` on, 0 if they do not."""
    name, post = lines[at : at + 1], lines[at + 1 : at + 2]
    if not name or len(name[0].text) > _MAX_CARD or name[0].text.endswith(":"):
        return 0
    text, end = name[0].text, name_end(name[0])
    if len(read_people(name[0], 0, end)) != 1:
        return 0
    if end < len(text):
        return int(is_short_post(text[end:]))
    return 2 if post and is_short_post(post[0].text) else 0


def linked_below(lines: Sequence[Line], at: int, profile: Profile, *, dek: bool) -> Byline | None:
    """Read names that are links, or stand below the title and its dek."""
    names = names_below_dek(lines, at, profile, dek=dek)
    return Byline(names) if names else None


def read_names(lines: Sequence[Line], at: int, profile: Profile, *, bare: bool) -> Byline | None:
    """Read names below the title that nothing marks; ``bare`` if no section follows them."""
    below = read_names_below(lines, at) if bare else None
    if below is not None or profile.publisher is None:
        return below
    return read_card(lines, at, profile) or read_name_and_month(lines, at)
