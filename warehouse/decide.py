"""What becomes of each staged capture. Pure: rows in, decisions out; the merge carries them out.

Captures are decided one after the other in the order of :func:`order_key`, each seeing what the
ones before it did, so that one big merge and many small ones end alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from extractors.text import fold
from warehouse.identity import brief_id_of


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the decision needs to know of one staged capture.

    A rejected one has a reason, and no keys unless it tells that a page is gone.
    """

    capture_id: str
    uri: str
    source: str
    sha256: str
    fetched_at: datetime
    reason: str | None = None
    message: str | None = None
    keys: tuple[str, ...] = ()
    title: str | None = None
    published_on: date | None = None
    text_sha256: str = ""
    links_sha256: str | None = None
    canonical_url: str | None = None
    held: str | None = None  # why a check of its source holds it back


@dataclass(frozen=True, slots=True)
class Standing:
    """How a brief stands now: what an arrival is compared with."""

    brief_id: str
    revision: int
    title: str | None
    published_on: date | None
    text_sha256: str
    first_seen_at: datetime
    links_sha256: str | None
    since: datetime  # fetch time of the capture that brought the standing words
    canonical_url: str | None = None
    revised_at: datetime | None = None  # that of the capture which first showed this revision


@dataclass(frozen=True, slots=True)
class Decision:
    """The one outcome of one capture.

    ``valid_to`` is set if a later arrival of the same merge revises the row again; ``stored``
    tells whether the capture's rows are written at all. A duplicate's are if it ``enriches``: it
    has the same words, and addresses that the standing rows lack.
    """

    arrival: Arrival
    outcome: str
    brief_id: str | None = None
    revision: int = 1
    first_seen_at: datetime | None = None
    valid_to: datetime | None = None
    new_keys: tuple[str, ...] = ()
    revised_at: datetime | None = None
    enriches: bool = False

    @property
    def stored(self) -> bool:
        return self.outcome in ("new", "revised") or self.enriches


def order_key(arrival: Arrival) -> tuple[datetime, str, str]:
    """Return the order in which captures are merged, tonight or in a rebuild."""
    return (arrival.fetched_at, arrival.uri, arrival.sha256)


def decide(
    arrivals: Iterable[Arrival],
    keys: Mapping[str, str],
    standings: Mapping[str, Standing],
) -> list[Decision]:
    """Decide on every arrival.

    Args:
        arrivals: the staged captures, in any order.
        keys: the known keys among theirs, and the briefs these lead to.
        standings: the briefs that ``keys`` names, as they stand.

    Returns:
        One decision for each arrival, in the order of merging.
    """
    by_key = dict(keys)
    now = dict(standings)
    decisions: list[Decision] = []
    latest: dict[str, int] = {}  # brief -> index of the decision that wrote its current row
    for arrival in sorted(arrivals, key=order_key):
        decision = _one(arrival, by_key, now)
        if decision.brief_id is not None:
            for key in decision.new_keys:
                by_key[key] = decision.brief_id
        if decision.stored and decision.brief_id is not None:
            before = latest.get(decision.brief_id)
            if before is not None:
                decisions[before] = replace(decisions[before], valid_to=arrival.fetched_at)
            latest[decision.brief_id] = len(decisions)
            now[decision.brief_id] = _standing(decision)
        decisions.append(decision)
    return decisions


def _standing(decision: Decision) -> Standing:
    arrival = decision.arrival
    assert decision.brief_id is not None
    return Standing(
        decision.brief_id,
        decision.revision,
        arrival.title,
        arrival.published_on,
        arrival.text_sha256,
        decision.first_seen_at or arrival.fetched_at,
        arrival.links_sha256,
        arrival.fetched_at,
        arrival.canonical_url,
        decision.revised_at or arrival.fetched_at,
    )


def _one(
    arrival: Arrival,
    keys: Mapping[str, str],
    standings: Mapping[str, Standing],
) -> Decision:
    matched = next((keys[key] for key in arrival.keys if key in keys), None)
    if arrival.reason is not None or not arrival.keys:
        return Decision(arrival, "rejected", matched)
    if arrival.held is not None:
        return Decision(replace(arrival, reason="bounds", message=arrival.held), "held")
    if matched is None:
        brief_id = brief_id_of(arrival.keys)
        return Decision(
            arrival,
            "new",
            brief_id,
            first_seen_at=arrival.fetched_at,
            new_keys=arrival.keys,
        )
    standing = standings[matched]
    fresh = tuple(key for key in arrival.keys if key not in keys)
    if _same(arrival, standing) and _enriches(arrival, standing):
        return Decision(
            arrival,
            "duplicate",
            matched,
            standing.revision,
            first_seen_at=standing.first_seen_at,
            new_keys=fresh,
            revised_at=standing.revised_at or standing.since,
            enriches=True,
        )
    # What was fetched before the standing words is no edit of them, however late it arrives.
    if _same(arrival, standing) or arrival.fetched_at <= standing.since:
        return Decision(arrival, "duplicate", matched, standing.revision, new_keys=fresh)
    return Decision(
        arrival,
        "revised",
        matched,
        standing.revision + 1,
        first_seen_at=standing.first_seen_at,
        new_keys=fresh,
    )


def _enriches(arrival: Arrival, standing: Standing) -> bool:
    """Tell whether a capture of the same words knows addresses that the rows lack.

    It must lack none that they have, as text does.
    """
    if arrival.fetched_at <= standing.since:
        return False
    pairs = [
        (arrival.links_sha256, standing.links_sha256),
        (arrival.canonical_url, standing.canonical_url),
    ]
    lacks = any(theirs is None and ours is not None for theirs, ours in pairs)
    return not lacks and any(ours is None and theirs is not None for theirs, ours in pairs)


def _same(arrival: Arrival, standing: Standing) -> bool:
    return (
        arrival.text_sha256 == standing.text_sha256
        and fold(arrival.title or "") == fold(standing.title or "")
        and arrival.published_on == standing.published_on
        and (
            arrival.links_sha256 is None
            or standing.links_sha256 is None
            or arrival.links_sha256 == standing.links_sha256
        )
    )
