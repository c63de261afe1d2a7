"""From a brief to the record that waits for the merge: every value of its rows but the ids.

A staged table has one row a capture. Ids wait for the merge, because only there it is known which
brief the capture belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from extractors.model import Brief, Extraction, Printed
from extractors.text import word_count
from warehouse.identity import content_sha256, item_keys, keys_of, links_sha256
from warehouse.landing import GONE
from warehouse.schema import BLOCKS, BRIEFS, CAPTURES, CHILDREN
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
    names = [f.name for f in CAPTURES.fields]
    found = iter(extractions)
    asked = captures.select(["status", "uri", "final_uri"]).to_pylist()
    rest = pa.Table.from_pylist(
        [
            _gone_row(**capture) if capture["status"] in GONE else staged_row(next(found))
            for capture in asked
        ],
        schema=pa.schema([f for f in STAGED if f.name not in names]),
    )
    columns = {name: captures[name] for name in names}
    return pa.table({**columns, **{n: rest[n] for n in rest.column_names}}).cast(STAGED)


def _gone_row(status: int, uri: str, final_uri: str) -> dict[str, Any]:
    """Return the staged values of an answer that says that a page is gone."""
    addresses = dict.fromkeys(a for u in (uri, final_uri) if (a := canonical(u)))
    return {
        "reason": "gone",
        "message": f"{uri} answered {status}: the page is gone",
        "keys": [f"url:{address}" for address in addresses],
    }


def staged_row(extraction: Extraction) -> dict[str, Any]:
    """Return the staged values of one extraction."""
    brief, rejection = extraction.brief, extraction.rejection
    if brief is None:
        assert rejection is not None
        return {"reason": rejection.reason, "message": rejection.message}
    return {
        "keys": list(keys_of(brief)),
        "brief": _brief(brief),
        "developments": _developments(brief),
        "statements": _statements(brief),
        "links": _links(brief),
        "blocks": [
            {
                "position": i,
                "section": block.section,
                "kind": block.kind,
                "text_start": block.start,
                "text_end": block.end,
            }
            for i, block in enumerate(brief.blocks, start=1)
        ],
    }


def _span(name: str, value: Printed | None) -> dict[str, Any]:
    if value is None:
        return {name: None, f"{name}_start": None, f"{name}_end": None}
    return {name: value.text, f"{name}_start": value.start, f"{name}_end": value.end}


def _spans(name: str, values: Sequence[Printed]) -> dict[str, Any]:
    return {
        name: [v.text for v in values],
        f"{name}_start": [v.start for v in values],
        f"{name}_end": [v.end for v in values],
    }


def _brief(brief: Brief) -> dict[str, Any]:
    stamp = brief.published
    return {
        "publisher": brief.publisher,
        **_span("kind", brief.kind),
        **_span("title", brief.title),
        "published_on": stamp.on if stamp else None,
        "published_at": stamp.at if stamp else None,
        "published_utc_offset_min": stamp.utc_offset_min if stamp else None,
        **_span("published_printed", brief.published_printed),
        "url": brief.url,
        "canonical_url": canonical(brief.canonical_url) or canonical(brief.url),
        **_spans("authors", brief.authors),
        "language": brief.language,
        "text": brief.text,
        "text_sha256": content_sha256(brief),
        "links_sha256": links_sha256(brief),
        "word_count": word_count(brief.text),
        "coverage": brief.coverage,
        "unknown_headings": list(brief.unknown_headings),
        "truncated": brief.truncated,
        "license_url": brief.license_url,
        "noai": brief.noai,
        "profile": brief.profile,
        "profile_version": brief.profile_version,
    }


def _numbered(rows: list[dict[str, Any]], texts: Sequence[str]) -> list[dict[str, Any]]:
    for i, (row, key) in enumerate(zip(rows, item_keys(texts), strict=True), start=1):
        row["position"] = i
        row["item_key"] = key
    return rows


def _developments(brief: Brief) -> list[dict[str, Any]]:
    rows = [
        {**_span("headline", item.headline), **_span("text", item.text)}
        for item in brief.developments
    ]
    texts = [
        f"{item.headline.text}: {item.text.text}" if item.headline else item.text.text
        for item in brief.developments
    ]
    return _numbered(rows, texts)


def _statements(brief: Brief) -> list[dict[str, Any]]:
    rows = [
        {
            **_span("quote", item.quote),
            "is_quotation": item.is_quotation,
            **_span("speaker", item.speaker),
            **_span("role", item.role),
            **_span("affiliation", item.affiliation),
            **_span("attribution", item.attribution),
        }
        for item in brief.statements
    ]
    return _numbered(rows, [item.quote.text for item in brief.statements])


def _links(brief: Brief) -> list[dict[str, Any]]:
    rows = [
        {
            "section": item.section,
            **_span("text", item.text),
            **_span("title", item.title),
            **_spans("authors", item.authors),
            **_span("outlet", item.outlet),
            "url": item.url,
            "canonical_url": canonical(item.url),
            "domain": domain(item.url),
        }
        for item in brief.links
    ]
    return _numbered(rows, [item.text.text for item in brief.links])
