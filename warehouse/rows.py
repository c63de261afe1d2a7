"""From a brief to the record that waits for the merge: every value of its rows but the ids.

A staged table has one row a capture. Ids wait for the merge, because only there it is known which
brief the capture belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from extractors.model import Brief, Development, Extraction, Printed, Rejection, Stamp
from extractors.text import word_count
from warehouse.identity import body_of, body_sha256, item_keys, keys_of, links_sha256
from warehouse.landing import GONE
from warehouse.schema import BLOCKS, BRIEFS, CAPTURES, CHILDREN
from warehouse.shingles import signature
from warehouse.table import Table, is_marked
from warehouse.urls import canonical, domain

# Columns that the merge fills in.
_MERGED = {
    "brief_id",
    "revision",
    "capture_id",
    "first_seen_at",
    "revised_at",
    "robots_allowed",
}


def _staged(table: Table) -> pa.StructType:
    """Return what a staged row of ``table`` holds; items also carry the key of their id."""
    own = [
        f
        for f in table.fields
        if f.name not in _MERGED and not is_marked(f, "derived") and f.name != table.key[0]
    ]
    if table in CHILDREN:
        own.append(pa.field("item_key", pa.string()))
    return pa.struct([pa.field(f.name, f.type) for f in own])


STAGED = pa.schema(
    [
        *(pa.field(f.name, f.type) for f in CAPTURES.fields),
        pa.field("reason", pa.string()),
        pa.field("message", pa.string()),
        pa.field("keys", pa.list_(pa.string())),
        pa.field("brief", _staged(BRIEFS)),
        *(pa.field(table.name, pa.list_(_staged(table))) for table in (*CHILDREN, BLOCKS)),
    ]
)
"""A staged table: the capture, why it was rejected or else what it says."""


def stage(captures: pa.Table, extractions: Iterable[Extraction]) -> pa.Table:
    """Join captures (a landing table) and the extractions of its documents, in the same order."""
    columns = {f.name: captures[f.name] for f in CAPTURES.fields}
    found = iter(extractions)
    gone: dict[int, Sequence[str]] = {}
    outcomes: list[Extraction] = []
    for nth, capture in enumerate(captures.select(["status", "uri", "final_uri"]).to_pylist()):
        if capture["status"] in GONE:
            gone[nth] = address_keys(capture["uri"], capture["final_uri"])
            message = f"{capture['uri']} answered {capture['status']}: the page is gone"
            outcomes.append(Extraction(rejection=Rejection("gone", message)))
        else:
            outcomes.append(next(found))
    rest = staged(outcomes, gone)
    return pa.table({**columns, **{n: rest[n] for n in rest.column_names}}).cast(STAGED)


def address_keys(*uris: str) -> Sequence[str]:
    """Return the keys of a page's addresses."""
    addresses = dict.fromkeys(address for uri in uris if (address := canonical(uri)))
    return [f"url:{address}" for address in addresses]


def staged(
    extractions: Sequence[Extraction], gone: Mapping[int, Sequence[str]] = MappingProxyType({})
) -> pa.Table:
    """Return the staged values of extractions, one row each, without their captures'.

    ``gone`` has, by the place of the extraction, the keys of pages that are no longer there.
    Built column by column: Arrow takes eight times as long to find its way through dictionaries.
    """
    briefs = [extraction.brief for extraction in extractions]
    made = [brief for brief in briefs if brief is not None]
    rejections = [extraction.rejection for extraction in extractions]
    columns: Columns = {
        "reason": [rejection and rejection.reason for rejection in rejections],
        "message": [rejection and rejection.message for rejection in rejections],
        "keys": [
            gone.get(nth) if brief is None else keys_of(brief) for nth, brief in enumerate(briefs)
        ],
    }
    arrays = {name: pa.array(column, STAGED.field(name).type) for name, column in columns.items()}
    arrays["brief"] = _struct(_briefs(made), STAGED.field("brief").type).take(
        pa.array(_places(briefs), pa.int32())
    )
    arrays["developments"] = _lists("developments", briefs, _developments(made))
    arrays["statements"] = _lists("statements", briefs, _statements(made))
    arrays["links"] = _lists("links", briefs, _links(made))
    arrays["blocks"] = _lists("blocks", briefs, _blocks(made))
    return pa.table(arrays)


Columns = dict[str, Sequence[Any]]
_NOTHING = (None, None, None)


def _places(briefs: Sequence[Brief | None]) -> Iterator[int | None]:
    """Yield which of the briefs that are there each one is; None for a rejected capture."""
    nth = count()
    return (None if brief is None else next(nth) for brief in briefs)


def _struct(columns: Columns, kind: pa.StructType) -> pa.StructArray:
    arrays = [pa.array(columns[field.name], field.type) for field in kind]
    return pa.StructArray.from_arrays(arrays, fields=list(kind))


