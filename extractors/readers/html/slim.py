"""The markup of an article reduced to what its blocks depend on.

Building a BeautifulSoup node costs more than all else, so whatever only starts a new block becomes
one character of the text: a mark. What is left as tags are headings, lists, quotations, tables,
links and emphasis.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from extractors.readers.errors import Unreadable
from extractors.readers.html.limits import flatten

# Noncharacters of Unicode: no page may print them, and every parser lets them pass.
BORDER = "\ufdd0"
"""A block ends here and another begins."""
BREAK = "\ufdd1"
"""The page breaks the line here."""
MARGIN = "\ufdd2"
"""What follows, up to :data:`TEXT`, the page itself sets aside."""
TEXT = "\ufdd3"
MARKS = BORDER + BREAK + MARGIN + TEXT

NO_TEXT = (
    "script,style,noscript,template,svg,iframe,object,embed,canvas,audio,video,select,textarea,"
    "button,nav,head,link,meta,noembed,noframes,datalist,dialog:not([open]),annotation,annotation-xml"
)
"""Elements whose content is not the page's text."""

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"))
_CAPTIONS = ".wp-caption-text,.wp-element-caption,.image-caption,.photo-credit"
_KEPT = "a|b|strong|h[1-6]|ul|ol|menu|dir|li|blockquote|table|tr|t[dh]|pre"
_INLINE = (
    "span|em|i|u|s|small|big|font|abbr|acronym|cite|code|sub|sup|mark|time|ins|del|strike|kbd|var|"
    "samp|tt|q|bdi|bdo|label|data|dfn|ruby|r[bpt]|rtc|nobr|blink|picture|img|source|track|wbr|"
    "input|thead|tbody|tfoot|col|colgroup|area|map|slot|math|m[a-z]+|output|meter|progress|"
    "amp-img|param|font-face|noindex|button"
)
_ATTRIBUTES = r'(?:\s[^<>"]*(?:"[^"]*"[^<>"]*)*)?'
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE}){_ATTRIBUTES}>")
_BREAK_TAG = re.compile(rf"<br{_ATTRIBUTES}>")
_MARGIN_TAG = re.compile(rf"<(/?)(?:aside|footer|figcaption){_ATTRIBUTES}>")
_BARE = re.compile(rf"<(?!a\b|table\b)((?:{_KEPT}))(?=\s){_ATTRIBUTES}>")
_HREF = re.compile(rf'<a(?=\s){_ATTRIBUTES}?\s(href="[^"]*"){_ATTRIBUTES}>')
_BOX_TAG = re.compile(rf"</?(?!(?:{_KEPT})[\s>])[a-z][^\s<>]*{_ATTRIBUTES}>")
_MAX_TAGS = 200_000  # each costs a kilobyte or two and 15 microseconds
_FEW_TAGS = 120
_DEEPEST = 60


def slim(node: LexborNode) -> str:
    """Return the slimmed markup of ``node``; what is no text within it is taken out of the tree."""
    for part in node.css(NO_TEXT):
        if part.tag != "button" or not _is_heading(part):
            part.decompose()
    for part in node.css("blockquote footer"):  # there it names who is quoted
        part.insert_before(BORDER)
        part.unwrap()
    for part in node.css(_CAPTIONS):
        part.insert_before(MARGIN)
        part.insert_after(TEXT)
    return slimmed(node.html or "")


def _is_heading(button: LexborNode) -> bool:
    """Tell whether a button is the head line that unfolds the text below it."""
    return button.parent is not None and button.parent.tag in _HEADINGS


def slimmed(html: str) -> str:
    """Slim serialised markup (attributes in double quotes, all elements closed)."""
    if "<!--" in html:
        html = _COMMENT.sub("", html)
    html = _INLINE_TAG.sub("", html)
    html = _BREAK_TAG.sub(BREAK, html)
    html = _MARGIN_TAG.sub(lambda m: TEXT if m[1] else MARGIN, html)
    html = _BOX_TAG.sub(BORDER, html)
    html = _BARE.sub(r"<\1>", html)
    html = _HREF.sub(r"<a \1>", html)
    if html.count("<") > _FEW_TAGS:
        html = flatten(html, _DEEPEST, BORDER, serialised=True)
    if (tags := html.count("<")) > _MAX_TAGS:
        raise Unreadable("too-large", f"the text has {tags:,} tags, more than {_MAX_TAGS:,}")
    return BORDER.join(filter(None, map(str.strip, html.split(BORDER))))
