"""E-mail to blocks: newsletters, forwarded ones too, in HTML or in text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from email.message import Message
from email.utils import parseaddr

from extractors.model import Block, Document
from extractors.readers.errors import Unreadable
from extractors.readers.letterhead import sent_at
from extractors.readers.mail.furniture import forwarded, settle, view_address
from extractors.readers.mail.mime import content, filename, header, leaves, parse, payload
from extractors.readers.mail.text_part import text_part

_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|rv)\s?(?:\[\d+\])?:\s*)+", re.I)
_ARCHIVED = re.compile(r"<?(https?://[^\s>]+)>?", re.I)
_MAX_SENDER = 200  # characters
_MAX_FORWARDS = 20

ReadFile = Callable[[bytes, str, str], Document]
"""Reads the bytes of a file, given its name and content type; raises :class:`Unreadable`."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A message whose parts are sorted: what it says, whom it forwards, what is attached."""

    message: Message
    bodies: tuple[Message, ...]
    attached: tuple[Message, ...]
    inner: Mail | None
    url: str

    @property
    def hosts(self) -> tuple[str, ...]:
        """The domain that sent it; none if it was passed on, because then others wrote it."""
        if self.inner is not None:
            return self.inner.hosts
        if _PREFIX.match(header(self.message, "Subject")):
            return ()
        sender = header(self.message, "From")[-_MAX_SENDER:]  # comments nest: parsing recurses
        domain = parseaddr(sender)[1].rpartition("@")[2].lower()
        return (domain,) if domain else ()

    def read(
        self,
        article: Sequence[str] = (),
        drop: Sequence[str] = (),
        kinds: AbstractSet[str] = frozenset(),
    ) -> Document:
        """Take the message apart: all of its body is the document, without selectors.

        What stands around a forwarded message, and the names of attachments, are marginal.
        """
        blocks = [block for part in self.bodies for block in _blocks(part, drop)]
        around = [Block("paragraph", f"Attachment: {_name(part)}") for part in self.attached]
        around = [block._replace(marginal=True) for block in around]
        if self.inner is not None:
            document = self.inner.read(article, drop, kinds)
            before = tuple(block._replace(marginal=True) for block in blocks)
            return replace(document, blocks=(*before, *document.blocks, *around))
        passed_on = forwarded(blocks)
        subject = passed_on.subject or header(self.message, "Subject")
        found = _ARCHIVED.fullmatch(header(self.message, "Archived-At"))
        return Document(
            format="email",
            blocks=(*settle(passed_on.blocks), *around),
            url=self.url or None,
            canonical_url=found[1] if found else view_address(blocks),
            title=_PREFIX.sub("", subject) or None,
            published=sent_at(passed_on.date or header(self.message, "Date")),
        )


@dataclass(frozen=True, slots=True)
class Attached:
    """A message that says nothing itself: the file attached to it is the document."""

    mail: Mail
    document: Document

    @property
    def hosts(self) -> tuple[str, ...]:
        return self.mail.hosts

    def read(
        self,
        article: Sequence[str] = (),
        drop: Sequence[str] = (),
        kinds: AbstractSet[str] = frozenset(),
    ) -> Document:
        own = self.mail.read(article, drop, kinds)
        document = self.document
        return replace(
            document,
            blocks=(*document.blocks, *own.blocks),
            title=document.title or own.title,
            published=document.published or own.published,
        )


def open_mail(body: bytes, *, url: str = "", read_file: ReadFile) -> Mail | Attached:
    """Open a message; raises :class:`Unreadable` for what no mail program writes.

    ``read_file`` takes an attached file apart, of whatever format, if the message says nothing.
    """
    mail = _sorted(parse(body), url)
    if mail.inner is None and not any(payload(part).strip() for part in mail.bodies):
        for part in mail.attached:
            try:
                document = read_file(payload(part), filename(part), part.get_content_type())
                return Attached(mail, document)
            except Unreadable:
                continue
    return mail


def _sorted(message: Message, url: str, level: int = 0) -> Mail:
    bodies: list[Message] = []
    attached: list[Message] = []
    inner: Mail | None = None
    for part in leaves(_without_alternatives(message)):
        kind = part.get_content_type()
        loaded = part.get_payload() if part.is_multipart() else None  # text may not decode
        if part.get_content_maintype() == "message" and isinstance(loaded, list) and loaded:
            if inner is None and level < _MAX_FORWARDS and isinstance(loaded[0], Message):
                inner = _sorted(loaded[0], url, level + 1)
            else:
                attached.append(part)
        elif "attachment" in str(part.get("Content-Disposition", "")).lower()[:100]:
            attached.append(part)
        elif kind in ("text/html", "text/plain"):
            bodies.append(part)
        elif filename(part) and part.get_content_maintype() != "image":
            attached.append(part)
    return Mail(message, tuple(bodies), tuple(attached), inner, url)


def _without_alternatives(message: Message) -> Message:
    """Keep one of each set of alternatives: the HTML if there is text in it, else the text."""
    stack = [message]
    while stack:
        part = stack.pop()
        loaded = part.get_payload() if part.is_multipart() else None
        if not isinstance(loaded, list):
            continue
        parts = [p for p in loaded if isinstance(p, Message)]
        if part.get_content_type() == "multipart/alternative" and parts:
            rich = [p for p in parts if _has(p, "text/html")]
            plain = [p for p in parts if _has(p, "text/plain")]
            best = (rich or plain or parts)[-1]
            part.set_payload([best])
            parts = [best]
        stack.extend(parts)
    return message


def _has(part: Message, kind: str) -> bool:
    return any(p.get_content_type() == kind and payload(p).strip() for p in leaves(part))


def _blocks(part: Message, drop: Sequence[str]) -> list[Block]:
    if part.get_content_type() == "text/plain":
        return text_part(part)
    from extractors.readers.html.page import Page

    return list(Page(content(part)).read(["body"], drop).blocks)


def _name(part: Message) -> str:
    return filename(part) or part.get_content_type()
