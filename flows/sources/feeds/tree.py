"""Text to an XML tree, with nothing expanded, loaded or fetched."""

from __future__ import annotations

from lxml import etree

from flows.sources.feeds.names import Element


def parse(text: str, *, recover: bool = False) -> Element | None:
    """Parse ``text`` as XML; None if it is not well-formed, or nothing of it can be recovered."""
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
