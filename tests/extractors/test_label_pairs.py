"""Developments whose labels stand on lines of their own, each with a text below it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractors import Brief, extract

PAIRS = [
    ("Crew Detained After Dusk", "The port authority held the captain and both pilots on March 3."),
    ("‘No Chart,’ Says Pilot", "He had asked for one twice: “they sent a tide table,” he said."),
    ("Fares Frozen", "Islanders pay the day fare until the pier is mended."),
]
BUILDS: dict[str, Callable[[str, str], str]] = {
    "boxes": lambda a, b: f"<div><div>{a}</div><div>{b}</div></div>",
    "boxes with colons": lambda a, b: f"<div><div>{a}:</div><div>{b}</div></div>",
    "paragraphs with colons": lambda a, b: f"<p><b>{a}:</b></p><p>{b}</p>",
    "folds": lambda a, b: f"<details><summary>{a}</summary><p>{b}</p></details>",
    "bare folds": lambda a, b: f"<details><summary>{a}:</summary>{b}</details>",
    "definitions": lambda a, b: f"<dl><dt>{a}:</dt><dd>{b}</dd></dl>",
    "rows": lambda a, b: f"<table><tr><th>{a}</th><td>{b}</td></tr></table>",
    "bullets": lambda a, b: f"<ul><li><div>{a}</div><div>{b}</div></li></ul>",
    "headings with colons": lambda a, b: f"<h3>{a}:</h3><p>{b}</p>",
    "broken lines": lambda a, b: f"<p>{a}<br>{b}</p>",
    "numbered cards": lambda a, b: f"<div><div>1</div><div>{a}</div><div>{b}</div></div>",
}


def _brief(developments: str) -> Brief:
    page = (
        "<!doctype html><html><head><title>Night Ferry Runs Aground</title></head><body><article>"
        "<p>March 4, 2025 | Flash Brief</p><h1>Night Ferry Runs Aground</h1>"
        f"<h2>Latest Developments</h2>{developments}<h2>FDD Expert Response</h2>"
        "<p>“The ferry has two captains.” — Ada Vance, FDD Senior Fellow</p>"
        "</article></body></html>"
    )
    uri = "https://www.fdd.org/analysis/2025/03/04/ferry/"
    brief = extract(page.encode(), uri=uri, content_type="text/html").brief
    assert brief is not None
    return brief


def _rows(brief: Brief) -> list[tuple[str | None, str]]:
    return [(d.headline.text if d.headline else None, d.text.text) for d in brief.developments]


@pytest.mark.parametrize("build", BUILDS)
def test_each_label_is_the_headline_of_the_text_below_it(build: str) -> None:
    brief = _brief("".join(BUILDS[build](a, b) for a, b in PAIRS))
    assert _rows(brief) == PAIRS
    assert len(brief.statements) == 1


def test_a_fold_may_hold_two_paragraphs() -> None:
    build = "<details><summary>{0}</summary><p>{1}</p><p>Nobody else would say.</p></details>"
    brief = _brief("".join(build.format(a, b) for a, b in PAIRS))
    assert _rows(brief) == [(a, f"{b}\n\nNobody else would say.") for a, b in PAIRS]


def test_paragraphs_are_no_labels_of_one_another() -> None:
    told = [b for _, b in PAIRS]
    brief = _brief("".join(f"<p>{b}</p>" for b in told))
    assert _rows(brief) == [(None, b) for b in told]


def test_subheadings_with_prose_below_them_are_no_labels() -> None:
    prose = "<p>The pier is older than the port.</p><p>It was built by hand, of oak.</p>"
    brief = _brief(f"<p>{PAIRS[0][1]}</p><p>Oak and Sand</p>{prose}<p>The Pilots</p>{prose}")
    assert _rows(brief) == [(None, PAIRS[0][1])]
