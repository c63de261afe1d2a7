"""Attempts: each thing tried ends in exactly one outcome, and is counted once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import duckdb

from warehouse.tombstones import address_keys, masked

OUTCOMES = {
    "new": "a brief that was not known",
    "revised": "a known brief, with other words, title or day than before",
    "unchanged": "the same bytes as last time; nothing was done",
    "duplicate": "a known brief by another way, with the same words",
    "rejected": "no brief, for one of the reasons below",
    "held": "kept back by a check until a person releases it",
}
"""What an attempt can end in, and what that means."""

REASONS = {
    "missing": "the path does not exist",
    "unreadable": "no permission, or the disk failed",
    "vanished": "the file was listed but gone when it was read",
    "unfinished": "the file is still being written; it is left for the next run",
    "outside": "a symbolic link that leads out of its folder",
    "too-large": "larger than a brief can be",
    "unreachable": "the host can't be found, refuses, or breaks off",
    "timeout": "no answer in time; or, of a stored page, parsing took too long",
    "http-status": "the server answered, but not with the page",
    "retry-later": "the server wants to be left alone for a time (429, or Retry-After)",
    "robots": "the site's robots.txt forbids it; this is respected, and no failure",
    "forbidden-address": "it leads to an address that is not of the public network",
    "certificate": "the server's certificate does not hold; that is never passed over",
    "redirects": "it leads on in a circle, too often, or to no address",
    "challenge": "the site answered with a test for persons instead of the page",
    "truncated-answer": "the answer broke off; what came of it is not kept",
    "gone": "the page is gone (404, 410); what is known of it stays, with `gone_at`",
    "credentials": "a variable that the source names is not in the environment",
    "not-a-feed": "a feed was declared, and something else came",
    "not-a-sitemap": "a sitemap was declared, and something else came",
    "no-links": "a listing that shows no links to briefs",
    "unsafe": "made to do harm: entities that expand, archives that unpack without end or lead out",
    "source-error": "collecting from the source failed in a way that nobody foresaw",
    "unsupported": "an address that is neither http nor https",
    "empty": "no content",
    "binary": "in no format that is read here: a picture, an archive, an old Office file",
    "encrypted": "it opens with a password only",
    "damaged": "not whole, or not what it says it is, so that its reader can't open it",
    "no-text": "a page without text of its own, or a scan",
    "memory": "parsing it took too much memory; the page is kept in landing",
    "crashed": "the parsing process died on it; the page is kept in landing",
    "error": "the extractor failed on it; the page is kept in landing",
    "bounds": "held: a figure of its source is not as usual; `briefhouse release` lets it in",
    "forgotten": "it was erased by `briefhouse forget`, and is not taken in again",
    "late": "no failure: it was fetched before what stands of its brief, which is merged anew",
    "landing-damaged": "a landing file that can't be read any more",
}
"""Why an attempt can be rejected: fixed words, to count and to query by."""

NO_FAILURE = ("robots", "unfinished", "forgotten")
"""The reasons that are no failure: all went as it should, and the run may exit with 0."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One thing tried, with its outcome; ``reason`` and ``message`` for what was refused.

    ``capture_id`` is None where nothing new was stored: what is known already, or never came.
    """

    source: str
    uri: str
    at: datetime
    outcome: str
    reason: str | None = None
    message: str | None = None
    capture_id: str | None = None
    brief_id: str | None = None

    def __post_init__(self) -> None:
        if self.outcome not in OUTCOMES or (self.reason is not None and self.reason not in REASONS):
            raise ValueError(f"no such outcome or reason: {self.outcome}, {self.reason}")


@dataclass(frozen=True, slots=True)
class Known:
    """What became of the latest capture of a uri."""

    sha256: str
    fetched_at: datetime
    outcome: str
    reason: str | None
    message: str | None
    brief_id: str | None


def refusal(source: str, uri: str, at: datetime) -> Attempt:
    """Return the attempt at something that was forgotten; it does not name it."""
    message = "it was forgotten here, and is not taken in again"
    if not address_keys(source).isdisjoint(address_keys(uri)):  # a source of this document alone
        source = masked(f"uri:{source}")
    return Attempt(source, masked(f"uri:{uri}"), at, "rejected", "forgotten", message)


def counts(attempts: Iterable[Attempt]) -> dict[str, int]:
    """Return how many attempts had each outcome, all outcomes in fixed order."""
    found = dict.fromkeys(OUTCOMES, 0)
    for attempt in attempts:
        found[attempt.outcome] += 1
    return found


def known_failures(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    """Return the (uri, reason) of every uri whose last attempt was refused."""
    rows = connection.execute(
        """SELECT uri, last.reason FROM (
            SELECT uri, arg_max({'outcome': outcome, 'reason': reason}, "at") AS last
            FROM lake.attempts GROUP BY uri)
        WHERE last.outcome = 'rejected'"""
    ).fetchall()
    return {(uri, reason) for uri, reason in rows}


def bring_news(attempts: Iterable[Attempt], failed_before: set[tuple[str, str]]) -> bool:
    """Tell whether a run's attempts are worth a new night.

    A new capture is, and so is a failure that the current night does not show; what is unchanged,
    or fails as it did before, is not.
    """
    return any(
        attempt.capture_id is not None
        or (
            attempt.outcome == "rejected"
            and (attempt.uri, attempt.reason or "") not in failed_before
        )
        for attempt in attempts
    )
