"""Invented feeds in every dialect."""

from __future__ import annotations

import random
from dataclasses import dataclass
from html import escape

SITE = "https://tank.example"

_WORDS = (
    "harbor tariff pilots river council ferry grain minister border treaty signal bridge envoy "
    "drought cable quarry satellite garrison parliament vineyard"
).split()


@dataclass(frozen=True)
class Item:
    """One invented entry; ``link`` is as it is to be printed."""

    title: str
    link: str
    guid: str
    text: str


def items(rng: random.Random, count: int, link: str = SITE + "/{year}/{slug}") -> list[Item]:
    """Invent entries; ``link`` is the pattern of their addresses."""
    made = []
    for nth in range(count):
        words = rng.sample(_WORDS, 4)
        url = link.format(year=2020 + nth % 5, slug="-".join(words) + f"-{nth}")
        title = " ".join(words).title()
        text = f"<p>The {words[0]} and the {words[1]} — “{words[2]}”, she said.</p>"
        made.append(Item(title, url, f"{SITE}/?p={nth + 100}", text))
    return made


_NS = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
)
_DATE = "Mon, 03 Mar 2025 22:30:00 -0500"
_ISO = "2025-03-03T22:30:00-05:00"


def _rss(found: list[Item], version: str, attributes: str = "", *, rich: bool = False) -> str:
    parts = []
    for item in found:
        more = ""
        if rich:
            more = (
                f"<guid isPermaLink='false'>{escape(item.guid)}</guid><pubDate>{_DATE}</pubDate>"
                f"<dc:creator>Ann Holloway</dc:creator>"
                f"<content:encoded><![CDATA[{item.text}]]></content:encoded>"
            )
        parts.append(
            f"<item>\n<title>{escape(item.title)}</title>\n<link>{escape(item.link)}</link>\n"
            f"<description>{escape(item.text)}</description>\n{more}</item>\n"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<rss version="{version}" {attributes}>\n<channel>\n'
        f"<title>Tank</title>\n<link>{SITE}/</link>\n<description>Briefs</description>\n"
        f"<image><url>{SITE}/i.png</url><title>I</title><link>{SITE}/image</link></image>\n"
        f"{''.join(parts)}</channel>\n</rss>\n"
    )


def _rdf(found: list[Item], namespace: str, *, about: bool) -> str:
    parts = []
    for item in found:
        at = f' rdf:about="{escape(item.link)}"' if about else ""
        parts.append(
            f"<item{at}>\n<title>{escape(item.title)}</title>\n<link>{escape(item.link)}</link>\n"
            f"<dc:date>{_ISO}</dc:date>\n<description>{escape(item.text)}</description>\n</item>\n"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="{namespace}">\n'
        f'<channel rdf:about="{SITE}/"><title>Tank</title><link>{SITE}/</link></channel>\n'
        f"{''.join(parts)}</rdf:RDF>\n"
    )


def _atom(found: list[Item], namespace: str, *, old: bool, prefix: str = "") -> str:
    p = prefix
    parts = []
    for item in found:
        content = (
            f'<{p}content type="text/html" mode="escaped">{escape(item.text)}</{p}content>'
            if old
            else f'<{p}content type="html">{escape(item.text)}</{p}content>'
        )
        dates = (
            f"<{p}issued>{_ISO}</{p}issued><{p}modified>{_ISO}</{p}modified>"
            if old
            else f"<{p}published>{_ISO}</{p}published><{p}updated>{_ISO}</{p}updated>"
        )
        parts.append(
            f"<{p}entry>\n<{p}title>{escape(item.title)}</{p}title>\n"
            f'<{p}link rel="alternate" type="text/html" href="{escape(item.link)}"/>\n'
            f"<{p}id>{escape(item.guid.replace('https', 'tag'))}</{p}id>\n{dates}\n"
            f"<{p}author><{p}name>Ann Holloway</{p}name></{p}author>\n{content}</{p}entry>\n"
        )
    declared = f"xmlns{':' + p[:-1] if p else ''}"
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<{p}feed {declared}="{namespace}">\n'
        f"<{p}title>Tank</{p}title>\n"
        f'<{p}link rel="self" href="{SITE}/feed"/>\n<{p}link href="{SITE}/"/>\n'
        f"{''.join(parts)}</{p}feed>\n"
    )


def _cdf(found: list[Item]) -> str:
    parts = (
        f'<ITEM HREF="{escape(item.link)}"><TITLE>{escape(item.title)}</TITLE></ITEM>\n'
        for item in found
    )
    return f'<?xml version="1.0"?>\n<CHANNEL HREF="{SITE}/">\n{"".join(parts)}</CHANNEL>\n'


DIALECTS = {
    "rss 0.90": lambda f: _rdf(f, "http://my.netscape.com/rdf/simple/0.9/", about=False),
    "rss 0.91": lambda f: _rss(f, "0.91"),
    "rss 0.92": lambda f: _rss(f, "0.92"),
    "rss 0.93": lambda f: _rss(f, "0.93"),
    "rss 0.94": lambda f: _rss(f, "0.94"),
    "rss 1.0": lambda f: _rdf(f, "http://purl.org/rss/1.0/", about=True),
    "rss 2.0": lambda f: _rss(f, "2.0"),
    "rss 2.0 with modules": lambda f: _rss(f, "2.0", _NS, rich=True),
    "rss 2.0 in a namespace": lambda f: _rss(f, "2.0", 'xmlns="http://backend.userland.com/rss2"'),
    "atom 0.3": lambda f: _atom(f, "http://purl.org/atom/ns#", old=True),
    "atom 1.0": lambda f: _atom(f, "http://www.w3.org/2005/Atom", old=False),
    "atom 1.0 with a prefix": lambda f: _atom(
        f, "http://www.w3.org/2005/Atom", old=False, prefix="a:"
    ),
    "cdf": _cdf,
}
"""Each dialect of XML, as a function from entries to a document in UTF-8."""
