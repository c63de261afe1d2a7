"""Markdown, as notes and static sites keep briefs."""

from __future__ import annotations

from benchmarks.quality.formats import Rendered
from benchmarks.quality.page import Inline, Page, Piece, plain, with_absolute_links
from benchmarks.quality.writer import Writer


def render(page: Page, w: Writer) -> Rendered:
    """Print ``page`` as a Markdown file."""
    page = with_absolute_links(page)
    bullet, rank = w.pick("- ", "* "), w.pick("##", "###", "**")
    blocks = [_block(piece, bullet, rank) for piece in page.pieces]
    text = "".join(
        f"{'' if nth == 0 else _gap(page.pieces[nth - 1], page.pieces[nth])}{block}"
        for nth, block in enumerate(blocks)
    )
    slug = page.url.rstrip("/").rsplit("/", 1)[-1]
    uri = f"{page.url.rstrip('/')}.md" if page.extra.get("fetched") else f"{slug}.md"
    end = "" if page.extra.get("cut") else "\n"
    return Rendered((text + end).encode(), uri, links=True, head=False)


def _gap(before: Piece, piece: Piece) -> str:
    return "\n" if before.role == piece.role == "item" else "\n\n"


def _block(piece: Piece, bullet: str, rank: str) -> str:
    if piece.role == "rule":
        return "---"
    if piece.role == "title":
        return f"# {plain(piece.inline)}"
    if piece.role == "heading":
        text = plain(piece.inline)
        if rank == "**":
            return f"**{text}**"
        return f"{rank}{'#' * (piece.level - 2)} {text}"
    text = markup(piece.inline)
    return "  " * (piece.level - 1) + bullet + text if piece.role == "item" else text


def markup(inline: Inline) -> str:
    """Return ``inline`` with Markdown's marks."""
    parts: list[str] = []
    for part in inline:
        if isinstance(part, str):
            parts.append(part)
        elif part.mark == "a":
            parts.append(f"[{markup(part.inner)}]({part.href})")
        elif part.mark == "br":
            parts.append("  \n")
        else:
            mark = {"strong": "**", "em": "*"}.get(part.mark, "")
            parts.append(f"{mark}{markup(part.inner)}{mark}")
    return "".join(parts)
