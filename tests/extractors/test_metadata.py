"""What a page says of itself: what is certain is taken, what may be another's is not."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.readers.html.metadata import Metadata
from extractors.readers.html.page import Page

SITE = "<meta property='og:site_name' content='Office of Quiet Affairs'>"


def _read(
    head: str, body: str = "<p>Mill burns.</p>", url: str = "https://q.example/a"
) -> Metadata:
    return Page(f"<html lang='en'><head>{head}</head><body>{body}</body></html>", url=url).metadata


def _ld(json: str) -> str:
    return f"<script type='application/ld+json'>{json}</script>"


ARTICLE = '{"@type":"NewsArticle","headline":"Mill Burns","author":%s,"datePublished":"2025-03-04"}'


@pytest.mark.parametrize(
    "json",
    [
        ARTICLE % '"Ada Vance"',
        "[" + ARTICLE % '[{"@type":"Person","name":"Ada Vance"}]' + "]",
        '{"@graph":[{"@type":"WebSite","name":"Q"},' + ARTICLE % '{"name":"Ada Vance"}' + "]}",
        '{"@type":"WebPage","mainEntity":' + ARTICLE % '"By Ada Vance"' + "}",
        "//<![CDATA[\n" + (ARTICLE % '"Ada Vance"').replace("}", ",}") + "\n//]]>",
        ARTICLE % '["Ada Vance", {"@type":"Organization","name":"Web Desk"}]',
    ],
)
def test_json_ld(json: str) -> None:
    found = _read("<title>Mill Burns</title>" + _ld(json))
    assert (found.title, found.authors) == ("Mill Burns", ("Ada Vance",))
    assert found.published is not None and found.published.on == date(2025, 3, 4)


@pytest.mark.parametrize("json", ["{", "[]", "null", '{"@graph": {}}', "[" * 100_000, "{'a': 1}"])
def test_broken_json_ld_is_passed_over(json: str) -> None:
    found = _read(_ld(json) + "<title>Mill Burns</title>")
    assert found.title == "Mill Burns" and found.published is None


def test_what_is_another_pieces() -> None:
    other = ARTICLE.replace("Mill Burns", "%s") % ("Ferry Sinks", '"Ivo Hale"')
    more = ARTICLE.replace("Mill Burns", "%s") % ("Rain Falls", '"Ivo Hale"')
    found = _read(f"<title>Mill Burns</title>{_ld(f'[{other},{more}]')}")
    assert found.title == "Mill Burns" and not found.authors and found.published is None


def test_dates_that_are_not_the_pages() -> None:
    picture = '{"@type":"ImageObject","datePublished":"2019-01-01","uploadDate":"2019-01-01"}'
    teasers = "".join(
        f"<div class='entry-meta'><time datetime='2024-01-0{i}'></div>" for i in (1, 2)
    )
    assert _read(_ld(picture), teasers).published is None
    assert _read("<meta property='article:published_time' content='1970-01-01'>").published is None


def test_a_time_in_utc_has_no_day_unless_a_day_of_that_night_is_given() -> None:
    utc = "<meta property='article:published_time' content='2025-02-12T01:48:20+00:00'>"
    found = _read(utc).published
    assert found is not None and found.on is None and found.at is not None
    near = _read(utc, "<div class='entry-meta'><time datetime='2025-02-11'></div>").published
    assert near is not None and near.on == date(2025, 2, 11)
    far = _read(utc + "<meta name='date' content='2021-05-05'>").published
    assert far is not None and far.on is None


@pytest.mark.parametrize(
    "name",
    [
        "admin",
        "Web Desk",
        "Office of Quiet Affairs",
        "Staff",
        "https://x.example/u",
        "@mill",
        "jvance",
    ],
)
def test_authors_that_are_nobody(name: str) -> None:
    assert _read(f"{SITE}<meta name='author' content='{name}'>").authors == ()


@pytest.mark.parametrize(
    "markup",
    [
        "<p class='byline'>By <a href='/v'>Ada Vance</a></p>",
        "<a rel='author' href='/v'>Ada Vance</a>",
        "<span itemprop='author' itemscope><span itemprop='name'>Ada Vance</span></span>",
        "<div class='comment'><a rel='author'>Ivo Hale</a></div><a rel='author'>Ada Vance</a>",
    ],
)
def test_bylines(markup: str) -> None:
    assert _read("", markup + "<p>Mill burns.</p>").authors == ("Ada Vance",)


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (f"{SITE}<title>Mill Burns | Office of Quiet Affairs</title>", "", "Mill Burns"),
        (f"{SITE}<title>Office of Quiet Affairs: Mill Burns</title>", "", "Mill Burns"),
        ("<title>Mill Burns - Q</title>", "<h1>Mill Burns</h1>", "Mill Burns"),
        ("<title>War - Peace</title>", "", "War - Peace"),
        ("<title>Mill Burns: What Now?</title>", "<h1>Q</h1>", "Mill Burns: What Now?"),
        (f"{SITE}<title>Office of Quiet Affairs</title>", "", None),
        ("<title>Home</title>", "", None),
    ],
)
def test_titles(head: str, body: str, title: str | None) -> None:
    assert _read(head, body).title == title


def test_language_is_only_what_is_declared() -> None:
    page = "<html><head>{}</head><body><p>Der Hafen ist zu.</p></body></html>"
    assert Page(page.format("")).metadata.language is None
    own = "<link rel='alternate' hreflang='de-AT' href='https://q.example/a'>"
    assert Page(page.format(own), url="https://q.example/a").metadata.language == "de"
    assert (
        Page(page.format("<meta property='og:locale' content='fr_FR'>")).metadata.language == "fr"
    )


@pytest.mark.parametrize("tag", ["{}", "<p>By Ada Vance, {}</p>", "<div class='m'>{}</div>"])
def test_a_time_below_the_title_is_the_pages(tag: str) -> None:
    time = "<time datetime='2025-03-04'>4. März 2025</time>"
    found = _read("", f"<h1>Mill Burns</h1>{tag.format(time)}<p>It burned.</p>")
    assert found.published is not None and found.published.on == date(2025, 3, 4)
    far = _read("", f"<h1>Mill Burns</h1><p>It burned.</p><section>{time}</section>")
    assert far.published is None


def test_a_day_abbreviated_to_its_hour() -> None:
    hour = "<abbr class='published' title='2025-03-04T07:17:05-08:00'>7:17 AM</abbr>"
    found = _read("", f"<h1>Mill Burns</h1><p>It burned.</p><div>Posted at {hour}</div>")
    assert found.published is not None and found.published.on == date(2025, 3, 4)


@pytest.mark.parametrize("day", ["March 4, 2025", "Tuesday, 4 March 2025"])
def test_who_submitted_a_page_on_which_day(day: str) -> None:
    line = f"<footer class='node__meta'><p class='submitted'>Submitted by webmaster on {day}</p>"
    found = _read("", f"<h1>Mill Burns</h1><article>{line}</footer><p>It burned.</p></article>")
    assert found.published is not None and found.published.on == date(2025, 3, 4)
