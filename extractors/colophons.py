"""Lines that say who made, sent or pictured something: credits, captions, letterheads, thanks.

They may begin with anybody's name, so each is looked for by a word that all of its kind have.
"""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick

_MAX = 300  # characters
_AGENCY = r"(?:afp|ap|reuters|epa|tass|xinhua|anadolu|getty(?: images)?)"
_PIECE = (
    r"(?:article|post|piece|report|reporting|brief|briefing|newsletter|update|edition|bulletin)"
)
_STATE_OR_POSTCODE = r"(?:,? [A-Z]{2} \d{5}\b|\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b)"
_KINDS = (
    ("/", rf"[^“”()]{{5,200}}/{_AGENCY}|[^“”()]{{5,200}}\b{_AGENCY} ?/ ?[\w .’-]{{3,40}}"),
    ("©", r"[^“”]{5,200}[.,] ?© ?[\w .’/-]{2,60}"),
    *(
        (word, r"[^\n]{5,160}[.,] (?:source|photo|credit|image|picture|map)s?: [^\n]{2,80}")
        for word in (
            "source: ",
            "sources: ",
            "photo: ",
            "credit: ",
            "image: ",
            "picture: ",
            "map: ",
        )
    ),
    (
        " by ",
        r"[^“”]{5,160}\. (?:picture|photo|photograph|image|map|graphic|chart) by [\w ./’-]{3,60}"
        r"|(?:[\w’'&-]{1,20} ){0,5}(?:brief|briefing|newsletter|bulletin|round-?up|digest|edition|"
        r"tracker|crisiswatch|intelbrief|update) (?:is|was) (?:\w+ ){0,2}(?:compiled|prepared|"
        r"edited|written|curated|produced|assembled|put together) (?:with .{1,60} )?by .{1,120}",
    ),
    (
        " prepared with ",
        r"(?:[\w’'&-]{1,20} ){0,5}(?:brief|briefing|newsletter|bulletin|round-?up|digest|edition) "
        r"(?:is|was) (?:\w+ ){0,2}prepared with (?:the )?(?:help|assistance|support)\b.{1,120}",
    ),
    *(
        (
            word,
            rf"\W{{0,3}}[^.“”]{{3,80}} (?:also )?(?:contributed|helped|assisted){word}"
            rf"(?:\w+ ){{0,2}}{_PIECE}\W{{0,3}}",
        )
        for word in (" to this ", " with this ", " to today’s ", " with today’s ")
    ),
    *(
        (
            word,
            rf"[^“”\n]{{0,150}}\b(?:you (?:are receiving|received) )?{word} "
            r"(?:was sent to|because)\b[^“”\n]{0,200}",
        )
        for word in ("this e-mail", "this email", "this message", "this newsletter")
    ),
    ("unsubscribe", r"[^\n]{0,250}\bunsubscribe(?: from this list| here| instantly)?\W*"),
    (
        "profit",
        r"[^.“”]{2,90} is an? (?:\w+, ){0,2}(?:nonprofit|non-profit|not-for-profit)\b.{0,200}",
    ),
    (
        " editor ",
        r"(?![—–-])[^.“”]{3,60} is (?:an? |the )?(?:\w+ ){0,2}editor (?:of|at|for|with)\b"
        r"[^“”]{0,200}",
    ),
    *(
        (
            street,
            rf"(?-i:[^!?“”]{{3,90}}{street}\b[^!?“”]{{0,50}}{_STATE_OR_POSTCODE}[^!?“”]{{0,90}})",
        )
        for street in (" Street", " St", " Avenue", " Ave", " Road", " Square", " Lane", " Place")
    ),
)


def is_colophon(text: str) -> bool:
    """Tell whether a block says who made, sent or pictured something, and nothing else."""
    if len(text) > _MAX:
        return False
    automaton, patterns = _by_word()
    found = automaton.find_matches_as_indexes(text.lower(), overlapping=True)
    if not found:
        return False
    kinds = {nth for nth, _, _ in found if (word := _KINDS[nth][0]).islower() or word in text}
    return any(patterns[nth].fullmatch(text) is not None for nth in kinds)


@cache
def _by_word() -> tuple[AhoCorasick, tuple[re.Pattern[str], ...]]:
    """Return what finds the words of all kinds in one pass, and the expression of each."""
    automaton = AhoCorasick([word.lower() for word, _ in _KINDS])
    return automaton, tuple(re.compile(expression, re.I) for _, expression in _KINDS)
