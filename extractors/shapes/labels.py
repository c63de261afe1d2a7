"""Labels of developments: what stands before a colon, or what the page marks as one."""

from __future__ import annotations

import re

from extractors.manuscript import Line
from extractors.text import has_more_words, is_title_case, opens_quotation, sentence_end
from extractors.text import label_end as first_colon

_MAX_LABEL_WORDS = 14
_MAX_RUN_IN_WORDS, _MAX_RUN_IN = 8, 60
_MAX_MARKED_WORDS = 16
_MIN_PART_WORDS = 3
_MAX_SECOND_PART = 100  # characters
_FULL_STOP = re.compile(r"(?<!\S)(\S{1,60})\.\s")
_ABBREVIATION = re.compile(r"[‘“\"'(]*(?:[A-Z]\w{0,3}|(?:\w\.)+\w|vs)")
_LABEL_ENDS = re.compile(r"\s*?(?:[:\n]|[–—](?=\s*[^\Wa-z]))")  # no aside: "Osk — the port — ..."
# What ends a label behind its bold type: no "<b>U.S</b>. officials", no "<b>Osk</b> - the port -".
_STOP_BEHIND = re.compile(r"(?:[.:?!]|\s?[–—])(?=\s+[“\"‘'(]?[^\Wa-z])")


def is_label(line: Line, at: int, alike: bool) -> bool:
    """Tell whether the first ``at`` characters are a label; ``alike``, if all siblings have one."""
    label = line.text[:at]
    words = label.split()
    if not 1 <= len(words) <= _MAX_LABEL_WORDS or _has_sentence_end(label):
        return False
    if not spells(label):
        return False
    if at == bold_end(line):
        return True
    if line.block.kind == "item":
        return alike or is_title_case(label)
    return alike and is_title_case(label)  # bullets that were lost in copying


def spells(label: str) -> bool:
    """Tell whether a label has a letter: a number alone is none."""
    return label[:1].isalpha() or any(char.isalpha() for char in label)


def label_end(text: str) -> int | None:
    """Return the offset of the colon that ends the label.

    It is the first outside quotation marks, but for a label in two parts, "‘No Base’: Port Deal
    Stalls: The ...": a headline follows the first colon, and no sentence begins like one.
    """
    first = first_colon(text)
    second = None if first is None else first_colon(text[first + 1 : first + _MAX_SECOND_PART])
    if first is None or second is None:
        return first
    part = text[first + 1 : first + 1 + second]
    words = len(part.split())
    whole = words + len(text[:first].split()) <= _MAX_LABEL_WORDS
    headed = words >= _MIN_PART_WORDS and is_title_case(part) and not _has_sentence_end(part)
    return first + 1 + second if whole and headed and is_title_case(text[:first]) else first


def bold_end(line: Line) -> int | None:
    """Return the offset of what ends the bold run a line opens with: a colon, a dash, its line.

    Where the page marks the label, colons within it do not matter.
    """
    text, bold = line.text, line.block.bold
    if not bold:
        return None
    end = len(text[:bold].rstrip())
    if text[:end].endswith(":"):
        return end - 1
    if text[:end].endswith((".", "!", "?", "…")):
        return None  # a sentence that the page stresses
    m = _LABEL_ENDS.match(text, end)
    return m.end() - 1 if m is not None else None


def line_label_end(line: Line) -> int | None:
    """Return where the first of several lines ends, set as a headline is; a colon may end it."""
    label, broken, _ = line.text.partition("\n")
    if not broken or label.endswith((".", "!", "?", "…", ",", ";")) or opens_quotation(label):
        return None
    return len(label.rstrip(": ")) if is_title_case(label) else None


def _has_sentence_end(label: str) -> bool:
    """Tell whether a sentence ends within ``label``; "Gen." and "U.S." end none."""
    if "." not in label:
        return False  # most labels: spare the expression
    return any(not _ABBREVIATION.fullmatch(m[1]) for m in _FULL_STOP.finditer(label))


def headline_end(line: Line) -> int | None:
    """Return where the headline of an item ends: where the page marks it, a colon may end it.

    So may the line; a bullet with a headline is an item of its own.
    """
    text, bold = line.text, line.block.bold
    marked = text[:bold].rstrip()
    if not marked or has_more_words(marked, _MAX_MARKED_WORDS) or opens_quotation(text):
        return run_in_label(line)
    if text[len(marked) :] in ("", ".", ":"):
        return len(text) if line.block.kind == "paragraph" and "\n" not in text else None
    ended = marked.endswith((".", "?", "!", ":")) or text[len(marked) :].lstrip(" ")[:1] == "\n"
    if not ended and (stop := _STOP_BEHIND.match(text, len(marked))):
        return stop.end()
    return len(marked) if ended and marked.rstrip(".: ") else run_in_label(line)


def run_in_label(line: Line) -> int | None:
    """Return the offset behind the full stop that ends a run-in headline, or None."""
    text, bold = line.text, line.block.bold
    if line.block.kind == "item" or opens_quotation(text):
        return None
    marked = text[:bold].rstrip()
    if 0 < bold < len(text) and marked.endswith((".", "?", "!")) and marked.rstrip(". "):
        return len(marked)
    if 0 < bold < len(text) and text[len(marked)] in ".?!" and marked:
        return len(marked) + 1 if _STOP_BEHIND.match(text, len(marked)) else None
    if 0 < bold < len(text):
        return None  # the page marks what it stresses, and this is no label
    end = sentence_end(text)
    if end is None:
        end = len(text) if text.endswith(".") else None
    if end is None or end > _MAX_RUN_IN or len(text[:end].split()) > _MAX_RUN_IN_WORDS:
        return None
    if not text[:end].rstrip(". "):
        return None
    opens = text[:1].isupper() or text[:1] in "‘“"
    return end if opens or (text[:1].isdigit() and is_title_case(text[:end])) else None
