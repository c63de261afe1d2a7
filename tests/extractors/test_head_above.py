"""The head of a brief that stands above the element of its text, and what is none."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

_TEXT = "".join(
    f"<p>The {n} tug of the harbour towed the ferry out before the tide had turned, and came back "
    "with the second one.</p>"
    for n in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
)
_MENU = "".join(f'<li><a href="/t/{n}">Straits and Ports {n}</a></li>' for n in range(30))
TITLE = "Tugs Leave the Harbour: What Follows"


def _brief(above: str, inside: str = "", declared: str = f"{TITLE} - Quiet Waters") -> Brief:
    page = (
        f"<html><head><title>{declared}</title></head><body><div class=top><ul>{_MENU}</ul>"
        f"</div>{above}<article>{inside}{_TEXT}</article></body></html>"
    )
    brief = extract(page.encode(), uri="https://www.fdd.org/analysis/x/").brief
    assert brief is not None
    return brief


def _text(above: str, inside: str = "") -> str:
    brief = _brief(above, inside)
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


@pytest.mark.parametrize(
    ("above", "inside"),
    [
        (f"<div class=tag>Flash Brief</div><h1>{TITLE}</h1>", ""),
        (f"<time>May 4, 2024</time><div>Flash Brief</div><h1>{TITLE}</h1>", ""),
        (f"<div>Flash Brief</div><time>May 4, 2024</time><h1>{TITLE}</h1>", ""),
        (f"<h1>{TITLE}</h1><div>May 4, 2024</div><div>Flash Brief</div>", ""),
        (f"<p><a href=/c/flash>Flash Brief</a></p><h1>{TITLE}</h1>", ""),
        ("<div>Flash Brief</div>", f"<h1>{TITLE}</h1>"),
        ("<div>Flash Brief</div>", f"<h1>{TITLE}</h1><p>May 4, 2024</p>"),
        ("<p>FLASH BRIEF</p><p>May 4, 2024</p>", f"<h1>{TITLE}</h1><p>By Ada Vance</p>"),
    ],
)
def test_a_kind_in_a_block_of_its_own_stands_above(above: str, inside: str) -> None:
    brief = _brief(above, inside)
    assert brief.kind is not None and brief.kind.text.lower() == "flash brief"
    assert brief.title is not None and brief.title.text == TITLE
    day = brief.published.on.isoformat() if brief.published and brief.published.on else None
    assert day == ("2024-05-04" if "May 4" in above + inside else None)


@pytest.mark.parametrize(
    "above",
    [
        "<ul><li>Flash Brief</li><li>Policy Brief</li><li>Memo</li></ul>",
        "<p><a href=/a>Policy Brief</a></p><p><a href=/b>Memo</a></p>",
        "<p>Memo</p><p>Nine sites were looked at last week.</p>",
        "<p>Flash Briefs</p>",
    ],
)
def test_what_a_menu_or_a_teaser_names_above_is_no_kind(above: str) -> None:
    assert _brief(f"<div>{above}</div><h1>{TITLE}</h1>").kind is None


@pytest.mark.parametrize(
    ("above", "day"),
    [
        ("<ul><li>FDD</li><li>May 27, 2024</li><li>3 min read</li></ul>", "2024-05-27"),
        ("<p>4 minutes</p><p>May 27, 2024</p>", "2024-05-27"),
        ("<ul><li>FDD</li><li>May 27, 2024</li><li>3 comments</li></ul>", None),
        ("<p>May 27, 2024</p>", None),
    ],
)
def test_a_day_beside_the_time_that_reading_takes_is_the_pieces(
    above: str, day: str | None
) -> None:
    page = (
        f"<html><head><title>{TITLE}</title></head><body><div class=top><ul>{_MENU}</ul></div>"
        f"{above}<h1>{TITLE}</h1><article>{_TEXT}</article></body></html>"
    )
    brief = extract(page.encode(), uri="https://www.fdd.org/x/").brief
    assert brief is not None
    assert (str(brief.published.on) if brief.published else None) == day


@pytest.mark.parametrize("hero", ["<p>May 27, 2024 | Flash Brief</p>", ""])
def test_a_bar_that_repeats_day_kind_and_title_in_one_is_no_dateline(hero: str) -> None:
    bar = f"<div><span>May 27, 2024 | Flash Brief</span><strong>{TITLE}</strong></div>"
    brief = _brief(f"{bar}<section>{hero}<h1>{TITLE}</h1></section>")
    assert brief.title is not None
    assert brief.title.text == TITLE
    assert (brief.kind and brief.kind.text) == ("Flash Brief" if hero else None)
