"""What contradicts itself is not stored; the run and the failed checks are booked all the same."""

from __future__ import annotations

import pyarrow as pa
import pytest

from flows import pipeline
from flows.runner import DirectRunner
from flows.settings import Settings
from flows.sources.declare import given_sources
from warehouse.errors import IntegrityError
from warehouse.store import open_store


def _broken(table):
    """Return staged rows of which one development is not what stands in the text."""
    rows = table.to_pylist()
    rows[0]["developments"][1]["text"] = "what the page does not say"
    return pa.Table.from_pylist(rows, schema=table.schema)


def test_the_old_night_stands_and_the_run_says_why(warehouse, draft, cli, monkeypatch):
    inbox = warehouse.path.parent / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_bytes(draft().text())
    cli("ingest", inbox, data=warehouse.path)
    before = warehouse.night_path
    (inbox / "b.txt").write_bytes(draft(title="Mills Close").text())

    read = pipeline.read_staged
    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "read_staged", lambda batch: _broken(read(batch)))
        settings = Settings(data=warehouse.path)
        with pytest.raises(IntegrityError) as raised:
            pipeline.run("ingest", given_sources([str(inbox)]), settings, DirectRunner())
    wanted = "1 rows of developments do not match the text they point at"
    assert wanted in str(raised.value)
    assert "The pages are in landing" in str(raised.value)

    assert warehouse.night_path == before
    assert warehouse.value("SELECT count(*) FROM briefs") == 1
    with open_store(warehouse.root) as store:
        assert len(store.pending()) == 1
    shown = cli("status", data=warehouse.path, status=1).stdout
    assert wanted in shown
    assert "Pending: 1 landing files" in shown

    done = cli("ingest", inbox / "a.txt", data=warehouse.path)  # the extractor is mended
    assert "1 new, 1 unchanged" in done.stdout
    assert warehouse.query(
        "SELECT name, subject, value, passed, message FROM checks WHERE NOT passed"
    ) == [("spans", "developments", 1.0, False, wanted)]
    assert warehouse.value("SELECT count(*) FROM runs WHERE message IS NOT NULL") == 1
