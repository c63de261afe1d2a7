"""Side columns: headings, titles and datelines that announce other pieces of the publisher."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.datelines import read_dateline
from extractors.manuscript import Line
from extractors.profile import Profile
from extractors.shapes.link_lines import read_link_line
from extractors.shapes.quotations import is_expert_statement
from extractors.text import has_more_words

_MAX_WORDS = 30
_MAX_KICKER, _MAX_TITLE = 4, 20
_YEAR = re.compile(r"\d{4}")


def without_teasers(lines: Sequence[Line], profile: Profile) -> list[Line]:
    """Set side columns apart that announce other pieces, and return the lines that are left."""
    linked = any(line.block.anchors for line in lines)
    kept: list[Line] = []
    at = 0
    while at < len(lines):
        if not _heads_teasers(lines, at, profile):
            kept.append(lines[at])
            at += 1
            continue
        end = at + 1
        if lines[at].block.marginal:  # the page says itself where the column ends
            while end < len(lines) and lines[end].block.marginal:
                end += 1
        else:
            last = _piece_at(lines, at, profile)
            while (
                end < last
                and (
                    _announces(lines[end], profile, linked=linked)
                    or _is_dated(lines[end : end + 3], profile)
                )
                and not _dates_the_brief(lines[end : end + 2], profile)
            ):
                end += 1
            rest = [line for line in lines[end:] if not line.block.marginal]
            if (end == at + 1 or not any(x.text.endswith(".") for x in rest)) and all(
                _announces(x, profile, linked=False) for x in rest
            ):
                end = len(lines)  # its links lead nowhere, but short lines are all that is left
        if linked or end == len(lines) or lines[at].block.marginal:
            for line in lines[at:end]:
                line.section = "boilerplate"
        else:  # without links nothing tells where a column in the midst of the text ends
            kept += lines[at:end]
        at = end
    return kept


def _piece_at(lines: Sequence[Line], at: int, profile: Profile) -> int:
    """Return where the piece begins, if its title stands below ``at``; else where all ends.

    Its kind and its dateline may stand right above the title.
    """
    titles = [n for n, line in enumerate(lines) if line.kind == "heading" and line.block.level == 1]
    if not titles or titles[0] <= at:
        return len(lines)
    begin = titles[0]
    for line in reversed(lines[at + 1 : begin]):
        if not _names_kind(line, profile):
            break
        begin -= 1
    return begin


def _names_kind(line: Line, profile: Profile) -> bool:
    dateline = read_dateline(line.text)
    kind = dateline["kind"] if dateline else line.text
    return kind is not None and profile.kind_end(kind) is not None


def _heads_teasers(lines: Sequence[Line], at: int, profile: Profile) -> bool:
    rule = profile.section_of(lines[at].text)
    if rule is None or lines[at].block.kind == "item":
        return False
    if rule.shape == "printed_links" and profile.publisher is not None:
        below = lines[at + 1] if at + 1 < len(lines) else None
        return below is not None and read_link_line(below, under_heading=False) is None
    beside = (line.block.kind for line in lines[at : at + 2])
    return rule.shape == "teasers" and set(beside) != {"cell"}  # "Tags", of a table of properties


def _announces(line: Line, profile: Profile, *, linked: bool) -> bool:
    """Tell whether a short line belongs to a side column."""
    text = line.text
    if has_more_words(text, _MAX_WORDS) or is_expert_statement(line, profile.organisations):
        return False
    rule = profile.section_of(text)
    if rule is not None and rule.name != "boilerplate":
        return False
    if not linked or line.block.anchors or _YEAR.search(text) is not None:
        return True
    return text[:3].lower() == "by " and not text.endswith(".")


def _is_dated(lines: Sequence[Line], profile: Profile) -> bool:
    """Tell whether the first line names a piece or its kind, and a link or day below it is its."""
    text = lines[0].text
    if has_more_words(text, _MAX_WORDS) or text.endswith(":") or profile.section_of(text):
        return False
    if len(lines) > 1 and read_dateline(lines[1].text):
        return True
    if has_more_words(text, _MAX_TITLE) or text.endswith("."):
        return False
    if any(read_dateline(line.text) for line in lines[1:]):
        return True
    kicker = not has_more_words(text, _MAX_KICKER) and len(lines) > 1
    return kicker and bool(lines[1].block.anchors) and _announces(lines[1], profile, linked=True)


def _dates_the_brief(lines: Sequence[Line], profile: Profile) -> bool:
    """Tell whether a dateline of a kind that there is stands right above the brief's text."""
    dateline = read_dateline(lines[0].text)
    if dateline is None or not dateline["kind"] or len(lines) < 2:
        return False
    rule = profile.section_of(lines[1].text)
    told = rule is not None and rule.name not in ("background", "boilerplate")
    return told and profile.kind_end(dateline["kind"]) is not None


def is_teaser(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line announces another piece with its dateline, as side columns do.

    A citation does not, and a day below that is said to be an update's is the page's own.
    """
    line = lines[at]
    if has_more_words(line.text, _MAX_WORDS):
        return False
    below = read_dateline(lines[at + 1].text) if at + 1 < len(lines) else None
    dated = below is not None and not below["updated"]
    if _YEAR.search(line.text) is None:
        return dated and read_link_line(line, under_heading=False) is None
    words = line.text.split()
    return any(read_dateline(" ".join(words[n:])) for n in range(len(words))) or dated


def set_teasers_aside(lines: Sequence[Line]) -> Sequence[Line]:
    """Set a side column apart: its short lines; prose below it is the brief's again."""
    for i, line in enumerate(lines):
        if has_more_words(line.text, _MAX_WORDS):
            return lines[i:]
        line.section = "boilerplate"
    return ()
