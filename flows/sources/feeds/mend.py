"""Malformed but readable XML: what can be put right without guessing what was meant."""

from __future__ import annotations

import re
from html import unescape

_PARTS = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)"
    r"|<!--.*?(?:-->|\Z)"
    r"|<(?P<void>br|hr|img|input|wbr|col)\b(?P<rest>[^<>]*?)/?>"
    r"|&(?P<reference>#[xX]?[0-9a-fA-F]{1,7};|[A-Za-z][\w.]{0,31};)?",
    re.S | re.I,
)
_XML_NAMES = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_PREFIXED = re.compile(r"[<\s]([A-Za-z_][\w.-]*):[A-Za-z_][\w.-]*(?=[\s=/>])")
_DECLARED = re.compile(r"xmlns:([\w.-]+)\s*=")
_BARE = re.compile(r"""(\s[\w:.-]+)=([^\s"'<>/=]+)(?=[\s/>])""")
_OPENING = re.compile(r"<((?:\w+:)?(?:rss|rdf|feed|channel|urlset|sitemapindex))\b[^>]*>", re.I)
_CHANNEL = re.compile(r"<(/?)((?:\w+:)?channel)\b", re.I)
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.I)
_ADDRESS = re.compile(r"<(?:\w+:)?(?:url|sitemap)\b", re.I)
_ENTRIES = re.compile(r"<(/?)(?:\w+:)?(?:item|entry)\b[^<>]*>", re.I)
_ADDRESSES = re.compile(r"<(/?)(?:\w+:)?(?:url|sitemap)\b[^<>]*>", re.I)


def mend(text: str) -> str:
    """Return ``text`` with stray ampersands, unknown entities, controls, unclosed breaks, missing
    declarations of prefixes and a cut end put right.

    What is cut off in the midst of an entry loses that entry.
    """
    text = _CONTROLS.sub(" ", text)
    opening = _OPENING.search(text)
    if opening is None:
        return text
    text = _whole(text, opening[1])
    start = _BARE.sub(r'\1="\2"', opening[0])
    missing = (
        {m[1] for m in _PREFIXED.finditer(text)} - set(_DECLARED.findall(text)) - {"xml", "xmlns"}
    )
    added = "".join(f' xmlns:{prefix}="undeclared:{prefix}"' for prefix in sorted(missing))
    start = f"{start[:-1].rstrip('/')}{added}>"
    text = text[: opening.start()] + start + text[opening.end() :]
    return _PARTS.sub(_mended, text)


def _mended(part: re.Match[str]) -> str:
    if part["void"]:
        return f"<{part['void']}{_BARE.sub(_quoted, part['rest'] + ' ').rstrip()}/>"
    if not part[0].startswith("&"):
        return part[0]
    reference = part["reference"]
    if reference is None:
        return "&amp;"
    if reference in _XML_NAMES:
        return part[0]
    plain = unescape(part[0])
    if plain == part[0] or _CONTROLS.search(plain):
        return f"&amp;{reference}" if plain == part[0] else " "
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(attribute: re.Match[str]) -> str:
    return f'{attribute[1]}="{attribute[2]}"'


def _whole(text: str, root: str) -> str:
    """Cut ``text`` behind its last whole entry and close what is open, if its end is missing.

    What stands behind the end of the root is dropped.
    """
    if ends := list(re.finditer(rf"</{re.escape(root)}\s*>", text, re.I)):
        return text[: ends[-1].end()]
    of_sitemap = root.lower().endswith(("urlset", "sitemapindex"))
    tags = list((_ADDRESSES if of_sitemap else _ENTRIES).finditer(text))
    if whole := [tag for tag in tags if tag[1]]:
        text = text[: whole[-1].end()]
    elif begun := (_ADDRESS if of_sitemap else _ENTRY).search(text):
        text = text[: begun.start()]
    closing = f"</{root}>"
    channels = [] if root.lower().endswith("channel") else list(_CHANNEL.finditer(text))
    if channels and not channels[-1][1]:
        closing = f"</{channels[-1][2]}>{closing}"
    return text + closing
