"""Crawls taken in newest first, oldest first, at once: the same briefs, ids and history."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from warehouse.compare import differences
from warehouse.root import DataRoot

ADDRESS = "https://tank.example/walkout"


def _record(uri: str, body: bytes, at: str) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nWARC-Date: {at}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


@pytest.fixture(scope="module")
def crawls(draft, tmp_path_factory):
    """Three crawls of one address: first words, a reworded row, a new title; and a brief more."""
    folder = tmp_path_factory.mktemp("crawls")
    first = draft()
    second = first.reworded(0, "Forty", "Fifty")
    third = draft(
        title="Harbor Pilots Walk Out in Port Vessa, Again", developments=second.developments
    )
    other = _record("https://tank.example/mills", draft(title="Mills Close").html(),
                    "2025-05-06T09:00:00Z")  # fmt: skip
    bodies = {"may5": first, "may6": second, "may7": third}
    for name, brief in bodies.items():
        at = f"2025-05-0{name[-1]}T08:00:00Z"
        more = other if name == "may6" else b""
        (folder / f"{name}.warc").write_bytes(_record(ADDRESS, brief.html(), at) + more)
    return folder


@pytest.fixture(scope="module")
def in_order(crawls, tmp_path_factory, cli):
    data = tmp_path_factory.mktemp("in-order") / "data"
    for name in ("may5", "may6", "may7"):
        cli("ingest", crawls / f"{name}.warc", data=data)
    return data


@pytest.mark.slow
@pytest.mark.parametrize("order", list(permutations(["may5", "may6", "may7"]))[1:])
def test_any_order_gives_what_their_own_order_gives(order, crawls, in_order, cli, tmp_path):
    data = tmp_path / "data"
    for name in order:
        done = cli("ingest", crawls / f"{name}.warc", data=data)
    assert "Published: " in done.stdout
    assert differences(DataRoot(in_order), DataRoot(data)) == []


def test_what_comes_late_is_in_its_place(crawls, cli, tmp_path):
    data = tmp_path / "data"
    cli("ingest", crawls / "may7.warc", data=data)
    done = cli("ingest", crawls / "may5.warc", data=data)
    assert done.stdout.startswith("1 documents: 1 new\n")
    asked = ("sql", "SELECT title, revision FROM briefs", "--format", "csv")
    assert cli(*asked, data=data).stdout.splitlines()[1:] == [
        '"Harbor Pilots Walk Out in Port Vessa, Again",2'
    ]
    then = cli(*asked, "--as-of", "2025-05-06", data=data).stdout.splitlines()[1:]
    assert then == ["Harbor Pilots Walk Out in Port Vessa,1"]
    assert "Equal: " in cli("rebuild", "--check", data=data).stdout
    again = cli("ingest", crawls / "may5.warc", data=data)
    assert "1 unchanged" in again.stdout


@pytest.mark.parametrize(
    "between", [None, pytest.param("https://tank.example/pier", marks=pytest.mark.slow)]
)
def test_a_run_killed_before_it_put_them_in_order_is_mended(
    between, draft, crawls, cli, tmp_path, in_order
):
    """Also where something else publishes in between: here another brief is forgotten."""
    data = tmp_path / "data"
    for name in ("may7", "may6"):
        cli("ingest", crawls / f"{name}.warc", data=data)
    if between:
        pier = draft(title="Pier Reopens").reworded(0, "Forty", "Ninety").html()
        (tmp_path / "pier.warc").write_bytes(_record(between, pier, "2025-05-06T10:00:00Z"))
        cli("ingest", tmp_path / "pier.warc", data=data)
    code = (
        "import os, sys, flows.late; from flows.cli import run\n"
        "flows.late.merge_late = lambda *_: os._exit(9)\n"
        "sys.argv = ['briefhouse', *sys.argv[1:]]; run()"
    )
    killed = cli.python(code, "ingest", crawls / "may5.warc", "--data", data)
    assert killed.returncode == 9
    if between:
        cli("forget", between, "--yes", data=data, status=None)
    cli("ingest", crawls / "may5.warc", data=data)
    assert differences(DataRoot(in_order), DataRoot(data)) == []


@pytest.mark.slow
def test_a_rolling_page_in_any_order_and_one_of_its_briefs_forgotten(draft, cli, tmp_path):
    url = "https://tank.example/latest"
    texts = {
        "1": ("Pilots Walk Out", date(2025, 5, 5), "pilots boats harbor tugs ropes quay tide"),
        "2": ("Mills Close", date(2025, 5, 12), "mills flour grain sacks bread ovens wheat rye"),
        "3": (
            "Salt Tax Doubles",
            date(2025, 5, 19),
            "salt tax crown coin scales brine pans",
        ),
    }
    for n, (title, day, words) in texts.items():
        told = [
            (f"Point {k}", " ".join(f"{word}{k}" for word in words.split() * 2) + ".")
            for k in range(4)
        ]
        body = draft(
            title=title,
            day=day,
            developments=told,
            experts=[(told[0][1], "Ada Vance", "Senior Fellow")],
        ).html()
        at = f"{day}T08:00:00Z"
        (tmp_path / f"{n}.warc").write_bytes(_record(url, body, at))
    roots = {}
    for order in ("123", "321", "213"):
        roots[order] = tmp_path / f"data-{order}"
        for n in order:
            cli("ingest", tmp_path / f"{n}.warc", data=roots[order])
    for order in ("321", "213"):
        assert differences(DataRoot(roots["123"]), DataRoot(roots[order])) == []
    asked = ("sql", "SELECT title, brief_id FROM briefs ORDER BY title", "--format", "csv")
    rows = [ln.split(",") for ln in cli(*asked, data=roots["321"]).stdout.splitlines()[1:]]
    assert [title for title, _ in rows] == ["Mills Close", "Pilots Walk Out", "Salt Tax Doubles"]
    cli("forget", rows[1][1], "--yes", data=roots["321"])
    cli("ingest", *(tmp_path / f"{n}.warc" for n in texts), data=roots["321"], status=None)
    left = [ln.split(",")[0] for ln in cli(*asked, data=roots["321"]).stdout.splitlines()[1:]]
    assert left == ["Mills Close", "Salt Tax Doubles"]
    assert "Equal: " in cli("rebuild", "--check", data=roots["321"]).stdout


@pytest.mark.slow
def test_a_rolling_page_of_nobody_shows_several_briefs_in_any_order(nobodys, cli, tmp_path):
    url = "https://nobody.example/latest"
    pages = {
        "1": ("Pilots Walk Out", date(2025, 5, 1), "pilots boats harbor tugs ropes quay tide"),
        "2": ("Mills Close", date(2025, 5, 8), "mills flour grain sacks bread ovens wheat"),
        # the first comes again: the address leads to it once more
        "3": ("Pilots Walk Out", date(2025, 5, 1), "pilots boats harbor tugs ropes quay tide"),
        "4": ("Salt Tax Doubles", date(2025, 5, 15), "salt tax crown coin scales brine pans"),
    }
    for n, page in pages.items():
        at = f"2025-05-{int(n) * 5:02}T09:00:00Z"
        body = nobodys(*page) + f"<!-- {n} -->".encode()
        (tmp_path / f"{n}.warc").write_bytes(_record(url, body, at))
    roots = {}
    for order in ("1234", "4321", "2143"):
        roots[order] = tmp_path / f"data-{order}"
        for n in order:
            cli("ingest", tmp_path / f"{n}.warc", data=roots[order])
    at_once = tmp_path / "data"
    cli("ingest", *(tmp_path / f"{n}.warc" for n in pages), data=at_once)
    asked = ("sql", "SELECT title, brief_id FROM briefs ORDER BY title", "--format", "json")
    rows = json.loads(cli(*asked, data=at_once).stdout)
    assert [row["title"] for row in rows] == ["Mills Close", "Pilots Walk Out", "Salt Tax Doubles"]
    assert len({row["brief_id"] for row in rows}) == 3
    for root in roots.values():
        assert differences(DataRoot(at_once), DataRoot(root)) == []
    assert "Equal: " in cli("rebuild", "--check", data=at_once).stdout


def test_an_edit_that_comes_late_finds_the_brief_that_its_address_showed_then(
    nobodys, cli, tmp_path
):
    """Another brief stands at the address since, and the edit has a title of its own."""
    url = "https://nobody.example/latest"
    pilots = "pilots boats harbor tugs ropes quay tide"
    pages = {
        "1": ("Pilots Walk Out", date(2025, 5, 1), pilots),
        "2": ("Pilots Walk Out for Good", date(2025, 5, 1), pilots),
        "3": ("Mills Close", date(2025, 5, 8), "mills flour grain sacks bread ovens wheat"),
    }
    for n, page in pages.items():
        at = f"2025-05-{int(n) * 5:02}T09:00:00Z"
        (tmp_path / f"{n}.warc").write_bytes(_record(url, nobodys(*page), at))
    for n in "132":
        cli("ingest", tmp_path / f"{n}.warc", data=tmp_path / "data")
    asked = ("sql", "SELECT title, revision FROM briefs ORDER BY title", "--format", "csv")
    rows = cli(*asked, data=tmp_path / "data").stdout.splitlines()[1:]
    assert rows == ["Mills Close,1", "Pilots Walk Out for Good,2"]
    assert "Equal: " in cli("rebuild", "--check", data=tmp_path / "data").stdout


def _at_its_address(address: str, declared: str | None, page: bytes, day: int) -> bytes:
    head = f'<link rel="canonical" href="{declared}"></head>'.encode() if declared else b"</head>"
    return _record(address, page.replace(b"</head>", head), f"2025-06-0{day}T09:00:00Z")


@pytest.mark.slow
@pytest.mark.parametrize("case", ["a copy is known since", "its new day would have kept another"])
def test_what_stands_may_lead_a_late_page_elsewhere_than_it_did_then(case, nobodys, cli, tmp_path):
    host = "https://nobody.example"
    mills = ("Mills Close", date(2025, 5, 15), "mills flour grain sacks bread ovens wheat")
    salt = ("Salt Tax Doubles", date(2025, 5, 1), "salt tax crown coin scales brine pans")
    if case == "a copy is known since":
        pages = [
            (f"{host}/mills", None, nobodys(*mills)),
            (f"{host}/copy", None, nobodys(*mills)),
            (f"{host}/copy", f"{host}/mills", nobodys(*mills)),
        ]
        order, revisions = "132", [1, 1]
    else:
        pages = [
            (f"{host}/mills", f"{host}/all", nobodys(*mills)),
            (f"{host}/mills", None, nobodys(mills[0], salt[1], mills[2])),
            (f"{host}/salt", f"{host}/all", nobodys(*salt)),
        ]
        order, revisions = "312", [3]
    for n, page in enumerate(pages, 1):
        (tmp_path / f"{n}.warc").write_bytes(_at_its_address(*page, day=n))
    roots = {}
    for name in ("123", order):
        roots[name] = tmp_path / name
        for n in name:
            cli("ingest", tmp_path / f"{n}.warc", data=roots[name])
        asked = ("sql", "SELECT revision FROM briefs", "--format", "csv")
        assert cli(*asked, data=roots[name]).stdout.split()[1:] == [str(n) for n in revisions]
    assert differences(*(DataRoot(root) for root in roots.values())) == []
    assert "Equal: " in cli("rebuild", "--check", data=roots[order]).stdout


def test_a_late_page_of_a_brief_whose_pages_were_deleted_is_not_lost(nobodys, cli, tmp_path):
    """The brief can't be merged anew; what the page shows beside it is merged as the last one."""
    url, data = "https://nobody.example/latest", tmp_path / "data"
    mills = nobodys("Mills Close", date(2025, 5, 8), "mills flour grain sacks bread ovens wheat")
    salt = nobodys("Salt Tax Doubles", date(2025, 6, 10), "salt tax crown coin scales brine pans")
    for name, body, at in (
        ("first", mills, "2025-05-08T09:00:00Z"),
        ("again", mills + b"<!-- again -->", "2025-07-19T09:00:00Z"),
        ("late", salt, "2025-06-10T09:00:00Z"),
    ):
        (tmp_path / f"{name}.warc").write_bytes(_record(url, body, at))
    for name in ("first", "again"):
        cli("ingest", tmp_path / f"{name}.warc", data=data)
    keep = (datetime.now(UTC).date() - date(2025, 6, 1)).days
    cli("maintain", data=data, env={"BRIEFHOUSE_LANDING_KEEP_DAYS": str(keep)})
    done = cli("ingest", tmp_path / "late.warc", data=data)
    assert done.stdout.startswith("1 documents: 1 new\n")
    asked = ("sql", "SELECT title FROM briefs ORDER BY title", "--format", "csv")
    assert cli(*asked, data=data).stdout.splitlines()[1:] == ["Mills Close", "Salt Tax Doubles"]


