"""Boxes that a page sets into its text: sign-up forms, posts, captions, pull quotes, figures."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from extractors.readers.html.surroundings import is_furniture
from extractors.text import collapse

# What a page sets into its text: if the whole name is furniture's, see :mod:`surroundings`.
_BOXES = ",".join(
    f'[class*="{name}" i]'
    for name in (
        "newsletter",
        "subscribe",
        "signup",
        "sign-up",
        "promo",
        "related-",
        "advert",
        "tags",
        "caption",
        "credit",
        "embed",
        "tweet",
        "instagram",
        "pull",
        "callout",
        "key-figure",
        "stat",
    )
)
# Posts, captions, and pull quotes, which take up words of the text.
_INSET = re.compile(
    r"(?:twitter-(?:tweet|embed|video)|(?:embedded-)?tweet|instagram-media|(?:bluesky|mastodon|"
    r"tiktok|threads|social|twitter|facebook|telegram)-embed|wp-block-embed|"
    r"(?:.*[-_])?(?:caption|credit|caption-text|credit-line)s?)"
)
_PULLED = re.compile(r"(?:.*[-_])?pull(?:ed)?(?:[-_]?quotes?)?(?:[-_].*)?")
_FIGURE = re.compile(r"(?:.*[-_])?(?:callout|key-figures?|stats?|statistics?)(?:[-_].*)?")
_MAX_FIGURE = 120  # characters of a box that holds a figure and no sentence
_FORM = 'input[type="email" i]'
_MAX_FORM = 350  # characters of a box with a form to sign up by
_MAX_INSET = 600
_MOST_BOXES = 100
_SMALL = 0.2  # of the text: a box with more may hold the text itself


def boxes_of(node: LexborNode) -> list[LexborNode]:
    """Return what the page sets into its text, told by its names, or by a form to sign up by."""
    named = [
        box
        for box in node.css(_BOXES)[:_MOST_BOXES]
        if is_furniture(box) or _names(box, _INSET) or _names(box, _PULLED) or _names(box, _FIGURE)
    ]
    forms = node.css(_FORM)[:_MOST_BOXES]
    if not named and not forms:
        return []
    whole = collapse(node.text())
    small = _SMALL * len(whole)
    boxes = []
    for box in named:
        text = collapse(box.text())
        within = len(text) < small or (len(text) < _MAX_INSET and not is_furniture(box))
        if within and (
            is_furniture(box)
            or _names(box, _INSET)
            or _is_taken_up(text, whole)
            or _is_figure(box, text)
        ):
            boxes.append(box)
    return boxes + [around for form in forms if (around := _around(form, node, small)) is not None]


def _names(node: LexborNode, names: re.Pattern[str]) -> bool:
    classes = (node.attributes.get("class") or "").lower().split()
    return any(names.fullmatch(name) for name in classes)


def _is_taken_up(text: str, whole: str) -> bool:
    """Tell whether the words of a pull quote stand elsewhere too."""
    words = text.strip('“”"‘’.,… ')
    return len(words) > 12 and whole.count(words) > 1


def _is_figure(box: LexborNode, text: str) -> bool:
    """Tell whether a box has a figure in it and no sentence, as its name says."""
    few = len(text) < _MAX_FIGURE and any(map(str.isdigit, text)) and not text.endswith(".")
    return few and _names(box, _FIGURE)


def _around(form: LexborNode, node: LexborNode, small: float) -> LexborNode | None:
    """Return the box around a form: the outermost element that has little text."""
    box: LexborNode | None = None
    at = form.parent
    while at is not None and at.mem_id != node.mem_id and at.tag not in ("article", "main", "body"):
        if len(collapse(at.text())) > min(_MAX_FORM, small):
            break
        if box is not None and is_furniture(box) and not is_furniture(at):
            break
        box, at = at, at.parent
    return box
