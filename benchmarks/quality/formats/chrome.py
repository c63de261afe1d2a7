"""What stands around an article and must not get into the brief: menus, teasers, footers."""

from __future__ import annotations

from html import escape

from benchmarks.quality.page import Page
from benchmarks.quality.writer import Writer

_MENU = (
    "Issues",
    "Team",
    "Analysis",
    "Events",
    "Media",
    "About",
    "Podcasts",
    "Donate",
    "Regions",
    "Experts",
    "Programs",
    "Publications",
)
_MONTHS = ("January", "March", "May", "July", "September", "November")


def around(page: Page, w: Writer) -> tuple[str, str]:
    """Return the markup before and after the article's container."""
    before = [_menu(page, w)]
    if w.chance(0.3):
        before.append('<div id="cookie">We use cookies. <button>Accept</button></div>\n')
    if w.chance(0.2):
        before.append(f'<div class="masthead"><span>{_date(w)}</span></div>\n')
    after = [_related(w)] if w.chance(0.7) else []
    if w.chance(0.25):
        after.append(
            f'<section class="comments"><h3>2 comments</h3><p>“{w.say("opinion")}” '
            f"— my uncle, retired foreman</p></section>\n"
        )
    after.append(_footer(page, w))
    return "".join(before), "".join(after)


def picture(w: Writer) -> str:
    """Return the picture above an article; its caption has a date that is the photo's."""
    if not w.chance(0.25):
        return ""
    credit = w.pick("(Photo by Someone/Agency via Pictures)", "Photo: Harbor Picture Service", "")
    caption = f"A pier in the harbor, {_date(w)}. {credit}".strip()
    return f'<figure><img src="/a.jpg" alt=""><figcaption>{caption}</figcaption></figure>\n'


def inside(page: Page, w: Writer) -> str:
    """Return what sites put into the article's own container behind its end."""
    parts = []
    if w.chance(0.15):
        parts.append(f"<aside>{_related(w)}</aside>\n")
    elif w.chance(0.1):
        parts.append(_related(w))
    if w.chance(0.15):
        parts.append(
            '<div class="share"><a href="https://share.example/p?u=1">Share</a> '
            '<a href="javascript:window.print()">Print</a></div>\n'
        )
    return "".join(parts)


def _menu(page: Page, w: Writer) -> str:
    links = "".join(
        f'<li><a href="/{name.lower()}/">{name}</a></li>' for name in w.rng.sample(_MENU, 5)
    )
    site = escape(page.site)
    tag = w.pick("header", "div")
    return f'<{tag} class="site-header"><a href="/">{site}</a><nav><ul>{links}</ul></nav></{tag}>\n'


def _related(w: Writer) -> str:
    heading = w.pick("Related Analysis", "Related Posts", "More from the site", "Related content")
    items = []
    for _ in range(w.number(2, 5)):
        title = escape(w.say("title"))
        by = f"by {w.person().name}" if w.chance(0.3) else f"{_date(w)} | Flash Brief"
        items.append(
            f'<li><a href="/analysis/{w.number(1000, 9999)}/">{title}</a> '
            f"<span>{escape(by)}</span></li>"
        )
    tag = w.pick("aside", "section", "div")
    kind = w.pick("sidebar", "related-posts", "related-analysis")
    return f'<{tag} class="{kind}"><h3>{heading}</h3><ul>{"".join(items)}</ul></{tag}>\n'


def _footer(page: Page, w: Writer) -> str:
    motto = (
        f"<p>“To inform is to defend.” — {escape(w.person().name)}, Founding Trustee</p>"
        if w.chance(0.4)
        else ""
    )
    tag = w.pick("footer", "footer", 'div id="foot"')
    return (
        f"<{tag}>{motto}<p>Get the next issue on {_date(w)}. "
        f'<a href="/subscribe/">Subscribe</a></p><p>&copy; {escape(page.site)}</p>'
        f"</{tag.split()[0]}>\n"
    )


def _date(w: Writer) -> str:
    return f"{w.pick(*_MONTHS)} {w.number(1, 28)}, {w.number(2019, 2026)}"
