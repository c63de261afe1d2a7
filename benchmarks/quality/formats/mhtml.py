"""A web page saved from a browser as one file."""

from __future__ import annotations

from email.message import MIMEPart
from email.policy import SMTP

from benchmarks.quality.formats import Rendered, html
from benchmarks.quality.page import Page
from benchmarks.quality.writer import Writer


def render(page: Page, w: Writer) -> Rendered:
    """Print ``page`` as MHTML."""
    message = MIMEPart(policy=SMTP)
    message["From"] = "<Saved by Blink>"
    message["Subject"] = page.truth["title"]
    message["Snapshot-Content-Location"] = (
        page.url if page.host_known else "https://mirror.example/"
    )
    message["MIME-Version"] = "1.0"
    part = MIMEPart(policy=SMTP)
    part.set_content(html.document(page, w, addressed=True), subtype="html", cte="quoted-printable")
    part["Content-Location"] = message["Snapshot-Content-Location"]
    message.make_related()
    message.attach(part)
    message.set_boundary("----MultipartBoundary--quality----")
    slug = page.url.rstrip("/").rsplit("/", 1)[-1]
    return Rendered(bytes(message), f"{slug}.mhtml", links=True, head=True)
