"""What a page should give: a dictionary of the shape of the golden files in tests/golden."""

from __future__ import annotations

from typing import Any

from benchmarks.quality.page import Page, Piece, anchors, plain

SILENT = ("boilerplate", "repeat")


def truth_of(page: Page, *, links: bool, head: bool) -> dict[str, Any]:
    """Return the whole truth of ``page``.

    Args:
        page: the page.
        links: whether the format keeps hyperlinks; without them only link lines are links.
        head: whether the format keeps what the page's head says: its day and its title.
    """
    truth = dict(page.truth)
    found: list[dict[str, Any]] = []
    for piece in page.pieces:
        if piece.section not in SILENT:
            found += _links(piece, links)
    truth["links"] = found
    known = page.day_printed or (head and page.extra.get("meta_day", True))
    truth["published_on"] = page.day.isoformat() if known else None
    if not head and not any(piece.role == "title" for piece in page.pieces):
        truth["title"] = None
    for name in page.extra.get("unscored", ()):
        del truth[name]
    return truth


def main_text(page: Page) -> str:
    """Return the article's text without its title, repeats and boilerplate."""
    kept = [p for p in page.pieces if p.section not in (*SILENT, "title") and p.role != "rule"]
    return "\n\n".join(plain(piece.inline) for piece in kept)


def _links(piece: Piece, links: bool) -> list[dict[str, Any]]:
    cited = piece.citation
    spans = list(anchors(piece.inline)) if links else []
    if cited and not spans:
        text = plain(piece.inline)
        url = next((word for word in text.split() if word.startswith("http")), None)
        return [_link(piece, text, url)]
    return [_link(piece, plain(span.inner), span.url) for span in spans]


def _link(piece: Piece, text: str, url: str | None) -> dict[str, Any]:
    cited = piece.citation
    return {
        "section": piece.section,
        "text": text,
        "title": cited.title if cited else None,
        "authors": list(cited.authors) if cited else [],
        "outlet": cited.outlet if cited else None,
        "url": url,
    }
