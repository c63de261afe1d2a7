"""Blocks of several lines that end a mail: what to press, an address, titles of other pieces.

Manage Your Email Preferences | Unsubscribe        Also this week
58 East 68th Street, New York, NY 10065            The Ferry Hour
"""

from __future__ import annotations

import re

from extractors.profile import Profile
from extractors.text import fold, has_more_words

_MAX = 500  # characters
_MAX_TITLE = 16  # words
_WORDS = ("nsubscribe", "references", "rofile")
_PARTS = re.compile(r"\s*(?:\n|[|·•]| [–—-] )\s*")
_PRESSED = re.compile(
    r"unsubscribe(?: here| instantly| now)?(?: \S+@\S+)?"
    r"|(?:manage|update|change|edit) (?:(?:your|my) )?(?:[\w-]+ ){0,2}(?:preferences|profile)",
    re.I,
)
_BEGINS = (
    "forward", "manage", "opt", "privacy", "our priv", "our mail", "contact", "to unsub", "add us",
    "sent to", "connect", "phone", "tel:", "fax", "powered", "email m", "e-mail m", "report a",
    "safeunsu", "do you h", "have fee", "trusted", "website", "subscrib", "want to", "you can",
    "update", "follow u", "find us",
)  # fmt: skip
_ALONE = re.compile(
    r"forward(?: this (?:e-?mail|message|newsletter|update))?"
    r"(?: to (?:a |your )(?:friend|colleague)s?)?"
    r"|(?:manage|update) (?:(?:your|my) )?(?:subscriptions?|profile|preferences)|opt[ -]out"
    r"|(?:our )?privacy (?:policy|notice|statement)|contact us|website|web site|subscribe"
    r"|to unsubscribe,? (?:please )?click here|add us to your address ?book|sent to \S+@\S+"
    r"|(?:connect|stay in touch) with us|(?:follow|find) us(?: on .{1,60})?|report abuse"
    r"|(?:phone|tel|fax): [\d() +./-]{6,25}|powered by [\w ]{3,30}|e-?mail marketing by [\w ]{3,30}"
    r"|safeunsubscribe\W*|(?:do you )?have feedback\?.{0,80}"
    r"|trusted e-?mail from .{3,80}|try it free today"
    r"|our mailing address is|constant contact data notice|(?:https?://)?www\.\S+|\S+@\S+"
    r"|want to change how you receive these e-?mails\?"
    r"|you can (?:update your preferences or )?unsubscribe from this list",
    re.I,
)
_MAX_ALONE = 160  # characters
_ALSO = frozenset(
    (
        "also this week",
        "also this month",
        "also today",
        "also new",
        "more this week",
        "new this week",
    )
)


def is_mail_foot(text: str) -> bool:
    """Tell whether one of the lines of a block, or of the parts between bars, is to be pressed.

    So it is with a block all parts of which stand at the end of mails.
    """
    if len(text) <= _MAX_ALONE and text[:8].lower().startswith(_BEGINS):
        parts = _PARTS.split(text.rstrip("|· \n"))
        if all(_ALONE.fullmatch(part.strip(" .:[]<>()")) for part in parts):
            return True
    if len(text) > _MAX:
        return False
    for word in _WORDS:
        if word in text:
            break
    else:
        return False  # most blocks
    parts = _PARTS.split(text)
    return any(_PRESSED.fullmatch(part.strip(" .[]<>()")) is not None for part in parts)


def lists_others(text: str, profile: Profile) -> bool:
    """Tell whether the lines of a block are titles of other pieces, below one that says so."""
    head, _, rest = text.partition("\n")
    if not rest or len(text) > _MAX or has_more_words(head, 5) or text.endswith((".", "”")):
        return False
    rule = profile.section_of(head)
    if fold(head).rstrip(":") not in _ALSO and (rule is None or rule.shape != "teasers"):
        return False
    return not any(x.endswith(".") or has_more_words(x, _MAX_TITLE) for x in rest.split("\n"))
