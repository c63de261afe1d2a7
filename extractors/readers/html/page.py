"""HTML to blocks: find the article, drop what is no text, walk what is left once.

selectolax parses the whole page (fast, and lenient as browsers are); only the article's slimmed
markup reaches BeautifulSoup, whose tree building is what costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from extractors.model import Block, Document
from extractors.readers.errors import Unreadable
from extractors.readers.html.apart import days_apart
from extractors.readers.html.container import cut, drop_all, drop_hidden, matched
from extractors.readers.html.front import parse_front
from extractors.readers.html.head import has_head, has_title, head_above, may_stand_above
from extractors.readers.html.head_box import beside_title
from extractors.readers.html.limits import harmless, is_harmless
from extractors.readers.html.metadata import Metadata, host_of, hosts_of, read_metadata
from extractors.readers.html.slim import BORDER, NO_TEXT, slim, slimmed
from extractors.readers.html.walk import blocks_of, walk

__all__ = ["Page", "walk"]

_MARK = "\ufdd4"  # a noncharacter: no page has it
_OF_SITES = "h1,main,article,nav,header"  # a page of a site has one of them, a letter none
_OF_TABLES = ("table", "tbody", "tr", "td")
_HEAD = 6_000  # characters of slimmed markup above an article among which its head line is


class Page:
    """An HTML page, not yet cut: its metadata first, then :meth:`read` with a selector.

    Raises :class:`~extractors.readers.errors.Unreadable` (``too-large``) for a page whose tree
    would take gigabytes, as it is made or when it is read.
    """

    def __init__(self, html: str, *, url: str = "", utf8: bytes | None = None) -> None:
        """Take the markup, which came from ``url``; ``utf8`` are its bytes, if at hand."""
        self._url = url
        if utf8 is not None and is_harmless(utf8):
            self._utf8 = utf8
        else:
            self._utf8 = harmless(html).encode("utf-8", "ignore")

    @cached_property
    def _tree(self) -> LexborHTMLParser:
        with _enough_memory():
            return LexborHTMLParser(self._utf8)

    @cached_property
    def metadata(self) -> Metadata:
        """What the page says of itself."""
        return read_metadata(self._tree, self._url)

    @property
    def hosts(self) -> Iterator[str]:
        """Host names that tell whose page this is, the fetched address first.

        That one needs no parsing, and mostly it is enough.
        """
        fetched = host_of(self._url)
        if fetched:
            yield fetched
        yield from (host for host in hosts_of(self._tree, self._url) if host != fetched)

    def finds(self, selector: str) -> bool:
        """Tell whether something on the page, not yet read, is what a CSS selector asks for."""
        return self._tree.css_first(selector) is not None

    def read(
        self,
        article: Sequence[str] = (),
        drop: Sequence[str] = (),
        kinds: AbstractSet[str] = frozenset(),
    ) -> Document:
        """Cut out the article and take it apart into blocks.

        ``article`` are CSS selectors for where it sits (see ``container.cut``), ``drop`` are
        selectors for what is never the brief's, ``kinds`` (folded) name kinds of piece, one of
        which may stand above it. Changes the tree: call it once.
        """
        front = self._read_front(article, drop, kinds)
        return front or self._read_whole(article, drop, kinds)

    def _read_front(
        self, article: Sequence[str], drop: Sequence[str], kinds: AbstractSet[str]
    ) -> Document | None:
        """Read the brief from the front of the page alone, if it is certain to be all there."""
        with _enough_memory():
            front = parse_front(self._utf8, article)
        if front is None:
            return None
        metadata = read_metadata(
            front.tree,
            self._url,
            dates=(lambda: self._tree) if front.dates_behind else None,
            authors=(lambda: self._tree) if front.authors_behind else None,
        )
        nodes = matched(front.tree, article[0])  # takes scripts out of the tree, JSON-LD as well
        return _read(front.tree, nodes, drop, metadata, kinds) if nodes else None

    def _read_whole(
        self, article: Sequence[str], drop: Sequence[str], kinds: AbstractSet[str]
    ) -> Document:
        metadata = self.metadata
        return _read(self._tree, cut(self._tree, article, drop), drop, metadata, kinds)


def _read(
    tree: LexborHTMLParser,
    nodes: Sequence[LexborNode],
    drop: Sequence[str],
    metadata: Metadata,
    kinds: AbstractSet[str],
) -> Document:
    """Take the article in ``nodes`` apart, and what of the brief stands above it in ``tree``."""
    blocks = _blocks(nodes, drop, metadata)
    if nodes and not has_head(blocks, metadata, kinds):
        any_h1 = not has_title(blocks, metadata) and len(tree.css("h1")) > len(nodes[0].css("h1"))
        letter = nodes[0].tag in _OF_TABLES and tree.css_first(_OF_SITES) is None
        if above := _above(tree, nodes[0], metadata, kinds, sure=any_h1 or letter):
            top = blocks_of(above, metadata.base_url)
            beside = beside_title(tree, nodes[0], metadata)
            head = head_above(top, blocks, metadata, kinds, beside, letter=letter)
            blocks = [*head, *blocks]
    return _document(metadata, blocks)


def _above(
    tree: LexborHTMLParser,
    node: LexborNode,
    metadata: Metadata,
    kinds: AbstractSet[str],
    *,
    sure: bool,
) -> str:
    """Return the slimmed markup that stands closely before ``node``, "" if no head can be there.

    ``sure`` says that it may whatever stands there: an h1 outside the article may be its title.
    """
    body = tree.body
    if body is None or node.mem_id == body.mem_id:
        return ""
    drop_all(body, (NO_TEXT,))
    drop_hidden(body)
    node.insert_before(_MARK)
    if not sure and not may_stand_above(body.text().partition(_MARK)[0], metadata, kinds):
        return ""
    above, mark, _ = (body.html or "").partition(_MARK)
    above = slimmed(days_apart(above)) if mark else ""
    if len(above) <= _HEAD:
        return above
    start = above.rfind("<h1", 0, len(above) - _HEAD)  # the title, if it is further up
    return above[start:] if start != -1 else above[_edge(above, len(above) - _HEAD) :]


def _edge(slimmed: str, start: int) -> int:
    """Return the next place from ``start`` on where a tag or a block begins."""
    edges = (slimmed.find(BORDER, start), slimmed.find("<", start))
    return min((edge for edge in edges if edge != -1), default=len(slimmed))


@contextmanager
def _enough_memory() -> Iterator[None]:
    try:
        yield
    except SelectolaxError as error:
        message = "the page's markup needs more memory than a parser is given"
        raise Unreadable("too-large", message) from error


def _blocks(nodes: Sequence[LexborNode], drop: Sequence[str], metadata: Metadata) -> list[Block]:
    blocks: list[Block] = []
    for node in nodes:
        drop_hidden(node, folded=True)
        drop_all(node, drop)
        blocks += blocks_of(slim(node), metadata.base_url)
    return blocks


def _document(metadata: Metadata, blocks: Sequence[Block]) -> Document:
    return Document(
        format="html",
        blocks=tuple(blocks),
        url=metadata.url,
        canonical_url=metadata.canonical_url,
        title=metadata.title,
        authors=metadata.authors,
        published=metadata.published,
        language=metadata.language,
        site=metadata.site,
        license_url=metadata.license_url,
        noai=metadata.noai,
    )
