"""The way of one capture through this package: bytes in, a brief or a reason out."""

from __future__ import annotations

from dataclasses import replace

from extractors.hints import with_hints
from extractors.model import Extraction, Hints, Rejection
from extractors.profile import Profiles
from extractors.profile_file import shipped
from extractors.readers.opened import Unreadable, open_document
from extractors.recognise import by_host, by_layout, by_name, is_borne_out, version_for
from extractors.understand import understand


def extract(
    body: bytes,
    *,
    uri: str = "",
    content_type: str = "",
    profiles: Profiles | None = None,
    hints: Hints | None = None,
) -> Extraction:
    """Take one stored page apart.

    Args:
        body: the bytes as they came.
        uri: where they came from: an http(s) address, a path, or "".
        content_type: the Content-Type header, or "".
        profiles: the publishers' layouts that are known; those that ship if None.
        hints: what a feed says of the page, used only where the page itself is silent.

    Returns:
        An :class:`~extractors.model.Extraction`: a brief, or a rejection whose ``reason`` is a
        fixed word, as ``empty``, ``binary`` or ``no-text``. Bad input does not raise.
    """
    known = profiles or shipped()
    try:
        opened = open_document(body, uri=uri, content_type=content_type)
        owner = by_host(opened.hosts, known) or by_name(hints.publisher if hints else None, known)
        cut = owner or known.generic
        document = opened.read(cut.article, cut.drop, owner.kinds if owner else known.kinds)
    except Unreadable as error:
        return Extraction(rejection=Rejection(error.reason, str(error)))
    if not any(block.text.strip() for block in document.blocks):
        message = "the page holds no text of its own; it may need a browser"
        return Extraction(rejection=Rejection("no-text", message))
    if hints is not None:
        document = with_hints(document, hints)
    profile = owner or by_layout(document, known) or known.generic
    brief = understand(document, version_for(document, profile, known))
    if owner is None and not is_borne_out(brief, document, profile, known):
        brief = understand(document, known.generic)
    if hints is not None and brief.publisher is None:
        brief = replace(brief, publisher=hints.publisher)
    return Extraction(brief=brief)
