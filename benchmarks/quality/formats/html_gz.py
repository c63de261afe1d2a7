"""A web page as an archive keeps it: gzip."""

from __future__ import annotations

import gzip
from dataclasses import replace

from benchmarks.quality.formats import Rendered, html
from benchmarks.quality.page import Page
from benchmarks.quality.writer import Writer


def render(page: Page, w: Writer) -> Rendered:
    """Print ``page`` as a compressed web page."""
    made = html.render(page, w)
    uri = made.uri if made.uri.startswith("http") else f"{made.uri}.gz"
    return replace(made, body=gzip.compress(made.body, mtime=0), uri=uri, pinned=made.body)
