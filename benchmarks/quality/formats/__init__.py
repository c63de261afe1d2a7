"""One module a file format: ``render(page, writer)`` prints a page as that kind of file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from benchmarks.quality.page import Page
from benchmarks.quality.writer import Writer

MODULES = {
    "text": "text",
    "html": "html",
    "html_gz": "html_gz",
    "markdown": "markdown",
    "mail": "mail",
    "mail_text": "mail_text",
    "mhtml": "mhtml",
    "pdf": "pdf",
    "docx": "docx",
}
FLAT = ("text", "mail_text", "pdf")
"""Formats that keep no hyperlinks."""


@dataclass(frozen=True)
class Rendered:
    """A printed file: its bytes, where it was fetched, and what of the page it keeps.

    ``pinned`` is what stands for the body in the corpus digest where a library's version decides
    on single bytes (PDF, DOCX).
    """

    body: bytes
    uri: str
    links: bool
    head: bool
    pinned: bytes | None = None


class Unprintable(Exception):
    """A page holds what the format can't show; another page must be invented."""


def renderer(name: str) -> Callable[[Page, Writer], Rendered] | None:
    """Return the printer of format ``name``, or None if its library is not installed."""
    try:
        module = import_module(f"{__name__}.{MODULES[name]}")
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("benchmarks"):
            raise
        return None
    found: Callable[[Page, Writer], Rendered] = module.render
    return found
