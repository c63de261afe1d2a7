"""``briefhouse sources`` and ``backfill``, and nights on a site, as a user runs them."""

from __future__ import annotations

import json
import tomllib

import pytest

from warehouse.root import DataRoot
from warehouse.store import open_store

pytestmark = pytest.mark.slow

LOOPBACK = {"BRIEFHOUSE_ALLOW_HOSTS": "127.0.0.1", "BRIEFHOUSE_DELAY": "0"}


@pytest.fixture
def quay(site, draft, tmp_path):
    """A site with a feed, a sitemap and a home page, and a file that declares it and a dead one."""
    pages = [site.put(f"/{n}", draft(title=f"Brief {n}").html()) for n in (1, 2, 3, 4)]
    site.feed("/feed", *pages[:3])
    site.tags |= {path: f'"{path}"' for path in site.pages}
    site.put("/sitemap.xml", (
        "<urlset>" + "".join(f"<url><loc>{page}</loc></url>" for page in pages) + "</urlset>"
    ).encode(), "application/xml")  # fmt: skip
    site.put("/robots.txt", f"Sitemap: {site.base}/sitemap.xml\n".encode(), "text/plain")
    site.put("/", (
        b"<html><head><link rel='alternate' type='application/rss+xml' title='Quay' href='/feed'>"
        b"</head><body></body></html>"
    ))  # fmt: skip
    declared = tmp_path / "sources.toml"
    declared.write_text(
        f'[[source]]\nname = "quay"\nkind = "feed"\nurl = "{site.base}/feed"\n'
        f'[[source]]\nname = "wrong"\nkind = "feed"\nurl = "{site.base}/"\n'
    )
    return declared


def _json(cli, *arguments, **more):
    return json.loads(cli(*arguments, "--format", "json", env=LOOPBACK, **more).stdout)


def test_nights_and_what_is_known_of_the_sources(cli, site, quay, tmp_path):
    data = tmp_path / "data"
    given = ("nightly", "--sources", quay)
    first = cli(*given, data=data, env=LOOPBACK, status=1)  # one source is wrong
    assert first.stdout.startswith("4 documents: 3 new, 1 rejected\n")
    assert "Published:" in first.stdout
    night = (data / "published" / "current").readlink()

    site.asked.clear()
    second = cli(*given, "--source", "quay", data=data, env=LOOPBACK)
    assert site.asked == ["/feed"]  # no robots.txt, no page
    assert "No document had to be asked." in second.stdout
    assert "Nothing new to publish" in second.stdout
    assert "Extracting" not in second.stderr
    assert (data / "published" / "current").readlink() == night

    quay_row, wrong = _json(cli, "sources", "list", "--sources", quay, data=data)
    assert (quay_row["source"], quay_row["failures_in_row"]) == ("quay", 0)
    assert quay_row["last_success_at"] > quay_row["last_new_at"]
    assert (wrong["condition"], wrong["failures_in_row"]) == ("unreachable", 1)
    assert "HTML page" in wrong["last_error"]
    shown = cli("sources", "list", "--sources", quay, data=data).stdout
    assert shown.splitlines()[0].startswith("source  kind")
    assert "sources discover" in shown


def test_a_source_that_fails_is_left_alone_unless_it_is_named(cli, site, quay, tmp_path):
    data = tmp_path / "data"
    given = ("nightly", "--sources", quay)
    for _ in range(2):
        cli(*given, data=data, env=LOOPBACK, status=1)
    site.asked.clear()
    done = cli(*given, data=data, env=LOOPBACK)
    assert site.asked == ["/feed"]
    assert "left alone until" in done.stdout
    assert "failed 2 times in a row" in done.stdout
    cli(*given, "--source", "wrong", data=data, env=LOOPBACK, status=1)
    assert site.asked == ["/feed", "/"]


