"""Pages of realistic weight around invented briefs: a median of 80 KB of markup.

How much there is of what is the median of 51 real pages of articles (docs/decisions.md, "The
benchmark's pages are built as real ones").
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import escape
from random import Random

from benchmarks.invented import Brief, Writer

_SITE = "Foundation for Quiet Waters"
_BOXES = re.compile(
    r"(</(?:div|li|ul|p|h\d|form|script|header|nav)>|<(?:div|li|ul|tr)[^>]*>)\n?(?=<)"
)


def as_text(brief: Brief) -> str:
    """Print a brief as plain text."""
    lines = [f"{brief.printed_day} | Flash Brief", brief.title, "Latest Developments"]
    lines += [f"- {label}: {text}" for label, text in brief.developments]
    lines += ["FDD Expert Response"]
    lines += [f"“{said}” — {name}, {role}" for said, name, role in brief.statements]
    for head, paragraphs in brief.prose:
        lines += [head, *paragraphs]
    lines += ["FDD Background and Analysis"]
    lines += [f"“{title},” by {name}" for title, name in brief.links]
    return "\n\n".join(lines) + "\n"


def as_page(brief: Brief, host: str) -> str:
    """Print a brief as a web page of ``host``, with all that surrounds one."""
    random = Random(brief.number)
    page = (
        "<!DOCTYPE html>\n"
        f'<html lang="en-US" class="no-js">\n<head>\n{_head(brief, host, random)}\n</head>\n'
        f'<body class="post-template-default single single-post postid-{brief.number}">\n'
        f"{_top(random)}\n"
        '<div class="page"><div class="page-inner"><div class="site-content" id="content">'
        '<div class="container"><div class="row">\n'
        f'<main class="col-lg-8" id="main">\n{_article(brief, host, random)}\n'
        f"{_below(brief, random)}</main>\n{_side(brief, random)}\n</div></div></div></div></div>\n"
        f"{_foot(random)}\n</body>\n</html>\n"
    )
    return _BOXES.sub(lambda m: f"{m[1]}\n{_INDENTS[m.start() % 5]}", page)  # as templates indent


_INDENTS = tuple(" " * n for n in range(18, 38, 4))


def _scripts(count: int, random: Random) -> str:
    """Return what sites measure and load with, wherever it is called for."""
    return _many(
        count,
        lambda i: (
            f'<script type="text/javascript">window.dataLayer=window.dataLayer||[];dataLayer.push('
            f"{{'e':'v{i}','t':{random.randint(1, 10**9)},'s':function(a,b){{return a<b?'<p>'+a+"
            f"'</p>':b}}}});!function(w,d){{w.q{i}=d.createElement('div');w.q{i}.innerHTML="
            f"'<b>{i}</b>';d.body&&d.body.appendChild(w.q{i})}}(window,document);</script>"
        ),
    )


def _many(count: int, part: Callable[[int], str]) -> str:
    return "\n".join(part(i) for i in range(count))


def _head(brief: Brief, host: str, random: Random) -> str:
    url = f"https://{host}/analysis/{brief.day:%Y/%m/%d}/{brief.slug}/"
    at = f"{brief.day}T09:00:00-05:00"
    metas = {
        "og:title": brief.title,
        "og:type": "article",
        "og:url": url,
        "og:site_name": _SITE,
        "article:section": "Analysis",
        "og:locale": "en_US",
        "og:image": f"https://{host}/u/1.jpg",
        "og:image:width": "1200",
        "og:image:height": "630",
        "fb:app_id": "100200300",
        "twitter:card": "summary_large_image",
        "twitter:site": "@quietwaters",
        "twitter:title": brief.title,
        "og:description": brief.developments[0][1][:150],
    }
    dated = {"datePublished": at} if random.random() < 0.6 else {}  # so many pages declare a day
    if dated:
        metas["article:published_time"] = at
    thing = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebPage", "@id": url, "url": url, "name": f"{brief.title} - {_SITE}"},
            {
                "@type": "NewsArticle",
                "headline": brief.title,
                **dated,
                "author": [{"@type": "Person", "name": name} for name in brief.authors],
                "publisher": {"@type": "Organization", "name": _SITE},
            },
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": i, "item": f"https://{host}/{i}"}
                    for i in range(4)
                ],
            },
        ],
    }
    return "\n".join(
        [
            '<meta charset="UTF-8"><meta name="viewport" content="width=device-width">',
            f"<title>{escape(brief.title)} - {_SITE}</title>",
            f'<link rel="canonical" href="{url}">',
            *(f'<meta property="{k}" content="{escape(v)}">' for k, v in metas.items()),
            f'<script type="application/ld+json">{json.dumps(thing)}</script>',
            _many(
                7, lambda i: f'<link rel="stylesheet" id="s{i}-css" href="/assets/{i}.css?v={i}">'
            ),
            *(f'<meta name="{k}" content="{k}, w-{k}">' for k in ("robots", "keywords", "news")),
            _scripts(11, random),
        ]
    )


def _item(i: int, words: str) -> str:
    return (
        f'<li id="menu-item-{i}" class="menu-item menu-item-type-post_type menu-item-{i} nav-item">'
        f'<a class="nav-link" href="/topics/{i}/?ref=menu">{words} {i}</a></li>'
    )


def _top(random: Random) -> str:
    def column(c: int) -> str:
        items = _many(random.randint(6, 11), lambda i: _item(100 * c + i, "Straits and Ports"))
        return (
            f'<li class="menu-item has-children"><a href="/t/{c}">Region {c}</a>'
            '<div class="mega"><div class="mega-inner"><div class="mega-col"><div class="inner">'
            f'<ul class="sub-menu">{items}</ul></div></div></div></div>'
            f"<!-- end of the region menu, column {c}: rendered from cache --></li>"
        )

    return (
        '<noscript><iframe src="https://tags.example/ns.html" height="0"></iframe></noscript>'
        '<a class="skip-link" href="#content">Skip to content</a>'
        '<header class="site-header"><div class="container">'
        f'<a class="logo" href="/"><svg viewBox="0 0 90 20"><path d="{"M0 1L2 3" * 60}"/></svg></a>'
        f'<nav class="main-nav"><ul class="menu">{_many(7, column)}</ul></nav>'
        '<form role="search" action="/"><input type="search" name="s"><button>Search</button>'
        "</form></div></header>" + _scripts(5, random)
    )


def _paragraph(words: str, random: Random) -> str:
    """Set a paragraph as editors do: with links, emphasis and spans of pasted text."""
    tokens = words.split(" ")
    for at in random.sample(range(len(tokens)), len(tokens) // 30 + 1):
        inner = escape(tokens[at])
        tokens[at] = random.choice(
            (
                f'<a href="https://wire.example/{at}?utm_source=x" target="_blank" '
                f'rel="noopener noreferrer" data-type="link" data-id="{at}">{inner}</a>',
                f"<em>{inner}</em>",
                f'<span style="font-weight: 400;">{inner}</span>',
            )
        )
    return " ".join(tokens)


def _article(brief: Brief, host: str, random: Random) -> str:
    bullets = _many(
        len(brief.developments),
        lambda i: (
            f"<li><strong>{escape(brief.developments[i][0])}:</strong> "
            f"{_paragraph(brief.developments[i][1], random)}</li>"
        ),
    )
    said = _many(
        len(brief.statements),
        lambda i: (
            f'<div class="expert"><div class="expert-pic"><img src="/u/e{i}.jpg" alt=""></div>'
            '<div class="expert-words"><p><span style="font-weight: 400;">“'
            f"{_paragraph(brief.statements[i][0], random)}”</span> — <strong>"
            f'<a href="/team/{i}/">{brief.statements[i][1]}</a></strong>, '
            f"<em>{brief.statements[i][2]}</em></p></div></div>"
            "<!-- /.expert: what one expert says -->"
        ),
    )
    prose = "\n".join(
        f'<h3 class="wp-block-heading" id="h-{i}">{escape(head)}</h3>\n'
        + "\n".join(
            f'<div class="wp-block-group"><p>{_paragraph(text, random)}</p></div>'
            for text in paragraphs
        )
        for i, (head, paragraphs) in enumerate(brief.prose)
    )
    links = _many(
        len(brief.links),
        lambda i: (
            f'<div class="ref"><p>“<a href="https://{host}/analysis/{i}/">'
            f"{escape(brief.links[i][0])}</a>,” by {brief.links[i][1]}</p></div>"
        ),
    )
    return (
        f'<article id="post-{brief.number}" class="post type-post status-publish">\n'
        '<header class="entry-header"><p class="post-meta">'
        f'<span class="date">{brief.printed_day}</span> | <span class="type">Flash Brief</span></p>'
        f'<h1 class="entry-title">{escape(brief.title)}</h1></header>\n{_share(random)}\n'
        f'<div class="entry-content">\n<h3>Latest Developments</h3>\n<div class="list-wrap">'
        f"<ul>{bullets}</ul></div>\n{_scripts(3, random)}"
        '<figure class="wp-block-image"><img src="/u/1.jpg" srcset="/u/1-300.jpg 300w, '
        '/u/1-768.jpg 768w, /u/1-1024.jpg 1024w" sizes="(max-width: 768px) 100vw" alt="A pier">'
        "</figure>\n"
        f"<h3>FDD Expert Response</h3>\n{said}\n{prose}\n"
        f"<h3>FDD Background and Analysis</h3>\n{links}\n</div>\n</article>"
    )


def _share(random: Random) -> str:
    return (
        '<div class="sharedaddy"><ul class="share-buttons">'
        + _many(
            6,
            lambda i: (
                f'<li class="share-{i}"><a rel="nofollow" href="https://share.example/{i}?u=x'
                f'&amp;t=y" data-network="{i}" onclick="return share(this,{i})"><svg viewBox="0 0 '
                f'24 24"><path d="{"M12 2c1 0 1 1 2 2z" * 8}"/></svg></a></li>'
            ),
        )
        + "</ul></div>"
    )


def _card(i: int, writer: Writer, name: str) -> str:
    return (
        f'<div class="{name} card col-md-4" data-post="{i}"><a href="/analysis/{i}/" '
        f'class="card-link"><div class="thumb"><img loading="lazy" '
        f'src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/u/{i}.jpg" '
        f'data-srcset="/u/{i}-300.jpg 300w, /u/{i}-768.jpg 768w"></div>'
        f'<div class="card-title">{escape(writer.title())}</div></a><div class="card-meta">'
        f'<span class="date">May {1 + i % 28}, 2024</span> | <span>Flash Brief</span></div>'
        f'<p class="card-excerpt">{escape(writer.title())}</p></div>'
        "<!-- /.card: teaser of another piece -->"
    )


def _below(brief: Brief, random: Random) -> str:
    writer = Writer(10_000 + brief.number)
    cards = _many(random.randint(6, 12), lambda i: _card(i, writer, "related"))
    comments = _many(
        random.choice((0, 0, 0, 3)),
        lambda i: (
            f'<li class="comment depth-1" id="comment-{i}"><div class="comment-author vcard">'
            f'<b class="fn">{writer.name()}</b></div><div class="comment-content"><p>'
            f"{escape(writer.paragraph(2))}</p></div></li>"
        ),
    )
    return (
        f'<section class="related-posts"><h2>Related Analysis</h2><div class="row">{cards}</div>'
        f'</section>{_scripts(5, random)}<section id="comments"><ol class="comment-list">'
        f"{comments}</ol></section>"
    )


def _side(brief: Brief, random: Random) -> str:
    writer = Writer(20_000 + brief.number)
    cards = _many(random.randint(6, 12), lambda i: _card(i, writer, "latest"))
    inputs = _many(7, lambda i: f'<input type="hidden" name="f{i}" value="{i * 7919}">')
    tags = _many(25, lambda i: f'<a class="tag-link" href="/tag/{i}" style="font-size:{i}pt">T</a>')
    return (
        f'<aside class="col-lg-4 sidebar"><h2>Latest</h2>{cards}<h2>Issues:</h2>'
        f'<p class="tags">{tags}</p><form action="/letter" method="post">{inputs}</form>'
        f"{_scripts(5, random)}<!-- /.sidebar --></aside>"
    )


def _foot(random: Random) -> str:
    lists = _many(
        4,
        lambda c: (
            f'<div class="col"><h4>Column {c}</h4><ul>'
            f"{_many(9, lambda i: _item(1000 + 50 * c + i, 'About the House'))}</ul></div>"
        ),
    )
    icons = _many(
        18,
        lambda i: (
            f'<symbol id="icon-{i}" viewBox="0 0 32 32"><path d="{"M1 2h3v4c5 6 7 8 9 0z" * 9}"/>'
            "</symbol>"
        ),
    )
    return (
        f'<footer class="site-footer"><div class="row">{lists}</div><blockquote>“A free people '
        "must be a curious people.” — Ambrose Tilley, Founding Trustee</blockquote>"
        f"<p>&copy; {_SITE}. All rights reserved.</p></footer>"
        f'<svg style="display:none">{icons}</svg><noscript><img src="/px.gif"></noscript>'
        f"{_scripts(7, random)}"
    )
