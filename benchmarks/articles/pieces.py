"""Invented articles with their truth, and the pieces of furniture that templates put about them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from random import Random
from typing import Literal

from benchmarks.invented import Brief, Writer

SITE = "Office of Quiet Affairs"
Kind = Literal["h", "p", "ul", "ol", "q", "table"]


@dataclass(frozen=True)
class Piece:
    """One block of an article: ``lines`` has the items of a list, the cells of a table."""

    kind: Kind
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Article:
    """An article and what is true of it."""

    brief: Brief
    pieces: tuple[Piece, ...]

    @property
    def title(self) -> str:
        return self.brief.title

    @property
    def body(self) -> str:
        return "\n".join(line for piece in self.pieces for line in piece.lines)

    @property
    def front(self) -> str:
        """What may stand in the text or not: head line, byline, day."""
        b = self.brief
        return f"{b.title} By {' and '.join(b.authors)} {b.printed_day}"


def article(number: int) -> Article:
    """Write an article of 120 to 1,500 words; some are prose alone, some are mostly lists."""
    writer = Writer(500 + number)
    random = writer.random
    size = random.choice((2, 3, 5, 8, 12))
    listy = random.random() < 0.35
    pieces = [Piece("p", (writer.paragraph(random.randint(2, 4)),))]
    for nth in range(size):
        if random.random() < 0.35:
            pieces.append(Piece("h", (writer.label(),)))
        pieces.append(Piece("p", (writer.paragraph(random.randint(1, 5)),)))
        if listy or (nth and random.random() < 0.15):
            kind: Kind = random.choice(("ul", "ul", "ol"))
            pieces.append(
                Piece(
                    kind,
                    tuple(
                        writer.sentence() if listy else writer.label()
                        for _ in range(random.randint(2, 5))
                    ),
                )
            )
        if random.random() < 0.15:
            pieces.append(Piece("q", (writer.sentence(),)))
        if random.random() < 0.06:
            cells = (writer.label(), str(random.randint(3, 900)), writer.label(), "12.5")
            pieces.append(Piece("table", cells))
    return Article(writer.brief(number), tuple(pieces))


def paragraphs(art: Article, wrap: str = "{}") -> str:
    """Set the pieces with the elements meant for them, each in ``wrap``."""
    return "\n".join(wrap.format(one(piece)) for piece in art.pieces)


def one(piece: Piece) -> str:
    """Set one piece."""
    lines = [inline(line) for line in piece.lines]
    if piece.kind == "h":
        return f"<h2>{lines[0]}</h2>"
    if piece.kind == "q":
        return f"<blockquote><p>{lines[0]}</p></blockquote>"
    if piece.kind == "table":
        rows = zip(lines[::2], lines[1::2], strict=True)
        return (
            "<table><thead><tr><th>Item</th><th>Value</th></tr></thead><tbody>"
            + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows)
            + "</tbody></table>"
        ).replace("<thead><tr><th>Item</th><th>Value</th></tr></thead>", "")
    if piece.kind in ("ul", "ol"):
        items = "".join(f"<li>{line}</li>" for line in lines)
        return f"<{piece.kind}>{items}</{piece.kind}>"
    return f"<p>{lines[0]}</p>"


def inline(line: str) -> str:
    """Set a line with a link or emphasis somewhere in it, the same ones for the same line."""
    random = Random(line)
    words = [escape(word) for word in line.split(" ")]
    if len(words) > 8:
        at = random.randrange(1, len(words) - 1)
        words[at] = random.choice(
            (
                f'<a href="https://wire.example/{at}">{words[at]}</a>',
                f"<em>{words[at]}</em>",
                f"<span>{words[at]}</span>",
                f"<strong>{words[at]}</strong>",
            )
        )
    return " ".join(words)


def bare(art: Article, separator: str = "<br><br>") -> str:
    """Set the pieces as old pages do: bold lines, typed bullets, line breaks."""
    out = []
    for piece in art.pieces:
        lines = [inline(line) for line in piece.lines]
        if piece.kind == "h":
            out.append(f"<b>{lines[0]}</b>")
        elif piece.kind in ("ul", "ol"):
            out.append("<br>".join(f"• {line}" for line in lines))
        else:
            out += lines
    return separator.join(out)


def byline(art: Article) -> str:
    return "By " + " and ".join(art.brief.authors)


def words(text: str) -> list[str]:
    """Return the words of ``text`` as they are counted."""
    return re.findall(r"\w+", text.lower())


# --- furniture -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Furniture:
    """What one page puts about its article, in words that are no part of it."""

    writer: Writer
    heavy: bool
    """More words around the article than in it."""
    hashed: bool
    """Class names that tell nothing, as build tools make them."""

    def name(self, plain: str) -> str:
        """Return a class name: ``plain``, or a hash of it."""
        return f"css-{Random(plain).getrandbits(28):x}" if self.hashed else plain

    def menu(self) -> str:
        items = "".join(f'<li><a href="/{i}">Desk {i}</a></li>' for i in range(12))
        tag = "div" if self.hashed else "nav"
        return f'<{tag} class="{self.name("menu")}"><ul>{items}</ul></{tag}>'

    def cookies(self) -> str:
        if not self.heavy:
            return ""
        text = "We and our partners store cookies on your device to measure how you read. "
        return (
            f'<div class="{self.name("cookie-consent")}" id="{self.name("cookie-banner")}">'
            f"<h2>Your privacy</h2><p>{text * 4}</p><p>{text * 2}</p>"
            "<button>Accept all</button></div>"
        )

    def teasers(self, count: int, tag: str = "div") -> str:
        cards = "".join(
            f'<{tag} class="{self.name("card")}"><a href="/p/{i}"><h3>{self.writer.title()}</h3>'
            f"</a><p>{self.writer.sentence()}</p><span>May {i + 1}, 2023</span></{tag}>"
            for i in range(count)
        )
        return f'<section class="{self.name("related-posts")}"><h2>Related</h2>{cards}</section>'

    def comments(self) -> str:
        if not self.heavy:
            return ""
        comments = "".join(
            f'<li class="{self.name("comment")}"><b>{self.writer.name()}</b>'
            f"<div><p>{self.writer.paragraph(self.writer.random.randint(1, 4))}</p></div></li>"
            for _ in range(8)
        )
        return (
            f'<div id="{self.name("comments")}" class="{self.name("comments-area")}">'
            f"<h3>8 Comments</h3><ol>{comments}</ol></div>"
        )

    def share(self) -> str:
        links = "".join(f'<li><a href="https://s.example/{i}">Share</a></li>' for i in range(4))
        return f'<div class="{self.name("social-share")}"><ul>{links}</ul></div>'

    def signup(self) -> str:
        return (
            f'<div class="{self.name("newsletter-signup")}"><h4>Subscribe</h4><p>Get our weekly '
            'letter straight to your inbox.</p><form><input type="email"><button>Join</button>'
            "</form></div>"
        )

    def bio(self) -> str:
        return (
            f'<div class="{self.name("author-bio")}"><p>{self.writer.name()} has advised three '
            "ministries and teaches at the school of pilots.</p></div>"
        )

    def side(self) -> str:
        tag = "div" if self.hashed else "aside"
        return f'<{tag} class="{self.name("sidebar")}">{self.teasers(5)}{self.signup()}</{tag}>'

    def foot(self) -> str:
        tag = "div" if self.hashed else "footer"
        legal = (
            "The views expressed here are those of nobody in particular. All rights reserved. "
            "Reproduction in whole or in part requires the written leave of the office. "
        )
        return (
            f'<{tag} class="{self.name("site-footer")}"><p>{legal * (3 if self.heavy else 1)}</p>'
            f"{self.menu()}<p>© 2025 {SITE}</p></{tag}>"
        )
