"""A newsletter that has a text part alone."""

from __future__ import annotations

from benchmarks.quality.formats import Rendered, text
from benchmarks.quality.formats.mail import envelope
from benchmarks.quality.page import Page
from benchmarks.quality.writer import Writer


def render(page: Page, w: Writer) -> Rendered:
    """Print ``page`` as a message with a text part."""
    message = envelope(page, w)
    cte = w.pick("quoted-printable", "base64", "8bit")
    message.set_content(text.lines(page, w, width=72 if w.chance(0.4) else 0) + "\n", cte=cte)
    slug = page.url.rstrip("/").rsplit("/", 1)[-1]
    return Rendered(bytes(message), f"{slug}.eml", links=False, head=True)
