"""The markup of an article reduced to what its blocks depend on.

Building a BeautifulSoup node costs more than all else, so whatever only starts a new block becomes
one character of the text: a mark, and emphasis is a pair of them. What is left as tags are
headings, lists, quotations, tables and links.
"""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

from extractors.datelines import WEEKDAY
from extractors.dates import PRINTED_DATE
from extractors.names import is_person
from extractors.readers.errors import Unreadable
from extractors.readers.html.accordions import BUTTONS, unfolded
from extractors.readers.html.insets import boxes_of
from extractors.readers.html.limits import flatten
from extractors.readers.html.points import summing_boxes

# Noncharacters of Unicode: no page may print them, and every parser lets them pass.
BORDER = "\ufdd0"
"""A block ends here and another begins."""
BREAK = "\ufdd1"
"""The page breaks the line here."""
MARGIN = "\ufdd2"
"""What follows, up to :data:`TEXT`, the page itself sets aside."""
TEXT = "\ufdd3"
BOLD = "\ufdd5"
"""What follows, up to :data:`PLAIN`, is emphasised."""
PLAIN = "\ufdd6"
POINTS = "\ufdd7"
"""What follows, up to :data:`BEYOND`, is in a box that sums the piece up, below its heading."""
BEYOND = "\ufdd8"
MARKS = BORDER + BREAK + MARGIN + TEXT + BOLD + PLAIN + POINTS + BEYOND

NO_TEXT = (
    "script,style,noscript,template,svg,iframe,object,embed,canvas,audio,video,select,textarea,"
    "button,nav,head,link,meta,noembed,noframes,datalist,dialog:not([open]),annotation,annotation-xml"
)
"""Elements whose content is not the page's text."""

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"))
_CAPTIONS = ".wp-caption-text,.wp-element-caption,.image-caption,.photo-credit"
# Who is quoted: in a quotation's own footer or caption, or as a post right behind a name, with no
# space between, because the style sheet sets it on a line of its own.
_ATTRIBUTED = (
    'blockquote footer,blockquote~figcaption,span[class*="role"],span[class*="position"],'
    "a+span,b+span,strong+span,span+span,span+time,time+span,"
    # links that lead nowhere yet, or by a script: beyond the markup nothing parts their names
    'a+a,a+time,span+a[href^="#"],time+a[href^="#"]'
)
_DAY = re.compile(
    rf"(?:(?:(?:last )?updated|published)(?: on)?:? )?(?:{WEEKDAY},? )?{PRINTED_DATE}", re.I
)
_POST = re.compile(r"(?:^|[\s_-])(?:role|position|job-?title)s?(?:$|\s)", re.I)
_MAX_DAY = 40
_LEADS = re.compile(r".{0,100}[|•·]|(?:written )?by:?|authors?:", re.I)
_NAMING = ("span", "a", "strong", "b")
_KEPT = "a|h[1-6]|ul|ol|menu|dir|li|blockquote|table|tr|t[dh]|pre"
_INLINE = (
    "span|em|i|u|s|small|big|font|abbr|acronym|cite|code|sub|sup|mark|time|ins|del|strike|kbd|var|"
    "samp|tt|q|bdi|bdo|label|data|dfn|ruby|r[bpt]|rtc|nobr|blink|picture|img|source|track|wbr|"
    "input|thead|tbody|tfoot|col|colgroup|area|map|slot|math|m[a-z]+|output|meter|progress|"
    "amp-img|param|font-face|noindex|button"
)
# How the HTML standard has attributes written: names may hold quotes and "<", values no quotes.
_ATTRIBUTE = r'\s=?[^\s/>=]*="[^"]*"'
_TAG = re.compile(rf"<(/?[a-z][^\s/>]*)((?:{_ATTRIBUTE})*+)>")
_IS_KEPT = re.compile(rf"/?(?:{_KEPT})")
_IS_INLINE = re.compile(rf"/?(?:{_INLINE})")
_TELLING = {
    "a": re.compile(rf'(?:{_ATTRIBUTE})*?(\shref="[^"]*")'),
    "table": re.compile(rf'(?:{_ATTRIBUTE})*?(\srole="[^"]*")'),
}
"""The attributes that tell something, by the element."""
_INSTEAD = {
    "br": BREAK, "aside": MARGIN, "/aside": TEXT, "footer": MARGIN, "/footer": TEXT,
    "figcaption": MARGIN, "/figcaption": TEXT, "b": BOLD, "/b": PLAIN, "strong": BOLD,
    "/strong": PLAIN, "dt": BORDER + BOLD, "/dt": PLAIN + BORDER,
    "summary": BORDER + BOLD, "/summary": PLAIN + BORDER,
}  # fmt: skip
_MAX_TAGS = 200_000  # each costs a kilobyte or two and 15 microseconds
_FEW_TAGS = 120
_DEEPEST = 60


