"""``new_since_last_run`` is of the last run that brought something, whatever was reworked since."""

from __future__ import annotations

import json

import pytest

MENDING = {
    "maintain": ("maintain",),
    "rebuild": ("rebuild",),
    "forget": ("forget", "{first}", "--yes"),
}


@pytest.fixture
def root(cli, tmp_path, draft):
    """A root into which one brief came, and a day later two more."""
    inbox = tmp_path / "in"
    inbox.mkdir()
    for night in (["One"], ["Two", "Three"]):
        for title in night:
            (inbox / f"{title}.txt").write_bytes(
                draft(title=f"{title} of the Harbor").reworded(0, "Forty", f"Forty-{title}").text()
            )
        cli("ingest", inbox, data=tmp_path / "data")
    return tmp_path


def _answer(cli, root, query):
    return json.loads(cli("sql", query, "--format", "json", data=root / "data").stdout)


@pytest.mark.parametrize("command", sorted(MENDING))
def test_it_stays_so_in_nights_of_what_is_there(cli, root, command):
    query = "SELECT outcome, title FROM new_since_last_run ORDER BY title"
    before = _answer(cli, root, query)
    assert [row["title"] for row in before] == ["Three of the Harbor", "Two of the Harbor"]
    nights = "SELECT count(*) AS n FROM runs WHERE published"
    (first,) = _answer(cli, root, "SELECT brief_id FROM briefs WHERE title LIKE 'One%'")
    given = [word.format(first=first["brief_id"]) for word in MENDING[command]]
    env = {"BRIEFHOUSE_LANDING_COMPACT_DAYS": "0"}
    cli(*given, data=root / "data", env=env)
    assert _answer(cli, root, nights) == [{"n": 3}]  # it did publish
    assert _answer(cli, root, query) == before
