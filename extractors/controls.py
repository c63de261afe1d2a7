"""Lines that only work a page: buttons, links to share by, page numbers, files to load.

Download PDF        Share on X Share on LinkedIn        Jump to section        Page 1 of 6
"""

from __future__ import annotations

import re

_MAX, _MAX_WORDS = 110, 14
_SHARE = frozenset(
    "share tweet post print email e-mail save copy like pin forward send recommend cite bookmark "
    "repost retweet".split()
)
_NETWORKS = frozenset(
    "facebook twitter linkedin whatsapp instagram bluesky reddit telegram threads mastodon x "
    "youtube".split()
)
_PRESS = frozenset(
    "download read view open get order access see explore visit browse load return back go skip "
    "jump click tap listen play watch continue expand enlarge show display pdf to add rate "
    "close hide embed load join collapse next zoom toggle start search also available".split()
)
_THINGS = frozenset(
    "pdf pdfs ebook e-book epub report reports paper papers brief briefs briefing memo article "
    "articles piece post posts publication publications document study copy copies version "
    "versions note analysis update updates item items entry entries story bulletin commentary "
    "memorandum memoranda monograph volume book "
    "database map maps chart charts figure image graphic audio podcast episode video page website "
    "transcript factsheet details more browser top section sections contents link tweet comments "
    "conversation discussion highlight slideshow photo photos later summary timeline".split()
)
_BETWEEN = frozenset(
    "the this these that a an our your full complete entire whole original printed printable "
    "printer-friendly policy issue issues natsec research working situation flash executive html "
    "web online here now in on as at of to with for from by via past previous all most recent "
    "latest interactive live english french spanish arabic hebrew new another tab window size "
    "larger high resolution free hard offline crisiswatch above below it opens and or friend "
    "friends colleague colleagues text site main table index series archive tracker "
    "mb kb us insight insights reading save german hebrew russian ukrainian turkish italian polish "
    "chinese persian farsi".split()
)
_FIRSTS = _SHARE | _NETWORKS | _PRESS
_ALL = _SHARE | _NETWORKS | _PRESS | _THINGS | _BETWEEN
_WORD = re.compile(r"[^\s|·•,()\[\]»›>→/]+")
_TOKEN = re.compile(
    r"\d[\d.,:]*(?:[km]b)?|[\w-]+(?:\.[\w-]+)*\.(?:org|edu|eu|com|net|int|il|uk|pdf|docx?|epub)"
)
_FILE = re.compile(r"[\w-]{1,60}\.(?:pdf|docx?|xlsx?|pptx?|epub)")
_FIXED = re.compile(
    r"(?:- ?)?page \d{1,3}(?: ?(?:of|/) ?\d{1,3})?(?: ?-)?|\d{1,3} of \d{1,3}"
    r"|(?:continue|keep) reading\W*|learn more|rsvp(?: now| here)?"
    r"|\W*(?:article|story|text|post|report|list) continues (?:below|after (?:the )?\w+)\W*"
    r"|\W*continue[sd]? on (?:the )?(?:next|following) page\W*|scroll (?:down|to) [a-z ]{2,30}"
    r"|(?:donate|register|apply)(?: (?:now|here|today|online))?|listen|watch|play|download|pause"
    r"|embed|reset|close|reprints?|loading\W*|permalink"
    r"|(?:interactive )?(?:map|chart|graphic|image)"
    r"|(?:figure|chart|map|table|image) \d{1,2}|comments? \(\d+\)|text size\b.*"
    r"|sponsored(?: content)?|advertisement\b[\s\S]{0,80}|audio: \d+ min\w*|(?:#\w+ ?)+"
    r"|\[(?:image|photo|map|chart|video|figure)(?:: .*)?\]|!\[[^\]]*\]\([^)]*\)"
    r"|\d{1,2}:\d\d(?: ?/ ?\d{1,2}:\d\d)?|[-–—•·*~_=|]|(?:[-–—] ?)?\d{1,3} ?[-–—]"
    r"|add to (?:my |your )?reading list|report (?:an? |this )?(?:error|problem|typo|mistake)"
    r"|also available in\b.*|available in: .*",
    re.I,
)
_HELPFUL = re.compile(r"was this (?:\w+ )?helpful\?", re.I)
_SAID = ("?", "”", '"', "’")
_TRAILING = "!.:+…»›>→ "


def is_control(text: str) -> bool:
    """Tell whether a line is buttons and nothing else: words to press, no words to read."""
    if len(text) > _MAX or text.endswith(_SAID):
        return text.endswith("?") and _HELPFUL.fullmatch(text) is not None
    found = _WORD.search(text)
    first = found[0].strip(_TRAILING).lower() if found is not None else ""
    if first not in _FIRSTS and _FILE.fullmatch(first) is None:
        return _FIXED.fullmatch(text) is not None
    words = [word.strip(_TRAILING) for word in _WORD.findall(text.lower())]
    words = [word for word in words if word]
    if words and len(words) <= _MAX_WORDS and _is_pressed(words):
        return True
    return _FIXED.fullmatch(text) is not None


def _is_pressed(words: list[str]) -> bool:
    if not all(word in _ALL or not word[0].isalpha() or _TOKEN.fullmatch(word) for word in words):
        return _FILE.fullmatch(words[0]) is not None and len(words) == 1
    if all(word in _SHARE or word in _NETWORKS or not word[0].isalpha() for word in words):
        return len(words) > 1 or words[0] in _SHARE
    if words[0] in _SHARE and any(word in _NETWORKS for word in words):
        return True
    here = words[-1] in ("here", "top", "online")
    return here or any(word in _THINGS or _TOKEN.fullmatch(word) for word in words[1:])
