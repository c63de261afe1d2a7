"""When a page was published, by its own account; nothing where accounts are not of the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta

from selectolax.lexbor import LexborHTMLParser

from extractors.dates import PRINTED_DATE, parse_metadata
from extractors.model import Stamp

_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "sailthru.date",
    "dcterms.created",
    "dcterms.issued",
    "dc.date.issued",
    "publish-date",
    "publication_date",
    "pubdate",
    "dc.date",
    "date",
)
_MARKED = (
    '[itemprop="datePublished"],abbr.published,time[pubdate],time.published,'
    "time.entry-date,.entry-date time,"
    ".entry-meta time,.post-meta time,.byline time,article>header time,"
    "h1+time,h1+p time,h1+div time,.submitted,.node__submitted,"
    ".hero__meta-date"
)
_SUBMITTED = re.compile(rf"\bon\s+(?:\w+,\s+)?({PRINTED_DATE})", re.I)  # "Submitted by X on DAY"
_FIRST_YEAR = 1971  # what is dated before is the zero of some clock


def published(
    text: Callable[[], LexborHTMLParser],
    named: Mapping[str, Sequence[str]],
    stated: Iterable[str],
) -> Stamp | None:
    """Return the time of publication: as ``stated`` by JSON-LD, by meta tags, by marked times.

    A day in local time beats an instant in UTC, from which the publisher's day can't be had, if
    both mean the same night.
    """
    candidates = [*stated, *(named[key][0] for key in _NAMES if key in named)]
    stamps = [stamp for text in candidates if (stamp := _parse(text))]
    if not any(stamp.on for stamp in stamps):
        marked = {stamp for text in _marked(text()) if (stamp := _parse(text))}
        if len(marked) == 1:  # teasers have their own dates: several prove nothing
            stamps += marked
    if not stamps:
        return None
    first = stamps[0]
    if first.on is not None or first.at is None:
        return first
    night = timedelta(days=1)
    near = (s for s in stamps if s.on and abs(s.on - first.at.date()) <= night)
    return next(near, first)


def _parse(text: str) -> Stamp | None:
    stamp = parse_metadata(text)
    if stamp is None:
        return None
    year = stamp.on.year if stamp.on else stamp.at.year if stamp.at else 0
    return stamp if year >= _FIRST_YEAR else None


def _marked(tree: LexborHTMLParser) -> Iterable[str]:
    for node in tree.css(_MARKED):
        attributes = node.attributes
        given = attributes.get("datetime") or attributes.get("content")
        if "submitted" in (attributes.get("class") or "") and not given:
            found = _SUBMITTED.search(node.text())
            given = found[1] if found else None
        if node.tag == "abbr":  # as blogs abbreviate a day to its hour
            given = given or attributes.get("title")
        if "updated" not in (attributes.get("class") or "").split():
            yield given or node.text()
