"""Lines that print kind, day, authors and house side by side, or one below the other in one box.

Policy Brief · 3 May 2025 · Ada Vance        Insight No. 12, May 3, 2025
                                             Ada Vance and Ole Brandt
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.bylines import Byline, is_short_post
from extractors.dated_names import BEHIND_NAMES, read_names_and_day
from extractors.datelines import kind_within, read_both, read_dateline, read_origin
from extractors.dates import MONTHS, PRINTED_DATE
from extractors.manuscript import Line
from extractors.model import Printed
from extractors.people import all_linked, read_people
from extractors.posted import is_contact, label_end, labelled_people, with_posts
from extractors.profile import Profile
from extractors.text import fold, has_more_words

_PARTS_BEGIN = ("|", "\n", "·", "•", " -", " –", " —", " /")
_PARTED = re.compile(r"\s+[/–—-]\s+|\s*[|•·]\s*|(?<![;,&])\n(?!and\b)")
_ANY_DAY = re.compile(PRINTED_DATE, re.I)
_READ_IN = re.compile(r"\d{1,2}[- ]min(?:ute)?s?(?: read)?", re.I)
_LABEL = re.compile(
    r"(?:type|kind|category|format|series|date|published in|source|outlet|topics?|regions?): ", re.I
)
# The first of two days of one year, or of one month: "March 3 – March 9, 2025".
_HALF_DAY = re.compile(rf"(?:(?:{MONTHS})\.? )?\d{{1,2}}(?: (?:{MONTHS})\.?)?", re.I)
_ADDRESS = re.compile(r"<?https?://\S+")
_PROPER = re.compile(r"[A-Z0-9](?:[^.!?:;“”]|(?<=[A-Z])\.|(?<=No)\.)*")
_OF_PICTURES = re.compile(r"(?:photo|image|picture|credit|caption|illustration|map|event)\b", re.I)
_MAX_PARTS = 7
_MAX_HALF_DAY = 20
_MAX_LINE = 300
_MAX_NAME = 4  # words of a name that nothing marks
_MAX_DESK = 4  # words before a day
_MAX_OTHER = 8  # words of a part that is none of the brief's values: a desk, a place, an outlet


def read_mixed(line: Line, profile: Profile, known: set[str]) -> Byline | None:
    """Read a line of kind, day and names, parted by marks or lines: "Brief · 3 May 2025 · A B".

    Names are certain behind a label, where the page declares or links them, or beside kind and day.
    A desk, a house or an outlet may stand among them.
    """
    spans = _parts(line)
    if not 2 <= len(spans) <= _MAX_PARTS:
        return read_names_and_day(line, profile, known)
    label = label_end(line.text)
    if label and len(with_posts(line, label, len(line.text))) > 1:
        return None  # dashes part names from posts
    parts = _Mixed(line, profile, known)
    for start, end in spans:
        if end > start and not parts.read(start, end):
            return None
    return parts.byline()


@dataclass(slots=True)
class _Mixed:
    """What the parts of one line are, as far as they have been read."""

    line: Line
    profile: Profile
    known: set[str]
    kind: Printed | None = None
    day: Printed | None = None
    others: int = 0
    desk: bool = False  # a line of its own gives the day behind a word or two
    housed: bool = False  # the publisher's own name is printed
    labelled: bool = False  # "By" or the like stands before names
    timed: bool = False  # the minutes that reading takes are printed
    groups: list[list[Printed]] = field(default_factory=lambda: [[]])  # of names
    sure: list[Printed] = field(default_factory=list)

    def read(self, start: int, end: int) -> bool:
        """Read one part; False if it is nothing that stands in such a line."""
        if label := _LABEL.match(self.line.text, start, end):
            start = label.end()
        text = self.line.text[start:end]
        if ("@" in text and is_contact(text)) or _ADDRESS.fullmatch(text):
            return True
        if len(text) <= _MAX_HALF_DAY and _HALF_DAY.fullmatch(text):
            return False
        if (by := text.find(" by ")) > 0 and self._read_kind(text[:by], start):
            start += by + 1
            text = text[by + 1 :]
        if self._read_kind_or_day(text, start) or self._read_names(text, start, end):
            return True
        if self.groups[-1] and ";" not in text and is_short_post(text):
            return True
        self.groups.append([])
        if self.profile.names_house(text):
            self.housed = True
            return True
        if _READ_IN.fullmatch(text):
            self.timed = True
            return True
        self.others += 1
        if _ANY_DAY.search(text):
            return False
        proper = _PROPER.fullmatch(text) is not None and not has_more_words(text, _MAX_OTHER)
        return proper and _OF_PICTURES.match(text) is None

    def _read_kind_or_day(self, text: str, start: int) -> bool:
        if self._read_kind(text, start):
            return True
        if not text[-1:].isalnum() and not text.endswith((")", ".")):
            return False
        if dateline := read_dateline(text):
            if not dateline["updated"]:
                if self.day is not None:
                    return False  # from one day to another
                self.day = self._slice(dateline, "date", start)
        elif origin := read_origin(text):
            self.day = self._slice(origin, "date", start)
        elif self.day is None and (both := read_both(text)) is not None:
            begin, end = (start + at for at in both.span("kind"))
            kind = kind_within(self.line, begin, end, self.profile)
            if self.kind is not None or (kind is None and _PROPER.fullmatch(both["kind"]) is None):
                return False
            if kind is None:
                if len(read_people(self.line, start, start + both.end("kind"))) > 1:
                    return False  # their day stands right behind them
                self.desk = "\n" in self.line.text
                self.day = self._slice(both, "date", start)
                self.groups.append([])
                return not has_more_words(both["kind"], _MAX_DESK)
            self.kind = kind
            self.day = self._slice(both, "date", start)
        else:
            return False
        self.groups.append([])
        return True

    def _read_kind(self, text: str, start: int) -> bool:
        if self.kind is not None:
            return False
        self.kind = kind_within(self.line, start, start + len(text), self.profile)
        if self.kind is None:
            return False
        self.groups.append([])
        return True

    def _slice(self, m: re.Match[str], group: str, start: int) -> Printed:
        return self.line.printed(start + m.start(group), start + m.end(group))

    def _read_names(self, text: str, start: int, end: int) -> bool:
        line, profile = self.line, self.profile
        begin = start + label_end(text)
        dated = None if self.day is not None else BEHIND_NAMES.search(text)
        if dated is not None:
            end = start + dated.start()
        elif text[-1:].isdigit() and "@" not in text:
            return False  # so no name ends
        self.labelled = self.labelled or (begin > start and not self.others)
        if begin > start:
            people = labelled_people(line, begin, end)
        elif profile.names_house(text):
            return False
        else:
            people = labelled_people(line, begin, end)
        if not people or (begin == start and any(map(_is_long, people))):
            return False
        if dated is not None:
            self.day = self._slice(dated, "date", start)
        self.groups[-1] += people
        linked = line.block.anchors and all_linked(line, start, end, profile)
        several = dated is not None and len(people) > 1 and profile.publisher is not None
        if (
            begin > start
            or linked
            or several
            or all(fold(name.text) in self.known for name in people)
        ):
            self.sure = self.groups[-1]
        return True

    def byline(self) -> Byline | None:
        """Return what the line says, None if that is too little to be certain of."""
        profile, line = self.profile, self.line
        named = [group for group in self.groups if group]
        beside = profile.publisher is not None and self.day is not None
        beside = beside and (self.kind is not None or (self.desk and not self.others))
        bare = profile.bare_byline and not self.others
        housed = self.housed and not self.others and line.block.kind != "heading"
        if not self.sure and len(named) == 1 and (beside or bare or housed):
            self.sure = named[0]  # a second would be a topic, and nothing tells which
        if self.kind is None and self.day is None and not self.labelled:
            return Byline(tuple(self.sure)) if housed and self.sure else None
        if not self.sure and (profile.publisher is None or not self._tells()):
            return None
        return Byline(tuple(self.sure), self.kind, self.day)

    def _tells(self) -> bool:
        """Tell whether a line that names nobody for certain gives the day all the same."""
        if self.day is None or (read_dateline(self.line.text) is not None):
            return False
        return self.kind is not None or self.timed or self.others <= 1


def _is_long(name: Printed) -> bool:
    """Tell whether a name has more words than nearly all have: it is rather a headline."""
    return has_more_words(name.text, _MAX_NAME)


def _parts(line: Line) -> list[tuple[int, int]]:
    if len(line.text) > _MAX_LINE or line.block.kind == "item":
        return []
    text = line.text
    for begin in _PARTS_BEGIN:
        if begin in text:
            break
    else:
        return []  # most lines: spare the expression
    spans = []
    at = 0
    for m in _PARTED.finditer(line.text):
        spans.append((at, m.start()))
        at = m.end()
    return [*spans, (at, len(line.text))]
