"""Lines that promote what can be heard or seen: "New podcast: The Ferry Hour looks at sand."."""

from __future__ import annotations

import re

from extractors.model import Block

_MAX = 200  # characters
_MAX_KICKER = 40  # characters
_IMPERATIVES = ("Listen", "Watch", "Catch", "Tune", "Check", "Don")
_OURS = r"(?:new|latest|upcoming|this week[’']s|today[’']s|our|on the|from the|also|more|cfr)"
_SHOWN = r"(?:podcast|episode|webinar|recording|livestream|video|replay|conversation)"
_PROMOTED = re.compile(
    rf"\W{{0,3}}(?:(?:(?:{_OURS} ){{0,3}}(?:podcasts?|webinars?|livestream|video)"
    r"(?: (?:episode|series))?|new episode|(?:listen|watch|tune in|rsvp)(?: (?:now|here|live|in))?|"
    r"icymi|in case you missed it|don[’']t miss(?: it)?|out now|now available|available now|"
    r"just (?:out|published|released))\s?[:.] ?|"
    rf"(?:listen to|watch|catch|tune in to|check out|don[’']t miss) (?:[^.:]{{1,60}} )?{_SHOWN}\b|"
    r"on (?:the|our|this week[’']s|today[’']s) (?:[^.:,]{1,40} )?podcast,|"
    r"(?:on|in) [^.:,]{1,40} episode of (?:the|our) [^.:,]{1,30} podcast,).{0,200}",
    re.I,
)


def is_promoted(block: Block) -> bool:
    """Tell whether a block promotes a podcast, a webinar or the like: a sentence, or a link."""
    text = block.text
    if len(text) > _MAX:
        return False
    kicked = ":" in text[:_MAX_KICKER] or "." in text[: block.bold][:_MAX_KICKER]
    if not (kicked or " podcast," in text or text.startswith(_IMPERATIVES)):
        return False  # most blocks: spare the expression
    if not block.anchors and not text.endswith((".", "!", "?")):
        return False
    return _PROMOTED.fullmatch(text) is not None