def _lists(name: str, briefs: Sequence[Brief | None], columns: Columns) -> pa.Array[Any]:
    """Hand the items of all briefs, one behind the other, to the rows of their briefs."""
    kind = STAGED.field(name).type
    offsets: list[int | None] = []
    at = 0
    for brief in briefs:
        offsets.append(None if brief is None else at)
        at += 0 if brief is None else len(getattr(brief, name))
    values = _struct(columns, kind.value_type)
    return pa.ListArray.from_arrays(pa.array([*offsets, at], pa.int32()), values, type=kind)


def _span(name: str, values: Iterable[Printed | None]) -> Columns:
    texts, starts, ends = _transposed([value or _NOTHING for value in values])
    return {name: texts, f"{name}_start": starts, f"{name}_end": ends}


def _spans(name: str, lists: Iterable[Sequence[Printed]]) -> Columns:
    found = [_transposed(values) for values in lists]
    return {
        name: [texts for texts, _, _ in found],
        f"{name}_start": [starts for _, starts, _ in found],
        f"{name}_end": [ends for _, _, ends in found],
    }


def _transposed(values: Sequence[tuple[Any, ...]]) -> Sequence[Sequence[Any]]:
    """Return the texts, the starts and the ends of printed values."""
    return tuple(zip(*values, strict=True)) if values else ((), (), ())


def _briefs(briefs: Sequence[Brief]) -> Columns:
    stamps = [brief.published or Stamp(None) for brief in briefs]
    bodies = [body_of(brief) for brief in briefs]
    return {
        "publisher": [brief.publisher for brief in briefs],
        **_span("kind", [brief.kind for brief in briefs]),
        **_span("title", [brief.title for brief in briefs]),
        "published_on": [stamp.on for stamp in stamps],
        "published_at": [stamp.at for stamp in stamps],
        "published_utc_offset_min": [stamp.utc_offset_min for stamp in stamps],
        **_span("published_printed", [brief.published_printed for brief in briefs]),
        "url": [brief.url for brief in briefs],
        "canonical_url": [canonical(b.canonical_url) or canonical(b.url) for b in briefs],
        **_spans("authors", [brief.authors for brief in briefs]),
        "language": [brief.language for brief in briefs],
        "text": [brief.text for brief in briefs],
        "text_sha256": [body_sha256(body) for body in bodies],
        "signature": [signature(body) for body in bodies],
        "links_sha256": [links_sha256(brief) for brief in briefs],
        "word_count": [word_count(brief.text) for brief in briefs],
        "coverage": [brief.coverage for brief in briefs],
        "unknown_headings": [brief.unknown_headings for brief in briefs],
        "truncated": [brief.truncated for brief in briefs],
        "license_url": [brief.license_url for brief in briefs],
        "noai": [brief.noai for brief in briefs],
        "profile": [brief.profile for brief in briefs],
        "profile_version": [brief.profile_version for brief in briefs],
    }


def _numbered(texts: Iterable[Sequence[str]]) -> Columns:
    """Number the items of each brief, and give them the keys of their ids."""
    lists = list(texts)
    return {
        "position": [n for items in lists for n in range(1, len(items) + 1)],
        "item_key": [key for items in lists for key in item_keys(items)],
    }


def _developments(briefs: Sequence[Brief]) -> Columns:
    items = [item for brief in briefs for item in brief.developments]
    return {
        **_span("headline", [item.headline for item in items]),
        **_span("text", [item.text for item in items]),
        **_numbered([_told(item) for item in brief.developments] for brief in briefs),
    }


def _told(item: Development) -> str:
    return f"{item.headline.text}: {item.text.text}" if item.headline else item.text.text


def _statements(briefs: Sequence[Brief]) -> Columns:
    items = [item for brief in briefs for item in brief.statements]
    return {
        **_span("quote", [item.quote for item in items]),
        "is_quotation": [item.is_quotation for item in items],
        **_span("speaker", [item.speaker for item in items]),
        **_span("role", [item.role for item in items]),
        **_span("affiliation", [item.affiliation for item in items]),
        **_span("attribution", [item.attribution for item in items]),
        **_numbered([item.quote.text for item in brief.statements] for brief in briefs),
    }


def _links(briefs: Sequence[Brief]) -> Columns:
    items = [item for brief in briefs for item in brief.links]
    return {
        "section": [item.section for item in items],
        **_span("text", [item.text for item in items]),
        **_span("title", [item.title for item in items]),
        **_spans("authors", [item.authors for item in items]),
        **_span("outlet", [item.outlet for item in items]),
        "url": [item.url for item in items],
        "canonical_url": [canonical(item.url) for item in items],
        "domain": [domain(item.url) for item in items],
        **_numbered([item.text.text for item in brief.links] for brief in briefs),
    }


def _blocks(briefs: Sequence[Brief]) -> Columns:
    blocks = [block for brief in briefs for block in brief.blocks]
    sections, kinds, starts, ends = zip(*blocks, strict=True) if blocks else ((),) * 4
    return {
        "position": [n for brief in briefs for n in range(1, len(brief.blocks) + 1)],
        "section": sections,
        "kind": kinds,
        "text_start": starts,
        "text_end": ends,
    }