def test_a_damaged_stored_page_does_not_stop_the_night(crawls, cli, tmp_path):
    data = tmp_path / "data"
    cli("ingest", crawls / "may7.warc", data=data)
    (landed,) = (data / "landing").rglob("*.parquet")
    landed.write_bytes(b"damaged")
    done = cli("ingest", crawls / "may5.warc", data=data, status=None)
    assert "late pages are not put in their place" in done.stdout + done.stderr
    assert "Published: " in done.stdout


def test_a_page_whose_title_is_that_of_another_brief_loses_none(draft, cli, tmp_path):
    mailed = tmp_path / "mailed.warc"
    mailed.write_bytes(
        _record("https://tank.example/u2", draft(title="Mills Close").html(),
                "2025-05-07T08:00:00Z")
    )  # fmt: skip
    later, early = tmp_path / "later.warc", tmp_path / "early.warc"
    words = draft().reworded(0, "Forty", "Fifty").developments
    later.write_bytes(
        _record("https://tank.example/u1", draft(title="Mills Close for Good", developments=words)
                .html(), "2025-05-06T08:00:00Z")
    )  # fmt: skip
    early.write_bytes(
        _record("https://tank.example/u1", draft(title="Mills Close", developments=words).html(),
                "2025-05-05T08:00:00Z")
    )  # fmt: skip
    for path in (later, mailed, early):
        cli("ingest", path, data=tmp_path / "data")
    assert "Equal: " in cli("rebuild", "--check", data=tmp_path / "data").stdout


def test_a_copy_of_new_words_before_the_page_that_brought_them_is_no_brief_of_its_own(
    draft, cli, tmp_path
):
    retitled = draft(title="Harbor Pilots Stay Out")
    pages = {
        "first": (ADDRESS, draft().html(), "2025-05-05T08:00:00Z"),
        "copy": ("https://tank.example/print/walkout", retitled.html(), "2025-05-07T08:00:00Z"),
        "edit": (ADDRESS, retitled.html(), "2025-05-06T08:00:00Z"),
    }
    for name, page in pages.items():
        (tmp_path / f"{name}.warc").write_bytes(_record(*page))
        cli("ingest", tmp_path / f"{name}.warc", data=tmp_path / "data")
    asked = ("sql", "SELECT title, revision FROM briefs", "--format", "csv")
    assert cli(*asked, data=tmp_path / "data").stdout.splitlines()[1:] == [
        "Harbor Pilots Stay Out,2"
    ]
    assert "Equal: " in cli("rebuild", "--check", data=tmp_path / "data").stdout
