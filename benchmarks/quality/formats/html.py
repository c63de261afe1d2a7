"""Web pages: a theme drawn by chance around the article, and chrome that is not the brief's."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from benchmarks.quality.formats import Rendered, chrome
from benchmarks.quality.formats.head import head
from benchmarks.quality.page import Inline, Page, Piece, with_absolute_links
from benchmarks.quality.writer import Writer


@dataclass(frozen=True)
class Theme:
    """How one site dresses its pages."""

    container: str
    title: str
    heading: str
    subheading: str
    items: str
    paragraph: str
    bullet: str
    entities: bool
    noise: bool
    spans: bool


def theme(w: Writer) -> Theme:
    """Draw a theme."""
    heading = w.pick("h2", "h3", "h4", "p b", "div b", "p strong")
    subheading = heading if " " in heading else w.pick("h3", "h4", heading, "p b")
    return Theme(
        container=w.pick("article", "article", "divs", "main", "wp"),
        title=w.pick("h1", "h1", "h1", "h2", "div b"),
        heading=heading,
        subheading=subheading,
        items=w.pick("ul", "ul", "ul", "ul p", "p"),
        paragraph=w.pick(*("p",) * 9, "div"),
        bullet=w.pick("• ", "&bull;&nbsp;", "- "),
        entities=w.chance(0.15),
        noise=w.chance(0.3),
        spans=w.chance(0.1),
    )


def render(page: Page, w: Writer) -> Rendered:
    """Print ``page`` as a web page in UTF-8, or now and then in another encoding."""
    uri = _uri(page, w)
    text = document(page, w, addressed=uri.startswith("http"))
    encoding = "utf-8"
    if w.chance(0.08):
        encoding = w.pick("cp1252", "iso-8859-1", "utf-16")
        text = text.replace('charset="utf-8"', f'charset="{encoding}"', 1)
        if encoding == "utf-16":
            text = text.replace('<meta charset="utf-16">\n', "", 1)
    body = text.encode("cp1252" if encoding == "iso-8859-1" else encoding, "xmlcharrefreplace")
    return Rendered(body, uri, links=True, head=True)


def _uri(page: Page, w: Writer) -> str:
    if page.extra.get("fetched"):
        return page.url
    slug = page.url.rstrip("/").rsplit("/", 1)[-1]
    return page.url if page.host_known and w.chance(0.4) else f"{slug}.html"


def document(page: Page, w: Writer, *, addressed: bool) -> str:
    """Return the whole page as markup that declares itself UTF-8.

    A page that was not ``addressed``, so that nothing but itself can say where it belongs, names
    its own address; a copy on another site links in full.
    """
    page = page if page.host_known else with_absolute_links(page)
    look = theme(w)
    article = chrome.picture(w) + body(page, w, look)
    if not page.extra.get("cut"):
        article += chrome.inside(page, w)
    before, after = chrome.around(page, w)
    wrapped = _wrap(article, look, page)
    return (
        f'<!DOCTYPE html>\n<html lang="en-US">\n<head>\n{head(page, w, addressed)}</head>\n'
        f"<body>\n{before}{wrapped}\n{after}</body>\n</html>\n"
    )


def _wrap(article: str, look: Theme, page: Page) -> str:
    if look.container == "article":
        return f'<main id="content"><article class="post type-post">\n{article}</article></main>'
    if look.container == "main":
        return f'<main><div class="row">\n{article}</div></main>'
    if look.container == "wp":
        return (
            f'<div id="page"><div class="site-inner"><article id="post-{len(article)}">'
            f'<div class="entry-content">\n{article}</div></article></div></div>'
        )
    return (
        '<div id="main"><div class="row"><div class="col-8"><div class="content"><div class="body">'
        f"\n{article}</div></div></div></div></div>"
    )


# --- the article ---


def body(page: Page, w: Writer, look: Theme) -> str:
    """Return the article's markup."""
    parts: list[str] = []
    opened: list[str] = []
    titled = False
    for piece in page.pieces:
        depth = piece.level if piece.role == "item" and look.items != "p" else 0
        _level(
            parts, opened, depth, "ol" if page.ordered and piece.section == "developments" else "ul"
        )
        tag = look.title
        if piece.role == "title" and titled:
            tag = w.pick("h2", "p b", "p")
        titled = titled or piece.role == "title"
        parts.append(_block(piece, tag, look, w))
        if look.noise and w.chance(0.2) and not depth:
            parts.append(w.pick("<p>&nbsp;</p>\n", "<!-- /wp:paragraph -->\n", "<p></p>\n"))
    _level(parts, opened, 0, "ul")
    return "".join(parts)


def _level(parts: list[str], opened: list[str], depth: int, tag: str) -> None:
    """Open or close lists until ``depth`` of them are open."""
    while len(opened) > depth:
        parts.append(f"</{opened.pop()}>\n")
    while len(opened) < depth:
        opened.append(tag)
        parts.append(f"<{tag}>\n")


def _block(piece: Piece, title: str, look: Theme, w: Writer) -> str:
    inner = markup(piece.inline, look)
    if piece.role == "rule":
        return "<hr>\n"
    if piece.role == "title":
        return _tagged(title, inner, 'class="headline"')
    if piece.role == "heading":
        tag = look.heading if piece.level == 2 else look.subheading
        return _tagged(tag, inner, f'id="{piece.anchor}"' if piece.anchor else "")
    if piece.role in ("kicker", "dateline", "dek"):
        return _tagged(w.pick("p", "div"), inner, f'class="{piece.role}"')
    if piece.role == "item":
        if look.items == "p":
            return f"<{look.paragraph}>{look.bullet}{inner}</{look.paragraph}>\n"
        return f"<li><p>{inner}</p></li>\n" if look.items == "ul p" else f"<li>{inner}</li>\n"
    return f"<{look.paragraph}>{inner}</{look.paragraph}>\n"


def _tagged(tag: str, inner: str, attributes: str) -> str:
    outer, _, bold = tag.partition(" ")
    inner = f"<{bold}>{inner}</{bold}>" if bold else inner
    return f"<{outer}{' ' if attributes else ''}{attributes}>{inner}</{outer}>\n"


def markup(inline: Inline, look: Theme) -> str:
    """Return ``inline`` as markup."""
    parts: list[str] = []
    for part in inline:
        if isinstance(part, str):
            parts.append(_text(part, look))
        elif part.mark == "br":
            parts.append("<br>\n")
        elif part.mark == "a":
            parts.append(f'<a href="{escape(part.href)}">{markup(part.inner, look)}</a>')
        else:
            parts.append(f"<{part.mark}>{markup(part.inner, look)}</{part.mark}>")
    return "".join(parts)


def _text(text: str, look: Theme) -> str:
    text = escape(text, quote=False)
    if look.entities:
        text = "".join(f"&#{ord(c)};" if c in "“”‘’—" else c for c in text)
    middle = text.find(" ", len(text) // 2 - 20)
    if look.spans and len(text) > 60 and middle > 0:
        text = f'<span style="font-weight: 400">{text[:middle]}</span>{text[middle:]}'
    return text
