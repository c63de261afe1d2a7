"""What surrounds an article on a page of an unknown template, told by its names or its build."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice, takewhile

from selectolax.lexbor import LexborNode

from extractors.text import collapse

_NAMED = "[class],[id],nav"
# A class or id is furniture's if it is one of these words, with what else such names have.
_NAME = re.compile(
    r"(?!(?:has|with|no|is|not|without|wp-block-group|js)[-_])(?:.*[-_])?"
    r"(?:comments?|commentlist|disqus|respond|share|sharing|sharedaddy|share-?this|social|addtoany|"
    r"jp-relatedposts|related|recommended|recommendations?|readmore|read-(?:more|next|also)|"
    r"more-(?:from|stories|posts|news)|you-may-also-like|trending|most-(?:read|popular|viewed)|"
    r"popular-posts|recent-posts|latest-(?:posts|news)|newsletter|subscribe|subscription|sign-?up|"
    r"mailchimp|cookies?|consent|gdpr|ccpa|onetrust|paywall|regwall|promo|advert|advertisement|"
    r"ad-slot|adsbygoogle|sponsored|breadcrumbs?|sidebar|side-?bar|widget-area|menu|navbar|"
    r"navigation|nav|(?:site|page|global|main)-footer|site-header|masthead|popup|lightbox|"
    r"pagination|pager|tag-?cloud|tag-?list|tags|post-tags|entry-tags|author-(?:bio|box|info|card)|"
    r"about-(?:the-)?author|skip-link|toolbar|donate|cta|teasers?|outbrain|taboola|"
    r"print-footer|screen-reader-text|sr-only|visually-hidden)"
    r"(?:[-_](?:list|area|section|block|box|bar|container|wrapper|wrap|links?|buttons?|icons?|"
    r"posts?|articles?|stories|items?|form|widget|banner|module|panel|inner|prompt|overlay|"
    r"notice|footer|signup|thread|region|reading|content|books?|events?|\d+))*"
    r"|foot(?:er)?(?:[-_](?:wrap(?:per)?|inner|content|area|widgets?|\d+))*"
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HEADS = re.compile(
    r"(?:(?:\d+|no|view|all|reader|leave)\s+)*(?:an?\s+)?(?:comments?|responses?|replies|reply|"
    r"discussion)(?:\s*\(\d+\))?(?:\s+on\s+.{0,200})?|(?:related|recommended|similar|latest|recent|"
    r"more|popular|trending|other)\s+(?:posts?|articles?|stories|news|content|reads?|coverage)|"
    r"related|latest|most\s+(?:read|popular|viewed)|trending(?:\s+now)?|you\s+m(?:ay|ight)\s+also\s+"
    r"like|read\s+(?:next|also)|up\s+next|what\s+to\s+read\s+next|more\s+from\s+.{1,60}|"
    r"(?:sign\s+up|subscribe)(?:\s+.{1,60})?|share(?:\s+this.{0,40})?|(?:your\s+|about\s+)?"
    r"(?:privacy|cookies)",
    re.I,
)
_CARDS = 3  # that many elements of one build, each of a linked head line and little more
_WITHIN = 4  # boxes in one another that a card may be made of


def surroundings(body: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements that look like no part of an article, outer ones before inner ones."""
    yield from [node for node in body.css(_NAMED) if node.tag == "nav" or is_furniture(node)]
    yield from [node for node in body.css("footer,aside") if not _within_article(node)]
    yield from _headed(body)
    yield from _cards(body)


def is_furniture(node: LexborNode) -> bool:
    """Tell whether a class or the id of an element names what stands around articles."""
    attributes = node.attributes
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".split()
    return node.tag not in ("html", "body", "article", "main") and any(
        _NAME.fullmatch(_HUMP.sub("-", name).lower()) for name in names if len(name) < 60
    )


def _within_article(node: LexborNode) -> bool:
    at = node.parent
    while at is not None:
        if at.tag in ("article", "main", "blockquote"):
            return True
        at = at.parent
    return False


def _headed(body: LexborNode) -> Iterator[LexborNode]:
    """Yield the boxes that open with a head line over comments, teasers or the like."""
    for head in body.css("h2,h3,h4,h5,h6"):
        box = head.parent
        if box is None or box.tag not in ("div", "section", "aside", "ul"):
            continue
        first = box.child
        while first is not None and (first.is_text_node or first.is_comment_node):
            first = first.next
        if first is None or first.mem_id != head.mem_id:
            continue
        text = collapse(head.text())
        if len(text) < 80 and _HEADS.fullmatch(text):
            yield box


def _cards(body: LexborNode) -> Iterator[LexborNode]:
    """Yield every card of a row of cards: a head line that is a link, a date, a sentence."""
    heads = body.css("a h2,a h3,a h4,h2 a,h3 a,h4 a")
    boxes = [list(islice(_boxes_of(head), _WITHIN)) for head in heads]
    held = Counter(box.mem_id for within in boxes for box in within)
    cards = []
    builds: Counter[tuple[int, str, str | None]] = Counter()
    for within in boxes:
        alone = list(takewhile(lambda box: held[box.mem_id] == 1, within))
        card = alone[-1] if alone else next(iter(within), None)
        if card is None or card.parent is None:
            continue
        if len(card.css("p")) <= 2 and card.tag in ("div", "li", "article", "section"):
            build = (card.parent.mem_id, card.tag or "", card.attributes.get("class"))
            builds[build] += 1
            cards.append((card, build))
    for card, build in cards:
        if builds[build] >= _CARDS:
            yield card


def _boxes_of(head: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements around a linked head line that are no part of it, the nearest first."""
    at = head.parent
    while at is not None and at.tag in ("a", "h2", "h3", "h4", "header"):
        at = at.parent
    while at is not None and at.tag != "body":
        yield at
        at = at.parent
