"""Experts who are listed with their posts, and reported below by their first names.

- Ada Vance (@avance): Senior fellow      “The lock is shut,” Ada tells us. “It stays shut.”
- Bo Orr: Director of the Port Program    Bo disagrees: “It leaks.”
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractors.manuscript import Line
from extractors.model import Printed, Statement
from extractors.names import is_person, is_post, is_suffix
from extractors.part import Part
from extractors.shapes.speakers import Speaker
from extractors.text import opens_quotation

_LISTED = re.compile(r"(?P<name>[^:(@]{4,70}?)\s*(?:\([^()]{0,30}\)\s*)?:\s+(?P<role>\S.{3,240})")
_SAYS = (
    r"(?:tells us|told us|says|said|writes|wrote|adds|argues|notes|explains|warns|predicts|"
    r"points out|cautions|believes|expects|sees|thinks|disagrees|agrees|asks|answers|counters|"
    r"suggests|observes)"
)
_THAT = re.compile(r"\s*,?\s*(?:us\s+)?(?:that\s+)?")
_QUOTED_AT_END = re.compile(r"[^“”]*:\s*“(?P<words>.+)”\s*$", re.S)
_CLOSING = '”"'


def read_listed(part: Part) -> Sequence[Line]:
    """Read the list of experts, and each line below it that reports one of them."""
    lines = part.lines
    listed: list[Speaker] = []
    for line in lines:
        speaker = _listed(line)
        if speaker is None:
            break
        listed.append(speaker)
    if not listed:
        return lines
    part.place(lines[: len(listed)])
    called = _called(listed)
    says = _pattern(called)
    rest = []
    for line in lines[len(listed) :]:
        said = _said(part, line, says, called)
        if said is None:
            rest.append(line)
        else:
            part.found.statements.append(said)
            part.place([line])
    return rest


def _listed(line: Line) -> Speaker | None:
    m = _LISTED.fullmatch(line.text)
    if m is None or not is_person(m["name"]) or not is_post(m["role"]):
        return None
    return Speaker(line.printed(*m.span("name")), line.printed(*m.span("role")))


def _called(listed: Sequence[Speaker]) -> dict[str, Speaker]:
    """Return what each expert may be called: by the whole name, or the first or last of it.

    A name that two of them share is nobody's.
    """
    names: dict[str, Speaker | None] = {}
    for speaker in listed:
        words = [word for word in speaker.name.text.split() if not is_suffix(word)]
        initials = {word for word in words if word.endswith(".")}
        for name in {speaker.name.text, words[0], words[-1]} - initials:
            names[name] = speaker if name not in names else None
    return {name: speaker for name, speaker in names.items() if speaker is not None}


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    who = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:(?P<who>{who})\s+{_SAYS}|{_SAYS}\s+(?P<last>{who}))(?!\w)")


def _said(
    part: Part, line: Line, says: re.Pattern[str], called: dict[str, Speaker]
) -> Statement | None:
    """Read what ``line`` reports somebody to say: a quotation, or words without marks."""
    m = None if line.block.kind == "heading" else says.search(line.text)
    if m is None:
        return None
    words, quoted = _words(line, m)
    if not words.text:
        return None
    speaker = called[m["who"] or m["last"]]
    organisations = part.profile.organisations
    return speaker.says(part.manuscript, words, organisations, is_quotation=quoted)


def _words(line: Line, m: re.Match[str]) -> tuple[Printed, bool]:
    text = line.text
    last = max(text.rfind(mark) for mark in _CLOSING)
    if opens_quotation(text) and any(mark in text[1 : m.start()] for mark in _CLOSING):
        return line.printed(1, last), True
    if quoted := _QUOTED_AT_END.match(text, m.end()):
        return line.printed(*quoted.span("words")), True
    begin = m.end()
    if told := _THAT.match(text, begin):
        begin = told.end()
    if opens_quotation(text[begin:]) and text.rstrip()[-1] in _CLOSING:
        return line.printed(begin + 1, last), True
    return line.printed(begin, len(text)), False
