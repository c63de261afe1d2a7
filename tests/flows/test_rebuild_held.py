"""``rebuild`` of a record with held and released captures: what stands, stands as it was."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from flows.forgetting import forget
from flows.settings import Settings
from warehouse.landing import Capture

HOST = "https://tank.example"


def _now(uri, body):
    """A page fetched now: releases are booked at the time they are made, too."""
    return Capture("tank", HOST + uri, datetime.now(UTC), body, content_type="text/html")


def _held_night(warehouse, *captures):
    return {a.uri.removeprefix(HOST): a.capture_id for a in warehouse.hold(*captures)}


def _outcomes(warehouse):
    rows = warehouse.query('SELECT uri, outcome FROM attempts ORDER BY uri, "at"')
    return [(uri.removeprefix(HOST), outcome) for uri, outcome in rows]


def _assert_equal(cli, warehouse, captures):
    done = cli("rebuild", "--check", data=warehouse.path)
    assert f"{captures} stored pages were merged anew.\nEqual: " in done.stdout


@pytest.mark.slow
def test_held_captures_stay_held_and_released_ones_come_when_they_were_let_in(
    warehouse, draft, cli
):
    first, second, third = (
        draft(),
        draft().reworded(0, "Forty", "Fifty"),
        draft().reworded(0, "Forty", "Sixty"),
    )
    mills = draft(title="Mills Close")
    gates = draft(title="Gates Open")
    warehouse.night(_now("/walkout", first.html()))
    held = _held_night(
        warehouse,
        _now("/walkout", second.html()),
        _now("/mills", mills.html()),
        _now("/gates", gates.html()),
    )
    # an edit of what is held, and a copy of it, come by the usual way before it is let in
    warehouse.night(
        _now("/walkout", third.html()),
        _now("/copy", mills.reworded(1, "Eleven", "Twelve").html()),
    )
    cli("release", held["/mills"], data=warehouse.path)
    assert _outcomes(warehouse) == [
        ("/copy", "new"), ("/gates", "held"), ("/mills", "duplicate"),
        ("/walkout", "new"), ("/walkout", "held"), ("/walkout", "revised"),
    ]  # fmt: skip
    _assert_equal(cli, warehouse, 6)

    # what comes after a release merges behind it
    warehouse.night(_now("/mills", mills.reworded(2, "Odile", "Odette").html()))
    _assert_equal(cli, warehouse, 7)

    cli("release", "tank", data=warehouse.path)
    warehouse.night(_now("/gates", gates.reworded(0, "Forty", "Ninety").html()))
    assert _outcomes(warehouse) == [
        ("/copy", "new"), ("/gates", "new"), ("/gates", "revised"),
        ("/mills", "duplicate"), ("/mills", "revised"),
        ("/walkout", "new"), ("/walkout", "duplicate"), ("/walkout", "revised"),
    ]  # fmt: skip
    _assert_equal(cli, warehouse, 8)

    before = _outcomes(warehouse), warehouse.query("FROM releases ORDER BY ALL")
    assert "Equal: " in cli("rebuild", data=warehouse.path).stdout
    assert (_outcomes(warehouse), warehouse.query("FROM releases ORDER BY ALL")) == before


@pytest.mark.slow
def test_a_lost_catalog_is_no_first_run_and_a_rebuild_takes_the_books_from_the_night(
    warehouse, draft, cli
):
    old = draft(title="Old").reworded(0, "Forty", "Ninety")
    warehouse.night(_now("/walkout", draft().html()), _now("/old", old.html()))
    held = _held_night(
        warehouse,
        _now("/mills", draft(title="Mills Close").html()),
        _now("/gates", draft(title="Gates Open").html()),
    )
    cli("release", held["/mills"], data=warehouse.path)
    forget(Settings(data=warehouse.path), HOST + "/old")
    books = [f"FROM {name} ORDER BY ALL" for name in ("releases", "tombstones")]
    before = [_outcomes(warehouse), *map(warehouse.query, books)]
    for path in warehouse.root.catalog.parent.glob("catalog.sqlite*"):
        path.unlink()
    lost = cli("ingest", warehouse.path, data=warehouse.path, status=3)
    assert "catalog.sqlite is not there, though a night is published" in lost.stderr
    assert "Equal: " in cli("rebuild", data=warehouse.path).stdout
    assert [_outcomes(warehouse), *map(warehouse.query, books)] == before
    assert ("/gates", "held") in before[0]
    cli("release", held["/gates"], data=warehouse.path)
    assert ("/gates", "new") in _outcomes(warehouse)
