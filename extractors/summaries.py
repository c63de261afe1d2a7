"""The headings under which anybody's paper is summed up."""

from __future__ import annotations

import re

SUMMARIES = frozenset(
    (
        "abstract;executive summary;summary;in brief;in short;at a glance;highlights;toplines;"
        "key points;key findings;key takeaways;key insights;key messages;key highlights;"
        "main points;main findings;main takeaways;main insights;takeaways;"
        "bottom line up front;monthly summary;weekly summary;summary of findings;"
        "summary of key findings;summary of key points;summary points;summary of main points;"
        "bottom lines up front;bottom lines;key judgments;key judgements;key conclusions;"
        "main conclusions;main messages;main arguments;key arguments;policy takeaways"
    ).split(";")
)
"""Folded. A section of shape ``abstract`` opens with them where a profile names none."""

_LAST_WORDS = tuple({heading.rpartition(" ")[2] for heading in SUMMARIES})
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_DAY = rf"(?:\d{{1,2}}(?:-\d{{1,2}})? )?{_MONTH}(?: \d{{1,2}}(?:-\d{{1,2}})?,?)? 20\d\d"
_BEFORE = re.compile(rf"(?:{_DAY}|{_MONTH})(?:'s)?(?: ?[:-])? (?P<bare>\D+)")
_BEHIND = re.compile(rf"(?P<bare>\D+?)(?:,| ?[:-]| for| of)? \(?{_DAY}\)?")


def undated_summary(folded: str) -> str | None:
    """Return a summary's heading without its month: "september 2023 summary". All is folded."""
    if not folded.endswith(_LAST_WORDS) and " 20" not in folded:
        return None  # most headings
    m = _BEFORE.fullmatch(folded) or _BEHIND.fullmatch(folded)
    return m["bare"] if m is not None and m["bare"] in SUMMARIES else None
