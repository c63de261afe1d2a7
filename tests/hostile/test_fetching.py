"""Every behaviour of the table gives what the table says, and costs itself alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extractors import extract
from flows.fetch.fetcher import Fetcher
from flows.fetch.model import Ask, Gone, NotModified
from flows.settings import Settings
from flows.sources.model import Failure
from tests.hostile.server import ANSWERS, ROBOTS, behaviours, hostile_site
from warehouse.attempts import REASONS
from warehouse.landing import Capture

ROWS = behaviours()
BY_NAME = {row.name: row for row in ROWS}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with hostile_site(tmp_path_factory.mktemp("hostile")) as found:
        yield found


@pytest.fixture
def fetch(site):
    """Fetch as a run does, with less patience and without waiting between repetitions."""

    def get(row, **more):
        patience = (0.3, 0.8) if row.fetch == "timeout" else (10, 20)
        settings = Settings(
            delay=0,
            read_timeout=patience[0],
            total_timeout=patience[1],
            max_bytes=10_000_000,
            allow_hosts="127.0.0.1",
            ca_bundle=None if row.name == "unknown-certificate" else site.ca_file,
        )
        fetcher = Fetcher(settings, sleep=lambda seconds: None)
        return fetcher.get(Ask(site.url(row), "hostile", **more)), fetcher

    return get


def _outcome(answer):
    if isinstance(answer, Failure):
        return answer.reason
    return {Capture: "capture", NotModified: "not-modified", Gone: "gone"}[type(answer)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_behaviour_has_its_outcome(site, fetch, row):
    site.asked.clear()
    more = {"etag": '"always"'} if row.fetch == "not-modified" else {}
    answer, fetcher = fetch(row, **more)
    assert _outcome(answer) == row.fetch, answer
    asked = site.asked["/" + row.name]
    assert asked == row.asked
    closed = fetcher.closed()
    if row.closed is None:
        assert closed == {}
    else:
        (until,) = closed.values()
        assert abs((until - datetime.now(UTC)).total_seconds() - row.closed) < 30
        assert answer.retry_at == until
        # whoever else wants something of the host does not even ask
        again = fetcher.get(Ask(site.url(row) + "/other", "hostile"))
        assert (again.reason, again.retry_at) == ("retry-later", until)
        assert site.asked["/" + row.name + "/other"] == 0
    if isinstance(answer, Failure):
        assert answer.reason in REASONS
        assert answer.uri in answer.message
        assert "Traceback" not in answer.message and len(answer.message) < 700


def test_every_behaviour_is_in_the_table_and_every_row_is_served():
    helpers = {"redirect-back"}
    served = set(ANSWERS) | set(ROBOTS) | {row.name for row in ROWS if row.tls}
    assert served - helpers == set(BY_NAME)
    assert all(row.fetch in {*REASONS, "capture", "not-modified", "gone"} for row in ROWS)


def test_an_etag_that_lies_is_found_out_by_asking_without_it(fetch):
    first, _ = fetch(BY_NAME["etag-that-lies"])
    told, _ = fetch(BY_NAME["etag-that-lies"], etag='"always"')
    second, _ = fetch(BY_NAME["etag-that-lies"])
    assert isinstance(told, NotModified)
    assert first.sha256 != second.sha256


@pytest.mark.parametrize("name", ["wrong-charset", "missing-charset"])
def test_words_survive_what_is_said_of_their_encoding(fetch, name):
    page, _ = fetch(BY_NAME[name])
    found = extract(page.body, uri=page.final_uri, content_type=page.content_type or "")
    assert found.brief is not None
    assert "“for want of flour,” as its owner Odile Farrow said — three days" in found.brief.text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("page", "capture"), ("slow-headers", "timeout"), ("slow-body", "timeout"),
        ("silent", "timeout"), ("endless-body", "too-large"),
        ("truncated-length", "truncated-answer"), ("redirect-to-metadata", "forbidden-address"),
        ("challenge-200", "challenge"),
    ],
)  # fmt: skip
def test_limits_hold_within_tls_too(site, name, expected):
    settings = Settings(
        delay=0, allow_hosts="127.0.0.1", ca_bundle=site.ca_file, read_timeout=0.4,
        total_timeout=0.8 if expected == "timeout" else 20, max_bytes=3_000_000,
    )  # fmt: skip
    fetcher = Fetcher(settings, sleep=lambda seconds: None)
    assert _outcome(fetcher.get(Ask(f"{site.secure}/{name}", "hostile"))) == expected
