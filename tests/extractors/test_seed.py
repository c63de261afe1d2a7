"""The one real brief, as text and as a page: it is kept beside the project, not in it."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from extractors import Brief, extract

SEED = Path(__file__).parents[3] / "shared" / "seeds" / "flash-brief-2025-01-14.txt"

pytestmark = pytest.mark.skipif(not SEED.exists(), reason="the real brief is not here")


def _brief(body: bytes, uri: str) -> Brief:
    brief = extract(body, uri=uri).brief
    assert brief is not None
    return brief


@pytest.fixture(scope="module")
def seed() -> Brief:
    return _brief(SEED.read_bytes(), SEED.name)


def _texts(values: object) -> object:
    """Return the printed texts in ``values``, without their places in the brief."""
    if hasattr(values, "start") and hasattr(values, "text"):
        return values.text
    if isinstance(values, tuple):
        return [_texts(value) for value in values]
    slots = getattr(values, "__slots__", None)
    if slots:
        return {name: _texts(getattr(values, name)) for name in slots if name != "url"}
    return values


def test_front_matter(seed: Brief) -> None:
    assert seed.publisher == "fdd"
    assert seed.kind is not None and seed.kind.text == "Flash Brief"
    assert seed.published is not None and seed.published.on is not None
    assert seed.published.on.isoformat() == "2025-01-14"
    assert seed.title is not None and seed.title.text.startswith("‘") and "’: " in seed.title.text
    assert seed.title.text.count("‘") == seed.title.text.count("’") == 1
    assert [block.section for block in seed.blocks[:4]] == ["title", "title", "repeat", "repeat"]
    assert seed.coverage == 1.0 and not seed.truncated


def test_developments(seed: Brief) -> None:
    assert [d.headline.text for d in seed.developments if d.headline] == [
        "Pezeshkian to Visit Moscow",
        "Iran Seeking Air Defense Systems, Warplanes",
        "Recent Military Cooperation",
    ]


def test_statements(seed: Brief) -> None:
    assert [(s.speaker.text, s.role and s.role.text) for s in seed.statements] == [
        ("John Hardie", "Russia Program Deputy Director"),
        ("Janatan Sayeh", "Research Analyst"),
        ("Seth J. Frantzman", "Adjunct Fellow"),
    ]
    assert all(s.affiliation is None and s.is_quotation for s in seed.statements)
    assert all(s.quote.text[0] not in "“”" and s.quote.text.endswith(".") for s in seed.statements)


def test_links(seed: Brief) -> None:
    assert [link.section for link in seed.links] == ["background"] * 4
    assert [[a.text for a in link.authors] for link in seed.links] == [
        ["Seth J. Frantzman"],
        ["Seth J. Frantzman"],
        [],
        ["Seth J. Frantzman"],
    ]
    assert [link.outlet and link.outlet.text for link in seed.links] == [
        None,
        None,
        "FDD Flash Brief",
        None,
    ]


def _page(text: str) -> bytes:
    """Set the seed as a web page."""
    parts: list[str] = []
    for line in text.splitlines():
        if line.startswith("- "):
            label, body = line[2:].split(":", 1)
            parts.append(f"<li><strong>{escape(label)}:</strong>{escape(body)}</li>")
        elif len(line) < 40 and "|" not in line:
            parts.append(f"<h3>{escape(line)}</h3>")
        elif "— " in line:
            said, by = line.rsplit("— ", 1)
            name, role = by.split(", ", 1)
            by = f'<a href="/team/x/"><strong>{escape(name)}</strong></a>, <em>{escape(role)}</em>'
            parts.append(f"<p>{escape(said)}— {by}</p>")
        else:
            parts.append(f"<p>{escape(line)}</p>")
    parts[1] = parts[1].replace("<p>", "<h1>").replace("</p>", "</h1>")
    body = "\n".join(parts)
    return f"<!doctype html><html><body><article>{body}</article></body></html>".encode()


def test_page_gives_the_same(seed: Brief) -> None:
    page = _brief(_page(SEED.read_text("utf-8")), "seed.html")
    bare = replace(page, links=tuple(ln for ln in page.links if ln.section == "background"))
    assert bare.text == seed.text
    for name in ("publisher", "kind", "title", "published", "developments", "statements", "links"):
        assert _texts(getattr(bare, name)) == _texts(getattr(seed, name)), name
