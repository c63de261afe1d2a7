"""An inbox that changes from night to night: new briefs, edits, copies, and files that are none.

From the second night on a page comes late too: what a brief said before all that is known of it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from benchmarks.invented import Brief, Writer
from benchmarks.speed.pages import as_page, as_text

NIGHTS = 4
_FIRST, _LATER = 14, 6
LATE = "old-"
"""How the names of files begin that count as fetched before the first night."""


def inboxes(seed: int = 1) -> list[dict[str, bytes]]:
    """Return what lies in the inbox on each night, by file name."""
    writer = Writer(seed)
    inbox: dict[str, bytes] = {}
    briefs: list[Brief] = []
    nights = []
    for night in range(NIGHTS):
        for nth in range(_LATER if night else _FIRST):
            brief = writer.brief(len(briefs))
            briefs.append(brief)
            inbox[f"{brief.number:03}.txt"] = as_text(brief).encode()
            if nth % 3 == 0:  # the same brief by another way
                inbox[f"{brief.number:03}.html"] = as_page(brief, "www.fdd.org").encode()
        for number in range(night * 2, night * 5):  # some are edited on several nights
            briefs[number] = _edited(briefs[number], writer)
            inbox[f"{number:03}.txt"] = as_text(briefs[number]).encode()
        if night:
            older = _edited(briefs[night * 2], writer)
            inbox[f"{LATE}{night}.txt"] = as_text(older).encode()
        inbox[f"copy-{night}.html"] = as_page(briefs[night], "copies.example").encode()
        inbox[f"empty-{night}.txt"] = b""
        nights.append(dict(inbox))
    return nights


def _edited(brief: Brief, writer: Writer) -> Brief:
    (label, text), *rest = brief.developments
    words = text.split()
    words[3:5] = [writer.name()]
    links = (*brief.links[1:], (writer.title(), writer.name()))
    return replace(brief, developments=((label, " ".join(words)), *reversed(rest)), links=links)


def fill(folder: Path, inbox: dict[str, bytes]) -> None:
    """Make ``folder`` hold the files of ``inbox``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in inbox.items():
        (folder / name).write_bytes(body)
