"""The head of a web page: title, address, and the days it offers, not all of them the brief's."""

from __future__ import annotations

import json
from datetime import timedelta
from html import escape

from benchmarks.quality.page import Page
from benchmarks.quality.writer import Writer


def head(page: Page, w: Writer, addressed: bool) -> str:
    """Return the inside of ``<head>``; the page's own address always where nothing else tells."""
    title = page.truth["title"] or page.site
    suffix = w.pick(f" - {page.site}", f" | {page.site}", "")
    parts = [f'<meta charset="utf-8">\n<title>{escape(title + suffix)}</title>\n']
    site = w.slug(page.site + " x").replace("-", "")
    copied = f"https://www.{site}.example/p/{w.number(1000, 9999)}/"
    address = page.url if page.host_known else copied
    if not addressed or w.chance(0.8):
        parts.append(f'<link rel="canonical" href="{escape(address)}">\n')
    untitled = all(piece.role != "title" for piece in page.pieces)
    if untitled or w.chance(0.7):
        parts.append(f'<meta property="og:site_name" content="{escape(page.site)}">\n')
        parts.append(f'<meta property="og:title" content="{escape(title)}">\n')
    for author in page.truth["authors"] if w.chance(0.4) else ():
        parts.append(f'<meta name="author" content="{escape(author)}">\n')
    parts.append(_times(page, w))
    if w.chance(0.3):
        parts.append(
            '<style>.hero{min-height:320px}</style>\n<script>dataLayer=["May 1, 2019"]</script>\n'
        )
    return "".join(parts)


def _times(page: Page, w: Writer) -> str:
    """Return what the head says of the day: always where the body does not print it."""
    stamp = f"{page.day.isoformat()}T{w.number(9, 18):02}:{w.number(10, 59)}:00-04:00"
    modified = f"{page.day.replace(year=page.day.year + 1, day=1).isoformat()}T08:00:00-04:00"
    if page.day_printed and w.chance(0.35):
        return ""
    if not page.extra.get("meta_day", True):
        return ""
    if page.day_printed and w.chance(0.2):
        late = f"{page.day + timedelta(1)}T01:{w.number(10, 59)}:00+00:00"
        return f'<meta property="article:published_time" content="{late}">\n'
    meta = f'<meta property="article:published_time" content="{stamp}">\n'
    if w.chance(0.5):
        meta += f'<meta property="article:modified_time" content="{modified}">\n'
    if w.chance(0.4):
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "datePublished": stamp,
            "dateModified": modified,
            "headline": page.truth["title"],
            "author": [{"@type": "Person", "name": name} for name in page.truth["authors"]],
        }
        meta += f'<script type="application/ld+json">{json.dumps(data)}</script>\n'
    return meta
