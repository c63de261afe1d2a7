"""The head of a brief that stands above the element of its text, and what is none."""

from __future__ import annotations

import pytest

from extractors import extract

_TEXT = "".join(
    f"<p>The {n} tug of the harbour towed the ferry out before the tide had turned, and came back "
    "with the second one.</p>"
    for n in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
)
_MENU = "".join(f'<li><a href="/t/{n}">Straits and Ports {n}</a></li>' for n in range(30))
TITLE = "Tugs Leave the Harbour: What Follows"


def _text(above: str, inside: str = "", declared: str = f"{TITLE} - Quiet Waters") -> str:
    page = (
        f"<html><head><title>{declared}</title></head><body><div class=top><ul>{_MENU}</ul>"
        f"</div>{above}<article>{inside}{_TEXT}</article></body></html>"
    )
    brief = extract(page.encode(), uri="https://www.fdd.org/analysis/x/").brief
    assert brief is not None
    return brief.text[: brief.text.index("The first tug")].strip()


@pytest.mark.parametrize(
    "above",
    [
        f"<h1>{TITLE}</h1>",
        f"<h2>{TITLE}</h2>",
        f"<h2><a href=/x>{TITLE.replace(': ', ':</a> <i>')}</i></h2>",
        f"<div><span>{TITLE.replace('the ', 'the&nbsp;')}</span></div>",
    ],
)
def test_a_title_above_the_text_is_set_before_it(above: str) -> None:
    assert _text(above).replace("\xa0", " ") == TITLE


def test_a_title_over_two_lines_is_found_above() -> None:
    assert _text(f"<div>{TITLE.replace(': ', ':<br>')}</div>") == TITLE.replace(": ", ":\n")


def test_a_dateline_of_a_kind_stands_above_a_text_with_its_title() -> None:
    dateline = "May 4, 2024 | Flash Brief"
    assert _text(f"<p>{dateline}</p>", f"<h1>{TITLE}</h1>") == f"{dateline}\n\n{TITLE}"


def test_a_dek_and_a_day_below_the_title_come_along() -> None:
    head = (TITLE, "Why the ferry went last", "May 4, 2024")
    above = f"<h1>{head[0]}</h1><p>{head[1]}</p><p>{head[2]}</p>"
    assert _text(above) == "\n\n".join(head)


@pytest.mark.parametrize("logo", ["<h1>Quiet Waters Weekly</h1>", "<h1><a href=/>Risk</a></h1>"])
def test_the_sites_name_above_is_none_of_the_text(logo: str) -> None:
    assert _text(f"<header>{logo}</header>", f"<h1>{TITLE}</h1>") == TITLE