def test_who_ingests_a_page_does_not_take_it_from_its_source(cli, site, quay, tmp_path):
    data = tmp_path / "data"
    given = ("nightly", "--sources", quay, "--source", "quay")
    cli(*given, data=data, env=LOOPBACK)
    site.asked.clear()
    done = cli("ingest", site.base + "/2", data=data, env=LOOPBACK)
    assert done.stdout.startswith("1 documents: 1 unchanged\n")
    assert site.headers[-1]["If-None-Match"] == '"/2"'
    with open_store(DataRoot(data)) as store:
        (page,) = (p for p in store.ledger(None).pages if p.uri.endswith("/2"))
    assert (page.source, page.checks) == ("quay", 2)


def test_check_stores_nothing_and_tells_what_would_come(cli, site, quay, tmp_path):
    done = cli("sources", "check", "--sources", quay, env=LOOPBACK, status=1, cwd=tmp_path)
    assert "ok  quay (feed)" in done.stdout
    assert "a feed that names 3 pages" in done.stdout
    assert "robots.txt allows it" in done.stdout
    assert "NO  wrong (feed)" in done.stdout
    assert f"the page names a feed: {site.base}/feed" in done.stdout
    assert not (tmp_path / "data").exists()
    cli("sources", "check", "quay", "--sources", quay, env=LOOPBACK)
    unknown = cli("sources", "check", "none", "--sources", quay, env=LOOPBACK, status=2)
    assert "quay, wrong" in unknown.stderr


def test_discover_prints_what_nightly_takes(cli, site, quay, tmp_path):
    done = cli("sources", "discover", site.base, env=LOOPBACK)
    found = tomllib.loads(done.stdout)["source"]
    assert [(source["kind"], source["url"]) for source in found] == [
        ("feed", site.base + "/feed"), ("sitemap", site.base + "/sitemap.xml"),
    ]  # fmt: skip
    (tmp_path / "found.toml").write_text(done.stdout)
    done = cli(
        "nightly", "--sources", tmp_path / "found.toml", data=tmp_path / "data", env=LOOPBACK
    )
    assert done.stdout.startswith("4 documents: 4 new\n")
    refused = cli("sources", "discover", site.base + "/1", env=LOOPBACK)
    assert "sitemap" in refused.stdout  # robots.txt names it


def test_discover_says_what_to_do_where_there_is_nothing(cli, site):
    site.put("/", b"<html><body>quiet</body></html>")
    refused = cli("sources", "discover", site.base, env=LOOPBACK, status=1)
    assert 'kind = "listing"' in refused.stderr
    refused = cli("sources", "discover", "no-such-host.invalid", env=LOOPBACK, status=1)
    assert "no-such-host.invalid" in refused.stderr


def test_a_backfill_takes_years_between_two_days(cli, site, draft, tmp_path):
    for day in ("2019/05/01", "2020/05/01", "2021/05/01", "2022/05/01"):
        site.put(f"/{day}/brief", draft(title=f"Brief {day}").html())
    body = "".join(f"<url><loc>{site.base}{path}</loc></url>" for path in site.pages)
    site.put("/sitemap.xml", f"<urlset>{body}</urlset>".encode(), "application/xml")
    sources = tmp_path / "sources.toml"
    sources.write_text(
        f'[[source]]\nname = "map"\nkind = "sitemap"\nurl = "{site.base}/sitemap.xml"\n'
        'max_entries = 1\n[[source]]\nname = "box"\nkind = "folder"\npath = "."\n'
    )
    data = tmp_path / "data"
    given = ("backfill", "--sources", sources)
    done = cli(*given, "--since", "2020-01-01", "--until", "2021-12-31", data=data, env=LOOPBACK)
    assert done.stdout.startswith("2 documents: 2 new\n")
    done = cli(*given, data=data, env=LOOPBACK)
    assert done.stdout.startswith("2 documents: 2 new\n")
    for wrong, part in (
        (("--since", "soon"), "2020-01-31"),
        (("--since", "2021-01-01", "--until", "2020-01-01"), "later"),
        (("--source", "box"), "folder"),
    ):
        assert part in cli(*given, *wrong, data=data, env=LOOPBACK, status=2).stderr
