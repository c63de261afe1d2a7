"""Who wrote a page: names that its metadata or the markup of its byline gives for certain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractors.dates import PRINTED_DATE, PRINTED_MONTH
from extractors.model import Block
from extractors.names import is_person, is_post, split_names
from extractors.text import collapse, fold

_MOST = 15
_MARKED = (
    '[rel~="author"],[itemprop="author"],.byline a,.authors a,.byline .author,.author-name,'
    ".reader-credits,.byline-name,.entry-author-name,.post-author-name,"
    '[class$="authors" i]>a,[class$="byline" i]>a,[class*="authors " i]>a,[class*="byline " i]>a'
)
_LABELLED = re.compile(
    r"(?:(?:written |prepared )?by\b|(?:the )?authors?\b|contributors?\b):?", re.I
)
_BETWEEN = re.compile(r"(?:[\s,;|•·/&:–—-]|and\b)*")
# A blog's line on a post: "Posted by A on May 3, 2025 in Memos".
_POSTED = re.compile(rf"(?:posted|published|submitted) (?:by|on)\b.*{PRINTED_DATE}.*", re.I)
_MONTH = re.compile(PRINTED_MONTH, re.I)
_DAY = re.compile(rf"(?:on )?{PRINTED_DATE}(?:[\s|•·,]*\d{{1,2}}[ -]min\S*(?: read)?)?", re.I)
_NEAR = 3  # blocks below the title among which a byline begins
_MOST_LINES = 10  # of a byline that names each author apart
_MAX_LINE = 300
_MAX_POST = 100
_HANDLE = re.compile(r"@\w{1,30}")
_BY = re.compile(r"^(?:written\s+)?by:?\s+", re.I)
# Names of desks and accounts, not of people.
_NOBODY = re.compile(
    r"\b(?:admin\w*|staff|team|editors?|editorial|desk|newsroom|webmaster|web|guest|contributors?|"
    r"correspondents?|communications?|press|media|reporters?|bureau|agency|agencies|author|user|"
    r"research|department|publications?|digital|content|online|wire|services?|office|website)\b",
    re.I,
)
_ASIDE = re.compile(r"comment|related|sidebar|footer|widget|teaser|card|recommend|latest|popular")


def certain(names: Iterable[str], site: Iterable[str | None]) -> tuple[str, ...]:
    """Return those of ``names`` that are certainly people's; "A and B" are two.

    ``site`` are the site's own names, which templates give as the author.
    """
    own = {fold(name) for name in site if name}
    found: dict[str, None] = {}
    for printed in names:
        text = _BY.sub("", printed)
        parts = [text[a:b] for a, b in split_names(text)]
        whole = is_person(text)
        for name in [text] if whole else parts:
            if is_person(name) and not _NOBODY.search(name) and fold(name) not in own:
                found[name] = None
            elif not whole:
                break  # a name and a role, or an outlet: the rest is none either
    return tuple(found)[:_MOST]


def marked(tree: LexborHTMLParser) -> list[str]:
    """Return what the markup says is the author's name, teasers and comments left aside."""
    names: dict[str, None] = {}
    for node in tree.css(_MARKED)[: 4 * _MOST]:
        if node.tag in ("meta", "link") or _is_aside(node):
            continue
        name = node.css_first('[itemprop="name"]') or node
        text = name.attributes.get("content") if name.tag == "meta" else name.text()
        if text and (text := collapse(text)):
            names[text] = None
    return list(names) if len(names) <= _MOST else []


def _is_aside(node: LexborNode) -> bool:
    at: LexborNode | None = node.parent
    while at is not None and at.tag not in ("body", "main", "-undef"):
        if at.tag in ("aside", "footer", "nav", "li"):
            return True
        if _ASIDE.search((at.attributes.get("class") or "").lower()):
            return True
        at = at.parent
    return False


def bylines_below(blocks: Sequence[Block], title: int) -> set[int]:
    """Return the places of the blocks closely below the title that name authors.

    They are names in one block or in several, a label above them, and posts among them.
    """
    found: set[int] = set()
    near = title + _NEAR
    for at in range(title + 1, min(title + 1 + _MOST_LINES, len(blocks))):
        block, goes_on = blocks[at], at - 1 in found
        if at > near and not goes_on:
            break
        near += block.kind == "item"  # buttons to share the piece by, before the byline
        text = block.text
        if len(text) > _MAX_LINE:
            continue
        label = _LABELLED.match(text)
        rest = text[label.end() :].strip() if label else text
        if (
            (label is not None and not rest)
            or (block.anchors and _links_people(block, label.end() if label else 0))
            or ((label or goes_on) and is_person(rest))
            or (goes_on and _is_post(block))
            or (is_person(text) and at + 1 < len(blocks) and _ends_names(blocks[at + 1]))
            or _POSTED.fullmatch(text)
        ):
            found.add(at)
    return found


def _ends_names(block: Block) -> bool:
    """Tell whether a post stands below a name, or the month of a paper."""
    return _is_post(block) or (len(block.text) <= _MAX_POST and bool(_MONTH.fullmatch(block.text)))


def _is_post(block: Block) -> bool:
    return len(block.text) <= _MAX_POST and is_post(block.text)


def _links_people(block: Block, start: int) -> bool:
    """Tell whether a block links people, and all behind ``start`` but that is a day or a post."""
    anchors = block.anchors
    linked = [block.text[anchor.start : anchor.end] for anchor in anchors]
    if not is_person(linked[0]) or not all(is_person(t) or _HANDLE.fullmatch(t) for t in linked):
        return False
    begins = [*(anchor.start for anchor in anchors), len(block.text)]
    gaps = zip([start, *(anchor.end for anchor in anchors)], begins, strict=True)
    between = [block.text[a:b].strip(" \n,;|•·/&:–—-()") for a, b in gaps]
    return not between[0] and all(
        _BETWEEN.fullmatch(gap)
        or _DAY.fullmatch(gap)
        or (len(gap) <= _MAX_POST and (is_post(gap) or is_person(gap.removeprefix("and "))))
        for gap in between
    )
