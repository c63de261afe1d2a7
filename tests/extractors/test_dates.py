"""Days: printed, in metadata, in addresses; and none where none is certain."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from extractors import extract
from extractors.datelines import read_dateline
from extractors.dates import from_url, localise, parse_metadata, parse_printed
from extractors.model import Stamp

DAY = date(2025, 1, 14)
NIGHT = datetime(2025, 1, 15, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "January 14, 2025",
        "Jan. 14, 2025",
        "JANUARY 14 2025",
        "14 January 2025",
        "14th Jan 2025",
        "January 14th, 2025",
        " 2025-01-14 ",
        "January 14, 2025",
        "14/01/2025",
        "01/14/2025",
        "14.01.2025",
        "14-Jan-2025",
    ],
)
def test_printed(text: str) -> None:
    assert parse_printed(text) == DAY


@pytest.mark.parametrize(
    "text", ["", "February 30, 2025", "January 2025", "05/06/2025", "1.14.2025", "May 14"]
)
def test_not_printed(text: str) -> None:
    assert parse_printed(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("January 14, 2025 | Flash Brief", "Flash Brief"),
        ("January 14, 2025|Memo", "Memo"),
        ("January 14, 2025 | The Hill", "The Hill"),
        ("Published January 14, 2025", None),
        ("January 14, 2025, 7:15 pm ET", None),
        ("14 January 2025", None),
        ("Issued 14 January 2025 · Signal No. 212", "Signal No. 212"),
    ],
)
def test_datelines(text: str, kind: str | None) -> None:
    found = read_dateline(text)
    assert found is not None and found["kind"] == kind and parse_printed(found["date"]) == DAY


@pytest.mark.parametrize(
    "text", ["Photo: Reuters, January 14, 2025", "Next issue on January 14, 2025", "Home | Memo"]
)
def test_no_datelines(text: str) -> None:
    assert read_dateline(text) is None


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("2025-01-14", Stamp(DAY)),
        ("2025-01-14T20:30:00", Stamp(DAY)),
        ("2025-01-14T20:30:00-05:00", Stamp(DAY, NIGHT, -300)),
        ("2025-01-15T01:30:00Z", Stamp(None, NIGHT, 0)),
        ("January 14, 2025", Stamp(DAY)),
        ("0001-01-01T00:00:00+05:00", Stamp(date(1, 1, 1))),
        ("yesterday", None),
    ],
)
def test_metadata(text: str, stamp: Stamp | None) -> None:
    assert parse_metadata(text) == stamp


def test_the_publishers_day() -> None:
    assert localise(Stamp(None, NIGHT, 0), "America/New_York") == Stamp(DAY, NIGHT, -300)
    assert localise(Stamp(DAY, NIGHT, 60), "America/New_York") == Stamp(DAY, NIGHT, 60)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://www.fdd.org/analysis/2025/01/14/mill/", DAY),
        ("https://www.fdd.org/2025/01/14/a/2025/01/15/b", None),
        ("https://www.fdd.org/2025/13/14/a", None),
        ("https://www.fdd.org/mill-2025-01-14", None),
    ],
)
def test_addresses(url: str, day: date | None) -> None:
    assert from_url(url) == day


@pytest.mark.parametrize(
    ("head", "line", "url", "day"),
    [
        ("2025-01-13T10:00:00-05:00", "January 14, 2025 | Memo", "/2025/01/12/", "2025-01-14"),
        ("2025-01-13T10:00:00-05:00", "", "/2025/01/12/", "2025-01-13"),
        ("2025-01-14T02:00:00Z", "", "/2025/01/12/", "2025-01-13"),
        ("", "", "/2025/01/12/", "2025-01-12"),
        ("", "", "/", None),
    ],
)
def test_which_day_counts(head: str, line: str, url: str, day: str | None) -> None:
    meta = f'<meta property="article:published_time" content="{head}">'
    page = f"<html><head>{meta}</head><body><article><p>{line}</p><h1>Mill</h1><p>It burned."
    brief = extract(page.encode(), uri=f"https://www.fdd.org/analysis{url}mill/").brief
    assert brief is not None
    on = brief.published.on if brief.published else None
    assert (str(on) if on else None) == day
