"""Templates of many makers, from memory of their markup: each sets an article its own way."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.articles.pieces import (
    SITE,
    Article,
    Furniture,
    bare,
    byline,
    inline,
    one,
    paragraphs,
)

Template = Callable[[Article, Furniture], str]
TEMPLATES: dict[str, Template] = {}


def template(make: Template) -> Template:
    """Register a template under its function's name."""
    TEMPLATES[make.__name__] = make
    return make


def page(body: str, art: Article, head: str = "") -> str:
    """Wrap a body; the <title> has the site's name behind the piece's."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{art.title} | {SITE}'
        f"</title>{head}<style>.a{{b:c}}</style><script>var a='<p>no text</p>';</script></head>"
        f"<body>{body}<script>track()</script></body></html>"
    )


def _head(art: Article) -> str:
    return f'<h1 class="entry-title">{art.title}</h1>'


def _meta(art: Article) -> str:
    return f'<div class="meta">{byline(art)} <time>{art.brief.printed_day}</time></div>'


@template
def wordpress(art: Article, f: Furniture) -> str:
    return page(
        f"{f.cookies()}<div id='page'><header>{f.menu()}</header><main><article class='post'>"
        f"<header class='entry-header'>{_head(art)}{_meta(art)}</header>{f.share()}"
        f"<div class='entry-content'>{paragraphs(art)}{f.signup()}</div>{f.bio()}</article>"
        f"{f.teasers(4)}{f.comments()}</main>{f.side()}{f.foot()}</div>",
        art,
    )


@template
def drupal(art: Article, f: Furniture) -> str:
    return page(
        f"{f.menu()}<div class='layout-container'><div class='region region-content'><div "
        f"class='node node--type-article'>{_head(art)}<div class='node__content'>{_meta(art)}"
        "<div class='clearfix text-formatted field field--name-body field__item'>"
        f"{paragraphs(art)}</div>{f.share()}</div></div>{f.teasers(3)}</div>"
        f"<div class='region-sidebar'>{f.side()}</div></div>{f.foot()}{f.cookies()}",
        art,
    )


@template
def squarespace(art: Article, f: Furniture) -> str:
    blocks = [one(piece) for piece in art.pieces]
    third = max(1, len(blocks) // 3)
    parts = [blocks[i : i + third] for i in range(0, len(blocks), third)]
    set_ = "".join(
        "<div class='row sqs-row'><div class='col sqs-col-12'><div class='sqs-block html-block'>"
        f"<div class='sqs-block-content'>{''.join(part)}</div></div></div></div>"
        "<div class='sqs-block image-block'><img src='/i.jpg'></div>"
        for part in parts
    )
    return page(
        f"{f.menu()}<div id='siteWrapper'><div class='blog-item-wrapper'>{_head(art)}{_meta(art)}"
        f"<div class='blog-item-content sqs-layout'>{set_}</div></div>{f.comments()}"
        f"{f.teasers(3)}</div>{f.foot()}",
        art,
    )


@template
def layout_table(art: Article, f: Furniture) -> str:
    return page(
        "<table width='900' border='0' cellpadding='0'><tr><td colspan='3'>"
        f"{f.menu()}</td></tr><tr><td width='150' valign='top'>{f.side()}</td><td valign='top'>"
        f"<font size='5'><b>{art.title}</b></font><br><i>{byline(art)}</i><br>"
        f"{art.brief.printed_day}<br><br>{paragraphs(art)}</td><td>{f.share()}</td></tr><tr>"
        f"<td colspan='3'>{f.foot()}</td></tr></table>",
        art,
    )


@template
def line_breaks(art: Article, f: Furniture) -> str:
    return page(
        f"<div id='wrap'>{f.menu()}<div id='content'>{_head(art)}{_meta(art)}<div class='text'>"
        f"{bare(art)}</div></div><div id='right'>{f.side()}</div>{f.foot()}</div>",
        art,
    )


@template
def blogger(art: Article, f: Furniture) -> str:
    return page(
        "<div class='content-outer'><div class='main section'><div class='blog-posts hfeed'>"
        f"<h2 class='date-header'>{art.brief.printed_day}</h2><div class='post hentry'>"
        f"<h3 class='post-title entry-title'>{art.title}</h3><div class='post-body entry-content' "
        f"itemprop='description articleBody'>{bare(art, '<br /><br />')}</div><div class="
        f"'post-footer'>Posted by {art.brief.authors[0]} {f.share()}</div></div>{f.comments()}"
        f"</div></div><div class='sidebar'>{f.side()}</div></div>{f.foot()}",
        art,
    )


@template
def divs_only(art: Article, f: Furniture) -> str:
    return page(
        f"<div class='a'><div class='b'>{f.menu()}</div><div class='c'><div class='d'>"
        f"<div class='t1'>{art.title}</div><div class='t2'>{byline(art)}, {art.brief.printed_day}"
        f"</div>{''.join(_div(p.lines, p.kind) for p in art.pieces)}</div>"
        f"<div class='e'>{f.side()}</div></div>{f.foot()}</div>",
        art,
    )


def _div(lines: tuple[str, ...], kind: str) -> str:
    if kind in ("ul", "ol"):
        return "".join(f"<div class='x'>• {inline(line)}</div>" for line in lines)
    return "".join(f"<div class='{kind}'>{inline(line)}</div>" for line in lines)


@template
def several_articles(art: Article, f: Furniture) -> str:
    return page(
        f"{f.menu()}<main><article><h1>{art.title}</h1>{_meta(art)}{paragraphs(art)}</article>"
        f"{f.teasers(6, 'article')}</main>{f.foot()}",
        art,
    )


@template
def articles_are_teasers(art: Article, f: Furniture) -> str:
    return page(
        f"{f.menu()}<div class='page'>{_head(art)}{_meta(art)}<div class='copy'>{paragraphs(art)}"
        f"</div></div><div class='latest'>{f.teasers(7, 'article')}</div>{f.foot()}",
        art,
    )


@template
def next_js(art: Article, f: Furniture) -> str:
    wrapped = "".join(
        f"<div class='css-1ab2'><div class='css-9zz{i}'>{one(piece)}</div></div>"
        for i, piece in enumerate(art.pieces)
    )
    state = (
        '<script id="__NEXT_DATA__" type="application/json">{"props":{"a":"<p>no</p>"}}</script>'
    )
    return page(
        f"<div id='__next'><div class='css-0'>{f.menu()}</div><div class='css-4'><div class='c7'>"
        f"<h1 class='css-h'>{art.title}</h1><div class='css-m'>{byline(art)}</div></div>"
        f"<div class='css-8'>{wrapped}</div><div class='css-s'>{f.share()}</div></div>"
        f"<div class='css-r'>{f.teasers(6)}</div>{f.foot()}</div>{f.cookies()}{state}",
        art,
    )


@template
def amp(art: Article, f: Furniture) -> str:
    return page(
        f"<amp-sidebar id='s' hidden>{f.menu()}</amp-sidebar><article class='amp-wp-article'>"
        f"<header class='amp-wp-article-header'><h1>{art.title}</h1>{_meta(art)}</header>"
        "<div class='amp-wp-article-content'><amp-img src='/a.jpg' width='1' height=1><noscript>"
        f"<img src='/a.jpg'></noscript></amp-img>{paragraphs(art)}</div><footer>{f.share()}"
        f"</footer></article>{f.teasers(3)}{f.foot()}",
        art,
    )


@template
def nineties(art: Article, f: Furniture) -> str:
    return page(
        f"<center><a href='/'>Home</a> | <a href='/n'>News</a></center><hr><h2>{art.title}</h2>"
        f"<i>{byline(art)}<br>{art.brief.printed_day}</i><p>"
        f"{bare(art, '<p>')}<hr><font size='1'>© {SITE}</font>",
        art,
    )


@template
def inline_teasers(art: Article, f: Furniture) -> str:
    blocks = [one(piece) for piece in art.pieces]
    box = (
        f"<div class='{f.name('inline-related')}'><span>Read more</span><a href='/r'>"
        f"{f.writer.title()}</a></div>"
    )
    blocks.insert(len(blocks) // 2, box)
    blocks.insert(len(blocks) // 3, f.signup())
    return page(
        f"{f.menu()}<main><article>{_head(art)}{_meta(art)}<div class='article-body'>"
        f"{''.join(blocks)}</div>{f.share()}</article></main>{f.side()}{f.foot()}",
        art,
    )


@template
def paywall(art: Article, f: Furniture) -> str:
    return page(
        f"{f.menu()}<main><div class='story'><h1>{art.title}</h1>{_meta(art)}<div class='text'>"
        f"{paragraphs(art)}</div><div class='{f.name('paywall-prompt')}'><h2>Keep reading</h2>"
        "<p>Subscribe for unlimited access to every piece we print.</p><ul><li>Unlimited articles"
        f"</li><li>Weekly letter</li></ul></div></div></main>{f.side()}{f.foot()}",
        art,
    )


@template
def live_blog(art: Article, f: Furniture) -> str:
    posts = "".join(
        f"<div class='live-post' id='post-{i}'><div class='post-inner'>{one(piece)}</div></div>"
        for i, piece in enumerate(art.pieces)
    )
    return page(
        f"{f.menu()}<main><header><h1>{art.title}</h1>{_meta(art)}</header><div class='live-blog'>"
        f"{posts}</div></main><aside>{f.teasers(4)}</aside>{f.foot()}",
        art,
    )


@template
def elementor(art: Article, f: Furniture) -> str:
    widgets = "".join(
        "<div class='elementor-element elementor-widget'><div class='elementor-widget-container'>"
        f"{one(piece)}</div></div>"
        for piece in art.pieces
    )
    return page(
        f"<div class='elementor-location-header'>{f.menu()}</div><div class='elementor'><section>"
        f"<div class='elementor-column'>{_head(art)}</div></section><section class='elementor-"
        f"section'><div class='elementor-column'><div class='elementor-widget-wrap'>{widgets}</div>"
        f"</div><div class='elementor-column'>{f.side()}</div></section></div>{f.foot()}",
        art,
    )


@template
def no_container(art: Article, f: Furniture) -> str:
    return page(f"<h1>{art.title}</h1><p>{byline(art)}</p>{paragraphs(art)}", art)


@template
def newsletter(art: Article, f: Furniture) -> str:
    rows = "".join(
        "<tr><td><table width='100%'><tr><td class='mcnTextContent' style='padding:9px'>"
        f"{one(piece)}</td></tr></table></td></tr>"
        for piece in art.pieces
    )
    return page(
        "<table id='bodyTable' width='100%'><tr><td align='center'><table width='600'><tr><td>"
        f"<h1>{art.title}</h1></td></tr>{rows}<tr><td><small>You get this because you signed up. "
        "<a href='/u'>Unsubscribe</a></small></td></tr></table></td></tr></table>",
        art,
    )


@template
def asp_net(art: Article, f: Furniture) -> str:
    return page(
        "<form id='aspnetForm'><input type='hidden' name='__VIEWSTATE' value='dDwtMTA='>"
        f"<div id='ctl00_top'>{f.menu()}</div><div id='ctl00_main'><div class='ms-rtestate-field'>"
        f"<h1>{art.title}</h1>{_meta(art)}{paragraphs(art)}</div></div><div id='ctl00_r'>{f.side()}"
        f"</div>{f.foot()}</form>",
        art,
    )


@template
def wiki(art: Article, f: Furniture) -> str:
    return page(
        f"<div id='mw-panel'>{f.menu()}</div><div id='content' role='main'><h1>{art.title}</h1>"
        f"<div class='mw-parser-output'>{paragraphs(art)}</div></div>{f.foot()}",
        art,
    )


@template
def sections(art: Article, f: Furniture) -> str:
    """A heading and its text are a section; sections are siblings of the side column's."""
    out, part = [], []
    for piece in art.pieces:
        if piece.kind == "h" and part:
            out.append(part)
            part = []
        part.append(one(piece))
    out.append(part)
    body = "".join(f"<section class='{f.name('c-text')}'>{''.join(p)}</section>" for p in out)
    return page(
        f"{f.menu()}<div id='app'><section class='hero'>{_head(art)}{_meta(art)}</section>{body}"
        f"<section class='{f.name('more')}'>{f.teasers(4)}</section></div>{f.foot()}",
        art,
    )


@template
def lead_apart(art: Article, f: Furniture) -> str:
    first, rest = art.pieces[0], art.pieces[1:]
    body = "".join(one(piece) for piece in rest)
    return page(
        f"{f.menu()}<main><div class='hero'><h1>{art.title}</h1><div class='intro'>{one(first)}"
        f"</div></div><div class='grid'><div class='col-8'><div class='wysiwyg'>{body}</div></div>"
        f"<div class='col-4'>{f.side()}</div></div></main>{f.foot()}",
        art,
    )


@template
def comments_within(art: Article, f: Furniture) -> str:
    return page(
        f"{f.menu()}<article><h1>{art.title}</h1>{_meta(art)}<div class='content'>{paragraphs(art)}"
        f"</div>{f.bio()}{f.teasers(3)}{f.comments()}</article>{f.foot()}",
        art,
    )
