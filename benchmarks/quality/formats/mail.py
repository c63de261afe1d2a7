"""A newsletter: an HTML part in table layout, a text part that says less."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import urlsplit

from benchmarks.quality.formats import Rendered, html
from benchmarks.quality.page import Page, with_absolute_links
from benchmarks.quality.writer import Writer


def render(page: Page, w: Writer) -> Rendered:
    """Print ``page`` as a message with an HTML part."""
    message = envelope(page, w)
    look = html.theme(w)
    cells = html.body(with_absolute_links(page), w, look)
    message.set_content("Read this message in a browser.\n", cte="quoted-printable")
    message.add_alternative(
        '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>'
        '<table width="100%"><tr><td align="center"><table width="600"><tr><td>\n'
        f"{cells}</td></tr></table></td></tr></table></body></html>\n",
        subtype="html",
        cte=w.pick("quoted-printable", "base64"),
    )
    message.set_boundary("=_quality")
    return Rendered(bytes(message), _name(page), links=True, head=True)


def envelope(page: Page, w: Writer) -> EmailMessage:
    """Return a message with the headers of a newsletter of that day, and no body."""
    host = urlsplit(page.url).hostname if page.host_known else "strait-watch.example"
    message = EmailMessage(policy=SMTP)
    message["From"] = f'"{page.site}" <briefs@{str(host).removeprefix("www.")}>'
    message["To"] = "reader@inbox.example"
    message["Subject"] = page.truth["title"]
    message["Date"] = f"{page.day:%a, %d %b %Y} {w.number(9, 19):02}:{w.number(10, 59)}:00 -0400"
    return message


def _name(page: Page) -> str:
    return page.url.rstrip("/").rsplit("/", 1)[-1] + ".eml"
