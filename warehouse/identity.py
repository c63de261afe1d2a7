"""Which captures are one brief, and what ids rows get. Pure functions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date

from extractors.model import Brief
from extractors.text import fold, plain_marks
from warehouse.urls import canonical, is_root, same_site

_ID_LENGTH = 20  # 80 bits: a collision among a billion rows has odds of one in a million
SEPARATOR = "\x1f"


def digest(*parts: str) -> str:
    """Return the hex id of ``parts``; SQL makes the same with ``digest_sql``."""
    joined = SEPARATOR.join(parts).encode("utf-8", "replace")
    return hashlib.sha256(joined).hexdigest()[:_ID_LENGTH]


def digest_sql(*expressions: str) -> str:
    """Return the SQL expression for :func:`digest` of the given SQL expressions."""
    joined = f" || chr({ord(SEPARATOR)}) || ".join(expressions)
    return f"substring(sha256({joined}), 1, {_ID_LENGTH})"


def keys_of(brief: Brief) -> tuple[str, ...]:
    """Return every key that leads to ``brief``, the strongest first: addresses, title, text.

    A page's canonical address counts only from its own site, or for files, and never the front
    page, which templates declare for all pages. Where the publisher is not known, title and day
    tell apart what one address shows. The text is a key only where nothing else is known.
    """
    keys = []
    own = canonical(brief.url)
    declared = canonical(brief.canonical_url)
    if declared and not is_root(declared) and (own is None or same_site(own, declared)):
        keys.append(f"url:{declared}")
    if own:
        keys.append(f"url:{own}")
    title = brief.title.text if brief.title else None
    day = brief.published.on if brief.published else None
    if lasting := lasting_key(brief.publisher, day, title, own or declared):
        keys.append(lasting)
    if not keys:
        keys.append(f"text:{digest(fold(title or ''), content_sha256(brief))}")
    return tuple(dict.fromkeys(keys))


def lasting_key(
    publisher: str | None, day: date | None, title: str | None, address: str | None
) -> str | None:
    """Return the key that is made of a brief's day and title, and leads to no other brief later.

    ``address`` (canonical) stands in for a publisher that is not known.
    """
    folded = fold(title or "")
    if day and folded and publisher:
        return f"title:{publisher}/{day.isoformat()}/{digest(folded)}"
    if day and address:
        return f"page:{address}/{day.isoformat()}/{digest(folded)}"
    return None


_LASTING = ("title:", "page:")


def is_lasting(brief_id: str, keys: Sequence[str]) -> bool:
    """Tell whether an id is made of one of ``keys`` that never leads to another brief."""
    lasting = [key for key in keys if key.startswith(_LASTING)]
    return bool(lasting) and brief_id == brief_id_of(lasting)


def brief_id_of(keys: Sequence[str]) -> str:
    """Return the id of a brief first seen with ``keys``, by one that never leads to another brief.

    That is its title and day, else the address with them; only a brief without a day has the
    address alone, or its text.
    """
    chosen = next((key for key in keys if key.startswith(_LASTING)), keys[0])
    return digest("brief", chosen)


def content_sha256(brief: Brief) -> str:
    """Return the hash of a brief's body: its text without front matter, repeats and furniture."""
    return body_sha256(body_of(brief))


def body_sha256(parts: Sequence[str]) -> str:
    """Return the hash of the blocks of a body.

    Two renderings of one brief, as a page and as text, agree in it, and so do its mirrors. The
    shapes of marks and counters of visits make no difference. It is "" for a brief of front matter
    alone, which can be nobody's mirror.
    """
    lasting = [part for part in parts if not is_volatile(part)]
    return _sha256([plain_marks("\n".join(lasting))]) if lasting else ""


# Counters and relative times, in the words of sharing bars and statistics. Numbers of anything else
# are text: "12 people were killed" is an editor's to change.
_NUMBER = r"\d+(?:[.,]\d+)*+ ?(?:[km]\b)?"
_AGO = (
    r"(?:(?:this (?:page|article|post|story|piece|brief|entry) )?(?:was |is )?"
    r"(?:(?:first|last) )?(?:posted|published|updated|modified|edited|reviewed|refreshed)?:? ?)?"
    r"(?:(?:about|over|almost|just|less than) )?(?:an?|\d+) "
    r"(?:second|sec|minute|min|hour|hr|day|week|wk|month|year|yr)s?\.? ago\.?"
)
_SAYS = r"(?:likes?|shares?|tweets?|retweets?|pins?|comments?|reactions?|claps?|replies)"
_LOOKS = r"(?:views?|page ?views|reads?|readers?|visits?|visitors?|downloads?)"
# What a sharing bar says beside its counters; alone it changes with nothing.
_BAR = r"share(?: this)?|tweet|print|e-?mail|like|pin|save|facebook|twitter|linkedin|whatsapp"
_COUNT = (
    rf"(?:no|{_NUMBER}) (?:{_LOOKS}|{_SAYS}|min(?:ute)?s?\.? read)"
    rf"|(?:{_LOOKS}|{_SAYS}|{_BAR}):? ?\(?{_NUMBER}\)?"
    rf"|(?:viewed|read|shared|downloaded|visited|printed|cited)(?: by)?:? {_NUMBER} times?"
    rf"|{_NUMBER} (?:people|persons?|users?|visitors?|readers?) (?:(?:is|are|have|has) )?"
    r"(?:(?:currently|now|also) )?(?:reading|viewing|read|viewed|liked?|shared?)"
    r"(?: this(?: (?:page|article|post|story|piece|brief))?)?(?: (?:right )?now)?\.?"
)
_VOLATILE = re.compile(rf"(?:(?:{_AGO}|{_COUNT}|{_BAR}|just now)(?!\w)[\s·|•,/-]*)+", re.I)
_VOLATILE_LENGTH = 80  # code points


def is_volatile(part: str) -> bool:
    """Tell whether a block is one that changes at every visit: "3 min ago", "1,204 views"."""
    return len(part) <= _VOLATILE_LENGTH and _VOLATILE.fullmatch(part) is not None


def body_of(brief: Brief) -> list[str]:
    """Return the blocks of a brief's body: no front matter, repeats or furniture."""
    return [
        brief.text[block.start : block.end].replace("\n", " ")  # a block has no other white space
        for block in brief.blocks
        if block.section not in ("title", "repeat", "boilerplate")
    ]


def links_sha256(brief: Brief) -> str | None:
    """Return the hash of the addresses that a brief links to, or None for one without any.

    Only renderings that have addresses can be compared in them: text has none.
    """
    addresses = [address for link in brief.links if (address := canonical(link.url))]
    return _sha256(addresses) if addresses else None


def _sha256(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()


def item_keys(texts: Sequence[str]) -> list[str]:
    """Return what tells a brief's items apart: the folded text, and which occurrence it is."""
    seen: dict[str, int] = {}
    keys = []
    for text in texts:
        base = fold(text)
        nth = seen[base] = seen.get(base, 0) + 1
        keys.append(f"{base}{SEPARATOR}{nth}")
    return keys
