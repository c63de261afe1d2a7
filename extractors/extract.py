"""The way of one capture through this package: bytes in, a brief or a reason out."""

from __future__ import annotations

from extractors.model import Extraction, Rejection
from extractors.profile import generic
from extractors.readers.opened import Unreadable, open_document
from extractors.recognise import by_host, by_signature
from extractors.understand import understand


def extract(body: bytes, *, uri: str = "", content_type: str = "") -> Extraction:
    """Take one stored page apart.

    Args:
        body: the bytes as they came.
        uri: where they came from: an http(s) address, a path, or "".
        content_type: the Content-Type header, or "".

    Returns:
        An :class:`~extractors.model.Extraction`: a brief, or a rejection whose ``reason`` is one
        of ``empty``, ``binary`` and ``no-text``. Bad input does not raise.
    """
    try:
        opened = open_document(body, uri=uri, content_type=content_type)
    except Unreadable as error:
        return Extraction(rejection=Rejection(error.reason, str(error)))
    profile = by_host(opened.hosts)
    cut = profile or generic()
    document = opened.read(cut.article, cut.drop)
    if not any(block.text.strip() for block in document.blocks):
        message = "the page holds no text of its own; it may need a browser"
        return Extraction(rejection=Rejection("no-text", message))
    return Extraction(brief=understand(document, profile or by_signature(document) or generic()))
