"""Whole nights on the hostile site: each of its pages and feeds is a source on a host of its own.

Whatever a source does costs its own row; the good source beside them is whole and published.
"""

from __future__ import annotations

import socket
from collections import defaultdict

import pytest
from typer.testing import CliRunner

from flows.cli import app
from tests.hostile.server import behaviours, hostile_site
from warehouse.root import DataRoot
from warehouse.store import open_store

pytestmark = [pytest.mark.slow, pytest.mark.timeout(280)]

ROWS = behaviours()
DOMAIN = ".hostile.test"
ENTRIES = 5


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    with hostile_site(tmp_path_factory.mktemp("kit")) as found:
        yield found


@pytest.fixture(scope="module")
def nights(tmp_path_factory, hostile, draft, cli):
    """Two nights; each is (exit status, output, attempts by source, counts of what was asked)."""
    base = tmp_path_factory.mktemp("hostile-nights")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(base)
        _name_hosts(patch)
        for name, value in cli.environment(
            BRIEFHOUSE_DELAY="0", BRIEFHOUSE_READ_TIMEOUT="3", BRIEFHOUSE_TOTAL_TIMEOUT="10",
            BRIEFHOUSE_MAX_BYTES="10000000", BRIEFHOUSE_MAX_ENTRIES=str(ENTRIES),
            BRIEFHOUSE_CA_BUNDLE=str(hostile.ca_file),
            BRIEFHOUSE_ALLOW_HOSTS=",".join(["127.0.0.1", *(row.name + DOMAIN for row in ROWS)]),
        ).items():  # fmt: skip
            patch.setenv(name, value)
        good = base / "good"
        good.mkdir()
        for n in (1, 2):
            (good / f"{n}.html").write_bytes(draft(title=f"Brief {n}").html())
        (base / "sources.toml").write_text(_declared(hostile))
        done = []
        for _ in range(2):
            hostile.asked.clear()
            result = CliRunner().invoke(app, ["nightly"])
            assert result.exception is None or isinstance(result.exception, SystemExit), result
            done.append((result.exit_code, result.output, _attempts(base), hostile.asked.copy()))
        yield done


def _name_hosts(patch):
    """Let every name of the kit's domain lead to the loopback interface."""
    ask = socket.getaddrinfo

    def answer(host, *arguments, **more):
        return ask("127.0.0.1" if str(host).endswith(DOMAIN) else host, *arguments, **more)

    patch.setattr(socket, "getaddrinfo", answer)


def _declared(hostile):
    parts = ['[[source]]\nname = "good"\nkind = "folder"\npath = "good"\n']
    for row in ROWS:
        kind = "feed" if row.role == "feed" else "pages"
        parts.append(
            f'[[source]]\nname = "{row.name}"\nkind = "{kind}"\nurl = "{_url(hostile, row)}"\n'
        )
    return "\n".join(parts)


def _url(hostile, row):
    return hostile.url(row).replace("127.0.0.1", row.name + DOMAIN)


def _attempts(base):
    """Return (outcome, reason) of the attempts of the last run, by source."""
    found = defaultdict(list)
    with open_store(DataRoot(base / "data")) as store:
        rows = store.connection.execute(
            """SELECT source, outcome, reason FROM lake.attempts
            WHERE run_id = (SELECT max(run_id) FROM lake.runs)"""
        )
        for source, outcome, reason in rows.fetchall():
            found[source].append((outcome, reason))
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_source_costs_its_own_row(nights, row):
    found = nights[0][2][row.name]
    expected = row.run or row.fetch
    if expected.endswith(" pages"):
        number = min(int(expected.removesuffix(" pages")), ENTRIES)
        assert [outcome for outcome, _ in found] == ["new"] * number
    elif expected in ("capture", "not-modified"):
        assert found == [("new", None)]
    else:
        assert found == [("rejected", expected)]


def test_a_feed_with_new_guids_brings_nothing_new(nights):
    _, _, attempts, asked = nights[1]
    assert asked["/changed-guids"] == 1
    assert not [path for path in asked if path.startswith("/entry/changed-guids")]
    assert attempts["changed-guids"] == []


def test_what_failed_is_not_asked_again_at_once(nights):
    asked = nights[1][3]
    assert asked["/status-403"] == asked["/silent"] == 0


def test_the_good_source_is_whole_and_published(nights):
    status, output, attempts, _ = nights[0]
    assert status == 1
    assert "Published:" in output
    assert "Traceback" not in output
    assert attempts["good"] == [("new", None), ("new", None)]
