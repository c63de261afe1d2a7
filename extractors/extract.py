"""The way of one capture through this package: bytes in, a brief or a reason out."""

from __future__ import annotations

from extractors.model import Extraction, Rejection
from extractors.profile import Profiles
from extractors.profile_file import shipped
from extractors.readers.opened import Unreadable, open_document
from extractors.recognise import by_host, by_layout, version_for
from extractors.understand import understand


def extract(
    body: bytes, *, uri: str = "", content_type: str = "", profiles: Profiles | None = None
) -> Extraction:
    """Take one stored page apart.

    Args:
        body: the bytes as they came.
        uri: where they came from: an http(s) address, a path, or "".
        content_type: the Content-Type header, or "".
        profiles: the publishers' layouts that are known; those that ship if None.

    Returns:
        An :class:`~extractors.model.Extraction`: a brief, or a rejection whose ``reason`` is a
        fixed word, as ``empty``, ``binary`` or ``no-text``. Bad input does not raise.
    """
    known = profiles or shipped()
    try:
        opened = open_document(body, uri=uri, content_type=content_type)
        owner = by_host(opened.hosts, known)
        cut = owner or known.generic
        document = opened.read(cut.article, cut.drop)
    except Unreadable as error:
        return Extraction(rejection=Rejection(error.reason, str(error)))
    if not any(block.text.strip() for block in document.blocks):
        message = "the page holds no text of its own; it may need a browser"
        return Extraction(rejection=Rejection("no-text", message))
    profile = owner or by_layout(document, known) or known.generic
    return Extraction(brief=understand(document, version_for(document, profile, known)))
