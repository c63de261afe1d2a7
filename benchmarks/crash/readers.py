"""Readers that never stop: each resolves the current night, asks it much, and starts anew."""

from __future__ import annotations

import json
import os
import signal
import time
import traceback
from pathlib import Path
from random import Random
from typing import Any

import duckdb

from warehouse.errors import NothingPublishedError
from warehouse.integrity import span_check
from warehouse.reader import current_night, open_published
from warehouse.root import DataRoot


class Reader:
    """A reading process; :meth:`stop` returns what it saw: queries, nights, failure."""

    def __init__(self, root: DataRoot, seed: int) -> None:
        self._answer, theirs = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            stopped: list[int] = []
            signal.signal(signal.SIGTERM, lambda number, frame: stopped.append(number))
            found = _read_on(root, Random(seed), stopped)
            os.write(theirs, json.dumps(found).encode())
            os._exit(0)
        os.close(theirs)

    def stop(self) -> dict[str, Any]:
        os.kill(self._pid, signal.SIGTERM)
        with os.fdopen(self._answer, "rb") as answer:
            found: dict[str, Any] = json.loads(answer.read() or '{"failure": "the reader died"}')
        os.waitpid(self._pid, 0)
        return found


def _read_on(root: DataRoot, random: Random, stopped: list[int]) -> dict[str, Any]:
    queries, seen, opened = 0, set(), 0
    try:
        while not stopped:
            try:
                night = current_night(root)
            except NothingPublishedError:
                time.sleep(0.05)
                continue
            seen.add(night.name)
            opened += 1
            queries += _whole(night, random) if random.random() < 0.7 else _through_link(root)
            time.sleep(0.5)  # readers shall not take the machine from those that they watch
    except BaseException:
        return {"queries": queries, "nights": sorted(seen), "failure": traceback.format_exc()}
    return {"queries": queries, "nights": sorted(seen), "opened": opened, "failure": None}


def _whole(night: Path, random: Random) -> int:
    """Ask one night many things over some time; all of it must agree with its manifest."""
    manifest = json.loads((night / "manifest.json").read_text("utf-8"))
    assert manifest["run_id"] == night.name
    rows: dict[str, int] = manifest["rows"]
    queries = 0
    with duckdb.connect(str(night / "warehouse.duckdb"), read_only=True) as connection:
        for _ in range(random.randint(1, 4)):
            tables = random.sample(sorted(rows), 4)
            for table in (*tables, "briefs"):
                files = str(night / "parquet" / table / "*.parquet")
                for source in (table, f"read_parquet('{files}')"):
                    found = _one(connection, f"SELECT count(*) FROM {source}")
                    assert found == rows[table], (table, found, rows[table])
                    queries += 1
            queries += _agrees(connection, night.name)
            time.sleep(random.random())
    return queries


def _through_link(root: DataRoot) -> int:
    """Ask what the fixed path leads to, as a client does that knows nothing of nights."""
    with open_published(root) as connection:
        resolved = _one(connection, "SELECT any_value(run_id) FROM publication")
        queries = _agrees(connection, str(resolved))
    with duckdb.connect(str(root.path / "warehouse.duckdb"), read_only=True) as connection:
        run = _one(connection, "SELECT any_value(run_id) FROM publication")
        return queries + 2 + _agrees(connection, str(run))


def _agrees(connection: duckdb.DuckDBPyConnection, run_id: str) -> int:
    """Check that a night is of one piece: its spans, its own account of its rows, its run."""
    wrong = [row for row in connection.execute(span_check()).fetchall() if row[1]]
    assert not wrong, wrong
    told = connection.execute("SELECT table_name, rows, run_id FROM publication").fetchall()
    assert {run for _, _, run in told} == {run_id}, told
    for table, rows, _ in told:
        assert _one(connection, f"SELECT count(*) FROM {table}") == rows, table
    published = "SELECT count(*) FROM runs WHERE run_id = ? AND published"
    assert _one(connection, published, run_id) == 1, run_id
    return len(told) + 3


def _one(connection: duckdb.DuckDBPyConnection, query: str, *values: str) -> Any:
    row = connection.execute(query, list(values)).fetchone()
    return row[0] if row else None