def slim(node: LexborNode) -> str:
    """Return the slimmed markup of ``node``; what is no text within it is taken out of the tree."""
    for part in node.css(BUTTONS):
        if unfolded(part) is not None and not _is_heading(part):
            part.insert_before(BORDER + BOLD)
            part.insert_after(PLAIN + BORDER)
            part.unwrap()
    for part in node.css(NO_TEXT):
        if part.tag != "button" or not _is_heading(part):
            part.decompose()
    for part in node.css(_ATTRIBUTED):
        if part.tag in ("footer", "figcaption"):
            part.insert_before(BORDER)
            part.unwrap()
        elif (part.tag in ("span", "a") and _is_one_of_names(part)) or (
            (above := part.prev) is not None and above.is_text_node and _is_post(part)
        ):
            part.insert_before(BREAK)
        elif above is not None and above.tag == "time":
            if part.text()[:1].isalpha() and _is_day(above):
                part.insert_before(BORDER)
        elif above is not None and above.tag in _NAMING:
            if above.tag == "span" and (_is_day(part) or _is_day(above)):
                part.insert_before(BORDER)
            elif (part.tag == "span" and _is_set_apart(part)) or (
                part.tag != "a" and _is_day(part) and is_person(above.text().strip())
            ):
                part.insert_before(BREAK)
    if (top := _first_element(node)) is not None and top.tag == "footer":
        top.insert_before(BORDER)  # it stands above the text, whatever it is called
        top.insert_after(BORDER)
        top.unwrap()
    for heading, box in [*summing_boxes(node)]:
        heading.insert_after(POINTS)
        box.insert_after(BEYOND)
    for part in (*node.css(_CAPTIONS), *boxes_of(node)):
        part.insert_before(MARGIN)
        part.insert_after(TEXT)
    return slimmed(node.html or "")


def _first_element(node: LexborNode) -> LexborNode | None:
    at = node.child
    while at is not None and (at.is_comment_node or (at.is_text_node and not at.text().strip())):
        at = at.next
    return at


def _is_set_apart(span: LexborNode) -> bool:
    """Tell whether names end right before ``span`` with no space, and a word begins in it."""
    attributes = (span.attributes.get("class") or "").lower()
    if "role" in attributes or "position" in attributes:
        return True
    if span.prev is None or span.prev.tag == "span":
        return False
    above = span.prev.text()
    named = " " in above.strip() and above[:1].isupper() and above[-1:].isalpha()
    return named and span.text()[:1].isupper()


def _is_one_of_names(part: LexborNode) -> bool:
    """Tell whether a person's name stands in ``part``, and in all elements beside it, nothing else.

    Words that end with a mark or "By" may stand before them, and a day beside them.
    """
    if part.tag == "a" and part.prev is not None and part.prev.is_text_node:
        leads_to = part.attributes.get("href") or "#"
        if not leads_to.startswith(("#", "javascript")):
            return False  # there is a space between the two, and links to people are told
    if part.parent is None or not is_person(part.text().strip()):
        return False
    at, first = part.parent.child, True
    while at is not None:
        text = at.text().strip()
        named = at.tag == part.tag and is_person(text)
        leads = first and at.is_text_node and _LEADS.fullmatch(text) is not None
        if text and text not in MARKS and not (named or leads or _is_day(at)):
            return False
        first = first and (not text or text in MARKS)
        at = at.next
    return part.parent.tag not in _HEADINGS


def _is_post(span: LexborNode) -> bool:
    """Tell whether the class of an element says that it holds somebody's post."""
    return _POST.search(span.attributes.get("class") or "") is not None


def _is_day(node: LexborNode) -> bool:
    text = node.text()
    return len(text) < _MAX_DAY and _DAY.fullmatch(text.strip()) is not None


def _is_heading(button: LexborNode) -> bool:
    """Tell whether a button is the head line that unfolds the text below it."""
    return button.parent is not None and button.parent.tag in _HEADINGS


def slimmed(html: str) -> str:
    """Slim serialised markup (attributes in double quotes, all elements closed)."""
    if "<!--" in html:
        html = _without_comments(html)
    # text, the tag's name, its attributes, text, ...: one pass, and no callback for each tag
    parts = _TAG.split(html)
    names = parts[1::3]
    for i, name in enumerate(names):
        if name in _TELLING and (told := _TELLING[name].match(parts[3 * i + 2])):
            names[i] = f"<{name}{told[1]}>"
    parts[1::3] = [name if name[:1] == "<" else _instead(name) for name in names]
    parts[2::3] = [""] * len(names)
    html = "".join(parts)
    if html.count("<") > _FEW_TAGS:
        html = flatten(html, _DEEPEST, BORDER, serialised=True)
    if (tags := html.count("<")) > _MAX_TAGS:
        raise Unreadable("too-large", f"the text has {tags:,} tags, more than {_MAX_TAGS:,}")
    return BORDER.join(filter(None, map(str.strip, html.split(BORDER))))


def _without_comments(html: str) -> str:
    parts = []  # an expression takes ten times as long
    at = 0
    while (start := html.find("<!--", at)) != -1 and (end := html.find("-->", start + 4)) != -1:
        parts.append(html[at:start])
        at = end + 3
    return "".join((*parts, html[at:]))


@lru_cache(maxsize=1024)
def _instead(name: str) -> str:
    """Return what stands for the tag ``name`` ("/name" for its end) in slimmed markup."""
    if name in _INSTEAD:
        return _INSTEAD[name]
    if _IS_INLINE.fullmatch(name):
        return ""
    return f"<{name}>" if _IS_KEPT.fullmatch(name) else BORDER
