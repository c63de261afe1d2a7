"""HTML to blocks: cut the article out, drop what is no text, walk what is left once.

selectolax parses the whole page (fast, and lenient as browsers are); only the article's slimmed
markup reaches BeautifulSoup, whose tree building is what costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag
from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractors.model import Block, BlockKind, Document
from extractors.readers.blocks import BlockBuilder, part_typed_bullets
from extractors.readers.container import cut
from extractors.readers.head import has_head, head_above
from extractors.readers.metadata import Metadata, read_metadata
from extractors.text import clean

_NO_TEXT = (
    "script,style,noscript,template,svg,math,iframe,object,embed,canvas,audio,video,"
    "button,select,textarea,nav,head,link,meta"
)
_INLINE = (
    "span font small big abbr acronym cite code em i u s sub sup mark time wbr ins del kbd "
    "var samp q bdi bdo label tt data dfn ruby"
).split()
_HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
_BOLD = {"strong", "b"}
_MARGINS = {"aside", "footer"}
_BREAKS_PARAGRAPH = 2  # two <br> in a row are how old pages write a paragraph
_MARK = "\ue000article\ue000"  # of the private use area: no page has it


class Page:
    """A parsed HTML page, not yet cut: its metadata first, then :meth:`read` with a selector."""

    def __init__(self, html: str, *, url: str = "") -> None:
        self._tree = LexborHTMLParser(html)
        self.metadata: Metadata = read_metadata(self._tree, url)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Host names that tell whose page this is, the fetched address first."""
        return self.metadata.hosts

    def read(self, article: Sequence[str] = (), drop: Sequence[str] = ()) -> Document:
        """Cut out the article and take it apart into blocks.

        ``article`` are CSS selectors for where it sits (see :func:`~extractors.readers.container.
        cut`), ``drop`` are selectors for what is never the brief's. Changes the tree: call it once.
        """
        metadata = self.metadata
        self._tree.strip_tags(_NO_TEXT.split(","), recursive=True)
        for selector in drop:
            for node in self._tree.css(selector):
                node.decompose()
        if self._tree.body is not None:
            self._tree.body.unwrap_tags(_INLINE)
        nodes = cut(self._tree, article)
        blocks: list[Block] = []
        for node in nodes:
            blocks += walk(node.html or "", metadata.base_url)
        if nodes and not has_head(blocks, metadata):
            blocks = [*head_above(self._above(nodes[0]), blocks, metadata), *blocks]
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

    def _above(self, node: LexborNode) -> list[Block]:
        """Return the blocks of the page that stand before ``node``."""
        body = self._tree.body
        if body is None or node.mem_id == body.mem_id:
            return []
        node.insert_before(_MARK)
        above, mark, _ = (body.html or "").partition(_MARK)
        return walk(above, self.metadata.base_url) if mark else []


def walk(fragment: str, base_url: str = "") -> list[Block]:
    """Take the markup of one article apart into blocks, in document order."""
    soup = BeautifulSoup(fragment, "lxml", multi_valued_attributes=None)
    builder = BlockBuilder()
    # The stack holds nodes still to visit, and callables to run when a node's children are done.
    stack: list[object] = [soup]
    contexts: list[tuple[BlockKind, int]] = [("paragraph", 0)]
    depths = {"bold": 0, "list": 0, "margin": 0}

    def end() -> None:
        kind, level = contexts[-1]
        if builder.end(kind, level, marginal=depths["margin"] > 0) and kind == "item":
            contexts[-1] = ("paragraph", level)  # an item's later paragraphs go on, below it

    def leave_context() -> None:
        end()
        contexts.pop()

    def step(key: str, by: int) -> None:
        depths[key] += by

    while stack:
        node = stack.pop()
        if callable(node) and not isinstance(node, Tag):
            node()
        elif isinstance(node, Tag):
            name = node.name
            after = None
            if name == "br":
                builder.line_break()
                if builder.breaks >= _BREAKS_PARAGRAPH:
                    end()
            elif name == "a":
                if target := _target(node.get("href"), base_url):
                    builder.open_anchor(target)
                    after = builder.close_anchor
            elif name in _BOLD:
                step("bold", 1)

                def after() -> None:
                    step("bold", -1)

            elif name in _INLINE:
                pass
            else:
                end()
                context = _context(name, depths["list"])
                if name in ("ul", "ol"):
                    step("list", 1)

                    def after() -> None:
                        end()
                        step("list", -1)

                elif name in _MARGINS:
                    step("margin", 1)

                    def after() -> None:
                        end()
                        step("margin", -1)

                elif context is not None:
                    contexts.append(context)
                    after = leave_context
                else:
                    after = end
            if after is not None:
                stack.append(after)
            stack.extend(reversed(node.contents))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            builder.text(str(node), bold=depths["bold"] > 0)
    end()
    return [part for block in builder.blocks for part in part_typed_bullets(block)]


def _context(name: str, list_depth: int) -> tuple[BlockKind, int] | None:
    """Return what blocks inside an element are; None if it changes nothing."""
    if name in _HEADINGS:
        return ("heading", _HEADINGS[name])
    if name == "li":
        return ("item", max(1, list_depth))
    if name == "blockquote":
        return ("quotation", 0)
    if name in ("td", "th"):
        return ("cell", 0)
    if name == "pre":
        return ("preformatted", 0)
    return None


def _target(href: object, base_url: str) -> str | None:
    """Resolve a link; None for what leads nowhere outside the page."""
    if not isinstance(href, str) or not href.strip() or href.strip().startswith("#"):
        return None
    try:
        url = urljoin(base_url, href.strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("", "http", "https"):
        return None
    return clean(url)
