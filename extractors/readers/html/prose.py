"""Finding the article on a page of an unknown template: where the prose is, and little else.

Each element is measured as if it were the answer: of the page's prose it holds a share (recall),
and of its own text a share is prose (precision). The best mean of both (F1) wins. Furniture that
has prose of its own, as comments and teasers do, is told by its name or its build and taken out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from extractors.readers.html.surroundings import surroundings
from extractors.text import collapse

_PARAGRAPHS = "p,li,blockquote,div,td,dd,section,article,center,font,main,pre"
_MIN_PROSE = 25  # characters of its own, links aside; less is a menu's entry or a caption
_MAX_PARAGRAPHS = 5_000
_DEEPEST = 200  # elements around a paragraph that are measured, and the page itself
_MAX_LEGAL = 1_000  # characters of a notice at the foot of a page
_SHARE = 0.3  # of the page's prose; an element with less is not worth measuring
# An element that holds so much of the prose is no furniture, whatever it is called.
_TOO_MUCH = 0.45
_EMPHASIS = frozenset("span em strong i b u font sup sub q cite mark small".split())
_PARTS = frozenset(
    "p ul ol li blockquote tr dl dd dt tbody thead font center span b i em a".split()
)
_WHOLES = '[itemprop="articleBody"],article,main,[role="main"]'
_LEGAL = re.compile(
    r"©|\(c\)|\ball rights reserved\b|\bcookies\b|\bprivacy policy\b|\bterms of (?:use|service)\b",
    re.I,
)
_LIKELY = 1.2  # how much better than another element one is that the page names the article


@dataclass(slots=True)
class _Candidate:
    node: LexborNode
    prose: int = 0


def find_article(body: LexborNode) -> list[LexborNode]:
    """Return the node that holds the article. Takes furniture out of the tree."""
    candidates = _weigh(body)
    whole = candidates[body.mem_id].prose if body.mem_id in candidates else 0
    if not whole:
        return [body]
    for node in surroundings(body):
        inner = candidates.get(node.mem_id)
        if (inner.prose if inner else 0) < whole * _TOO_MUCH:
            node.decompose()
    candidates = _weigh(body)
    whole = candidates[body.mem_id].prose if body.mem_id in candidates else 0
    named = {node.mem_id for node in body.css(_WHOLES)}
    best, most = body, 0.0
    for key, candidate in candidates.items():
        if candidate.prose < whole * _SHARE or candidate.node.tag in _PARTS:
            continue
        size = max(len(collapse(candidate.node.text())), candidate.prose)
        found = 2 * candidate.prose / (size + whole) * (_LIKELY if key in named else 1)
        if found > most or (found == most and key != body.mem_id):
            best, most = candidate.node, found
    return [best]


def _weigh(body: LexborNode) -> dict[int, _Candidate]:
    """Return the elements that hold prose, with the count of its characters in each."""
    found: dict[int, _Candidate] = {}
    for nth, paragraph in enumerate(_prose(body)):
        if nth >= _MAX_PARAGRAPHS:
            break
        node, size = paragraph
        at: LexborNode | None = node
        levels = 0
        while at is not None:
            candidate = found.get(at.mem_id)
            if candidate is None:
                candidate = found[at.mem_id] = _Candidate(at)
            candidate.prose += size
            if at.mem_id == body.mem_id:
                break
            levels += 1
            at = at.parent if levels < _DEEPEST else body
    return found


def _prose(body: LexborNode) -> list[tuple[LexborNode, int]]:
    """Return the elements with text of their own, and how many characters; links are no prose."""
    pieces = []
    for node in body.css(_PARAGRAPHS):
        own = linked = 0
        said = []  # not node.text(): what is nested deeply would be read once for each level
        part = node.child
        while part is not None:
            is_link = part.tag == "a"
            if part.is_text_node or is_link or part.tag in _EMPHASIS:
                said.append(text := collapse(part.text()))
                own += 0 if is_link else len(text)
                linked += len(text) if is_link else 0
            part = part.next
        if own >= _MIN_PROSE and not (own < _MAX_LEGAL and _LEGAL.search(" ".join(said))):
            pieces.append((node, own + linked))
    return pieces
