"""What goes wrong with feeds: one function a defect, from bytes to bytes."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Mutation = Callable[[bytes, random.Random], bytes]


def _insert(body: bytes, rng: random.Random, pattern: bytes, what: bytes) -> bytes:
    """Put ``what`` behind one of the places that ``pattern`` matches."""
    places = [m.end() for m in re.finditer(pattern, body, re.I)]
    if not places:
        return body
    at = rng.choice(places)
    return body[:at] + what + body[at:]


def _recoded(body: bytes, codec: str, declared: str | None) -> bytes:
    text = body.decode("utf-8", "replace")
    if declared is None:
        text = re.sub(r"^<\?xml[^>]*\?>\s*", "", text)
    else:
        text = re.sub(r'encoding="[^"]*"', f'encoding="{declared}"', text, count=1)
    return text.encode(codec, "replace")


def _relative(body: bytes, rng: random.Random) -> bytes:
    start = rng.choice((b"/", b"", b"./", b"../"))
    return body.replace(b"https://tank.example/2", start + b"2")


def _based(body: bytes, rng: random.Random) -> bytes:
    at = rng.choice(
        (rb"<(?:a:)?(?:rss|feed|rdf:RDF)\b", rb"<(?:a:)?channel\b", rb"<(?:a:)?(?:item|entry)\b")
    )
    base = rng.choice((b"https://other.example/deep/", b"/sub/", b"sub/"))
    return _insert(_relative(body, rng), rng, at, b' xml:base="' + base + b'"')


def _truncated(body: bytes, rng: random.Random) -> bytes:
    return body[: rng.randrange(len(body) // 4, len(body))]


def _without(pattern: bytes) -> Mutation:
    def mutate(body: bytes, rng: random.Random) -> bytes:
        places = list(re.finditer(pattern, body, re.I | re.S))
        if not places:
            return body
        m = rng.choice(places)
        return body[: m.start()] + body[m.end() :]

    return mutate


def _permalinks(body: bytes, rng: random.Random) -> bytes:
    return re.sub(rb"<link>(https://tank.example/2[^<]*)</link>", rb"<guid>\1</guid>", body)


def _not_permalinks(body: bytes, rng: random.Random) -> bytes:
    number = rng.randrange(1000)
    return body.replace(
        b"</item>", b'<guid isPermaLink="false">https://tank.example/?p=%d</guid></item>' % number
    )


def _doubled(body: bytes, rng: random.Random) -> bytes:
    """Repeat an entry under another id."""
    places = list(re.finditer(rb"<(?:a:)?(item|entry)\b.*?</(?:a:)?\1>", body, re.S | re.I))
    if not places:
        return body
    m = rng.choice(places)
    again = re.sub(rb"(<(?:a:)?(?:guid|id)\b[^>]*>)", rb"\1again-", m[0])
    return body[: m.end()] + again + body[m.end() :]


def _flipped(body: bytes, rng: random.Random) -> bytes:
    out = bytearray(body)
    for _ in range(rng.randrange(1, 4)):
        out[rng.randrange(len(out))] = rng.choice(b"<>&\"'/= \x00\xff\xe9a")
    return bytes(out)


MUTATIONS: dict[str, Mutation] = {
    "byte order mark": lambda b, r: b"\xef\xbb\xbf" + b,
    "blank lines first": lambda b, r: b"\n\r\n  \n" + b,
    "junk first": lambda b, r: b"<br />\n<b>Warning</b>: header() in x.php on line 7<br />\n" + b,
    "junk last": lambda b, r: b + b"<!-- cached --><script>x</script>\n</html>",
    "no declaration": lambda b, r: re.sub(rb"^<\?xml[^>]*\?>\s*", b"", b),
    "style sheet": lambda b, r: b.replace(
        b"?>", b'?>\n<?xml-stylesheet href="s.xsl" type="text/xsl"?>', 1
    ),
    "doctype": lambda b, r: b.replace(
        b"?>", b'?>\n<!DOCTYPE rss PUBLIC "-//Netscape//DTD" "http://my.netscape.com/d.dtd">', 1
    ),
    "doctype with entities": lambda b, r: b.replace(
        b"?>",
        b'?>\n<!DOCTYPE rss [<!ENTITY % HTMLlat1 PUBLIC "x" "http://w3.org/x.ent">\n'
        b'<!ENTITY nbsp "&#160;">]>',
        1,
    ),
    "latin-1": lambda b, r: _recoded(b, "latin-1", "iso-8859-1"),
    "latin-1 called utf-8": lambda b, r: _recoded(b, "cp1252", "utf-8"),
    "windows-1252 undeclared": lambda b, r: _recoded(b, "cp1252", None),
    "utf-8 called us-ascii": lambda b, r: _recoded(b, "utf-8", "us-ascii"),
    "unknown encoding": lambda b, r: _recoded(b, "utf-8", "x-unheard-of"),
    "utf-16": lambda b, r: _recoded(b, "utf-16", "utf-16"),
    "undeclared entity": lambda b, r: _insert(b, r, rb"<(?:a:)?title>", b"&nbsp;&rsquo;&eacute;"),
    "unknown entity": lambda b, r: _insert(b, r, rb"<(?:a:)?title>", b"&frobnicate;"),
    "bare ampersand": lambda b, r: _insert(b, r, rb"<(?:a:)?title>", b"R & D &amp "),
    "ampersand in a link": lambda b, r: re.sub(
        rb"(https://tank.example/2[^<\"]*?)([<\"])", rb"\1?a=1&b=2\2", b
    ),
    "control character": lambda b, r: _insert(b, r, rb"<(?:a:)?title>", b"\x0b\x1f"),
    "reference to no character": lambda b, r: _insert(
        b, r, rb"<(?:a:)?title>", b"&#0;&#x1f;&#150;"
    ),
    "null byte": lambda b, r: _insert(b, r, rb"<(?:a:)?title>", b"\x00"),
    "unclosed break": lambda b, r: _insert(b, r, rb"<description>", b"one<br>two<img src=a.png>"),
    "unclosed tag": lambda b, r: _insert(b, r, rb"<description>", b"<b>bold<p>"),
    "markup in a title": lambda b, r: _insert(b, r, rb"<(?:a:)?title>", b"<b>bold</b>"),
    "undeclared prefix": lambda b, r: _insert(
        b, r, rb"<(?:a:)?(?:item|entry)\b[^>]*>", b"<media:title>M</media:title>"
    ),
    "unquoted attribute": lambda b, r: b.replace(b'version="2.0"', b"version=2.0"),
    "upper case": lambda b, r: re.sub(
        rb"(</?)(item|title|link|description|channel)\b", lambda m: m[1] + m[2].upper(), b
    ),
    "space around links": lambda b, r: b.replace(b"<link>", b"<link>\n   ").replace(
        b"</link>", b"\n  </link>"
    ),
    "links in CDATA": lambda b, r: re.sub(
        rb"<link>([^<]*)</link>", rb"<link><![CDATA[\1]]></link>", b
    ),
    "comments": lambda b, r: _insert(b, r, rb"</(?:a:)?(?:item|entry)>", b"<!-- <item> -->"),
    "foreign elements": lambda b, r: _insert(
        b,
        r,
        rb"<(?:a:)?(?:item|entry)\b[^>]*>",
        b'<x:link xmlns:x="urn:x">https://tank.example/wrong</x:link>',
    ),
    "relative links": _relative,
    "xml:base": _based,
    "permalinks alone": _permalinks,
    "guids that are no links": _not_permalinks,
    "no link": _without(rb"<link>https://tank.example/2[^<]*</link>"),
    "script for a link": lambda b, r: re.sub(
        rb"<link>https://tank.example/2[^<]*</link>",
        b"<link>javascript:alert(1)</link>",
        b,
        count=1,
    ),
    "doubled entry": _doubled,
    "truncated": _truncated,
    "lost end tag": _without(rb"</(?:a:)?(?:title|description|item|entry|channel)>"),
    "lost start tag": _without(rb"<(?:a:)?(?:title|description)>"),
    "flipped bytes": _flipped,
}
"""Each defect; those of feedparser's documentation are among them."""
