"""Rights signals of headers: read as they are meant, and shown in ``briefs`` with the page's."""

from __future__ import annotations

from dataclasses import replace

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch.model import Ask
from flows.fetch.rights import license_url, noai
from tests.warehouse.version_1 import LANDING
from warehouse.landing import read_landing

BASE = "https://tank.example/briefs/1"


@pytest.mark.parametrize(
    ("tags", "reserved", "expected"),
    [
        ([], [], None),
        (["noindex, nofollow"], [], False),
        (["noai"], [], True),
        (["NoImageAI, noindex"], [], True),
        (["noindex", "noai"], [], True),
        (["otherbot: noai"], [], None),
        (["otherbot: noai", "noindex"], [], False),
        (["briefhouse: noai"], [], True),
        (["max-snippet: 20, noai"], [], True),
        (["unavailable_after: 25 Jun 2030 15:00:00 PST"], [], False),
        ([], ["1"], True),
        ([], ["0"], False),
        (["noindex"], ["1"], True),
    ],
)
def test_what_forbids_use_for_ai(tags, reserved, expected):
    assert noai(tags, reserved, "Briefhouse") is expected


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([], None),
        (["<https://cc.example/by/4.0/>; rel=license"], "https://cc.example/by/4.0/"),
        (['<https://cc.example/by/4.0/>; rel="license"'], "https://cc.example/by/4.0/"),
        (['</terms>; title="a, b"; rel="help license"'], "https://tank.example/terms"),
        (["<a>; rel=next, <b>; rel=license", "<c>; rel=license"], "https://tank.example/briefs/b"),
        (["<https://x.example/>; rel=next"], None),
        (["<javascript:alert(1)>; rel=license"], None),
        (["<http://[bad>; rel=license"], None),
        (["<>"], None),
    ],
)
def test_the_licence_that_a_link_header_names(links, expected):
    assert license_url(links, BASE) == expected


@given(st.lists(st.text(max_size=60), max_size=3))
def test_any_header_is_read_without_an_error(texts):
    noai(texts, texts, "Briefhouse")
    found = license_url(texts, BASE)
    assert found is None or found.startswith("http")


def test_they_come_from_the_answer_to_the_landing_file(recorder, fetcher, warehouse, draft):
    recorder.answers["/1"] = (
        200,
        {
            "Content-Type": "text/html; charset=utf-8",
            "X-Robots-Tag": "noai",
            "Link": "</licence>; rel=license",
        },
        draft().html(),
    )
    recorder.answers["/moved"] = (301, {"Location": "/1"}, b"")
    found = fetcher().get(Ask(recorder.base + "/moved", "s"))
    (name,) = warehouse.land(warehouse.run(), found)
    (row,) = read_landing(warehouse.root, name).to_pylist()
    assert row["noai"] is True
    assert row["license_url"] == recorder.base + "/licence"
    assert row["robots_allowed"] is True
    assert row["redirects"] == [recorder.base + "/moved"]
    assert {"User-Agent", "Accept"} <= {header["name"] for header in row["request_headers"]}
    warehouse.night(found)
    (brief,) = warehouse.dicts("SELECT noai, license_url, robots_allowed FROM briefs")
    assert brief == {
        "noai": True, "license_url": recorder.base + "/licence", "robots_allowed": True,
    }  # fmt: skip


def test_whoever_forbids_is_heard(warehouse, draft, page, clock):
    expected = {
        (None, None): None, (None, True): True, (None, False): False,
        ("noai", None): True, ("noai", False): True, ("noindex", None): False,
        ("noindex", True): True, ("noindex", False): False,
    }  # fmt: skip
    captures = []
    for nth, (page_says, header_says) in enumerate(expected):
        tag = f'<meta name="robots" content="{page_says}"></head>' if page_says else "</head>"
        body = draft(title=f"Mill {nth} Closes").html().replace(b"</head>", tag.encode())
        capture = page(f"https://tank.example/{nth}", body, clock(1))
        captures.append(replace(capture, noai=header_says))
    warehouse.night(*captures)
    found = warehouse.query("SELECT noai FROM briefs ORDER BY title")
    assert [noai for (noai,) in found] == list(expected.values())


def test_the_page_s_own_licence_goes_before_that_of_the_header(warehouse, draft, page, clock):
    link = b'<link rel="license" href="https://tank.example/own"></head>'
    body = draft().html().replace(b"</head>", link)
    capture = page("https://tank.example/1", body, clock(1))
    warehouse.night(replace(capture, license_url="https://tank.example/header"))
    assert warehouse.value("SELECT license_url FROM briefs") == "https://tank.example/own"


def test_files_have_none(warehouse, draft, page, clock):
    warehouse.night(page("/in/1.txt", draft().text(), clock(1)))
    (row,) = warehouse.dicts("SELECT request_headers, redirects, noai, license_url FROM captures")
    assert set(row.values()) == {None}


def test_a_landing_file_from_before_these_columns_is_read(warehouse, page, clock):
    capture = page("https://tank.example/1", b"<html>x", clock(1))
    (name,) = warehouse.land(warehouse.run(), replace(capture, robots_allowed=True, noai=True))
    path = warehouse.root.landing / name
    old = pq.ParquetFile(path).read(columns=LANDING)
    path.chmod(0o644)
    pq.write_table(old, path)
    (row,) = read_landing(warehouse.root, name).to_pylist()
    assert row["body"] == b"<html>x" and row["robots_allowed"] is True
    younger = ("request_headers", "redirects", "noai", "license_url")
    assert [row[column] for column in younger] == [None] * 4
