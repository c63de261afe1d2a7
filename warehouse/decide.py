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

_LATE = "fetched before what stands; the brief is merged anew, in order"


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
    url: str | None = None
    canonical_url: str | None = None
    truncated: bool = False
    signature: tuple[int, ...] = ()
    held: str | None = None  # why a check of its source holds it back
    let_in: bool = False  # it was held, and is merged at the time of its release


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
    seen: datetime  # that of the last capture of the brief, which may have brought nothing new
    canonical_url: str | None = None
    revised_at: datetime | None = None  # that of the capture which first showed this revision
    url: str | None = None
    truncated: bool = False
    signature: tuple[int, ...] = ()
    left_at: datetime | None = None  # when an address of it last came to lead to another brief


@dataclass(frozen=True, slots=True)
class Decision:
    """The one outcome of one capture.

    ``valid_to`` is set if a later arrival of the same merge revises the row again; ``stored``
    tells whether the capture's rows are written at all. A duplicate's are if it ``enriches``: it
    has the same words, and addresses that the standing rows lack. ``url`` and ``canonical_url`` are
    where the brief is known to stand, for a capture that does not know it, as text. ``moved_keys``
    led to another brief before.
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
    url: str | None = None
    canonical_url: str | None = None
    moved_keys: tuple[str, ...] = ()

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
    since: Mapping[str, datetime] | None = None,
    *,
    anew: bool = False,
) -> list[Decision]:
    """Decide on every arrival.

    Args:
        arrivals: the staged captures, in any order.
        keys: the known keys among theirs, and the briefs these lead to.
        standings: the briefs that ``keys`` names, as they stand.
        since: when those keys came to lead there, as far as it is known.
        anew: everything is merged again in its order, so that nothing is late.

    Returns:
        One decision for each arrival, in the order of merging.
    """
    by_key = dict(keys)
    now = dict(standings)
    decisions: list[Decision] = []
    latest: dict[str, int] = {}  # brief -> index of the decision that wrote its current row
    for arrival in sorted(arrivals, key=order_key):
        decision = _one(arrival, by_key, now, since or {}, anew=anew)
        if decision.brief_id is not None:
            for key in (*decision.new_keys, *decision.moved_keys):
                by_key[key] = decision.brief_id
        if decision.stored and decision.brief_id is not None:
            before = latest.get(decision.brief_id)
            if before is not None:
                decisions[before] = replace(decisions[before], valid_to=arrival.fetched_at)
            latest[decision.brief_id] = len(decisions)
            seen = (
                max(now[decision.brief_id].seen, arrival.fetched_at) if decision.enriches else None
            )
            now[decision.brief_id] = _standing(decision, seen)
        elif decision.outcome == "duplicate" and decision.brief_id is not None:
            standing = now[decision.brief_id]
            seen = max(standing.seen, arrival.fetched_at)
            now[decision.brief_id] = replace(standing, seen=seen)
        decisions.append(decision)
    return decisions


def _standing(decision: Decision, seen: datetime | None) -> Standing:
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
        seen or arrival.fetched_at,
        arrival.canonical_url or decision.canonical_url,
        decision.revised_at or arrival.fetched_at,
        arrival.url or decision.url,
        arrival.truncated,
        arrival.signature,
    )


def _one(
    arrival: Arrival,
    keys: Mapping[str, str],
    standings: Mapping[str, Standing],
    since: Mapping[str, datetime],
    *,
    anew: bool,
) -> Decision:
    strange = tuple(
        key for key in arrival.keys if key in keys and _another(key, arrival, standings[keys[key]])
    )
    matched = next((keys[k] for k in arrival.keys if k in keys and k not in strange), None)
    if arrival.reason is not None or not arrival.keys:
        return Decision(arrival, "rejected", matched)
    if arrival.held is not None:
        return Decision(replace(arrival, reason="bounds", message=arrival.held), "held")
    fresh = tuple(key for key in arrival.keys if key not in keys)
    # an address shows the brief that was fetched from it last
    moved = tuple(k for k in strange if standings[keys[k]].seen < arrival.fetched_at)
    # It is no edit of words fetched after it, and to which brief a key led then, only the order
    # tells: the brief is merged anew with it in its place.
    in_turn = anew or arrival.let_in
    elsewhere = [k for k in arrival.keys if k in keys and keys[k] != matched and k not in moved]
    ahead = (
        []
        if in_turn
        else [
            keys[k]
            for k in elsewhere
            if k in strange or standings[keys[k]].seen > arrival.fetched_at
        ]
    )
    late = replace(arrival, reason="late", message=_LATE)
    if matched is None and ahead:
        return Decision(late, "duplicate", ahead[0], standings[ahead[0]].revision)
    if matched is None:
        return Decision(
            arrival,
            "new",
            brief_id_of(tuple(key for key in arrival.keys if key not in strange) or arrival.keys),
            first_seen_at=arrival.fetched_at,
            new_keys=fresh,
            moved_keys=moved,
        )
    standing = standings[matched]
    same = _same(arrival, standing)
    known = Decision(
        arrival, "duplicate", matched, standing.revision, new_keys=fresh, moved_keys=moved
    )
    # Another title or day might have kept an address that leads elsewhere since; and without a key
    # that led here at that time it would not have come here at all.
    before = standing.since if same else max(standing.seen, standing.left_at or standing.seen)
    led = [since.get(k) for k in arrival.keys if keys.get(k) == matched and k not in strange]
    unled = all(at is not None and at > arrival.fetched_at for at in led)
    if not in_turn and (arrival.fetched_at < before or ahead or unled):
        return replace(known, arrival=late)
    if same and _enriches(arrival, standing):
        return replace(
            known,
            first_seen_at=standing.first_seen_at,
            revised_at=standing.revised_at or standing.since,
            enriches=True,
        )
    cut = arrival.truncated and not standing.truncated  # a copy that was cut off is no edit
    if same or cut or arrival.fetched_at <= standing.since:
        return known
    return replace(
        known,
        outcome="revised",
        revision=standing.revision + 1,
        first_seen_at=standing.first_seen_at,
        url=standing.url,
        canonical_url=standing.canonical_url,
    )


def _another(key: str, arrival: Arrival, standing: Standing) -> bool:
    """Tell whether ``key`` is an address that leads to another brief than it does now.

    A rolling page shows another one each week, and templates declare a wrong canonical address:
    title and day are other ones then, and the signatures of the bodies have no band in common.
    """
    if not key.startswith("url:") or not arrival.signature or not standing.signature:
        return False
    if fold(arrival.title or "") == fold(standing.title or ""):
        return False
    days = {arrival.published_on, standing.published_on}
    if len(days) < 2 or None in days:
        return False
    return set(arrival.signature).isdisjoint(standing.signature)


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
