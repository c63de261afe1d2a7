"""What the tests of ``flows/`` share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from flows.forgetting import Forgotten, forget
from flows.settings import Settings


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


@pytest.fixture
def pilots(draft):
    return draft(title="Pilots Walk Out", day=date(2025, 5, 1))


@pytest.fixture
def mills(draft):
    """A brief whose every word is other than those of the pilots'."""
    words = "flour grain sack oven wheat rye bread crust yeast stone wheel sieve".split()
    told = [(f"Mill {k}", " ".join(f"{word}{k}" for word in words) + ".") for k in range(4)]
    return draft(
        title="Mills Close",
        day=date(2025, 5, 8),
        developments=told,
        experts=[(told[0][1], "Odile Marsh", "Fellow")],
        background=[],
    )


@pytest.fixture
def forget_titled(warehouse) -> Callable[[str], Forgotten]:
    """Forget the brief that has a title."""

    def forget_it(title: str) -> Forgotten:
        ((brief_id,),) = warehouse.query("SELECT brief_id FROM briefs WHERE title = ?", title)
        found = forget(Settings(data=warehouse.path), brief_id)
        assert found is not None
        return found

    return forget_it
