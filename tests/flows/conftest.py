"""What the tests of ``flows/`` share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def published(tmp_path_factory, cli, samples, draft) -> Path:
    """A data root that the command line made of the samples and of what can't be read.

    Only for reading.
    """
    base = tmp_path_factory.mktemp("published")
    (base / "box").mkdir()
    (base / "box" / "walkout.txt").write_bytes(draft().text())
    (base / "box" / "empty.txt").write_bytes(b"")
    cli("ingest", samples, base / "box", data=base / "data", status=1)
    return base / "data"
