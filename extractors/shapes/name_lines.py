"""Name lines: who speaks in the unquoted prose below or above, with the role as printed.

Name, Role            Name (@handle), Role:            Name / Role on a line of its own
—Name is a Role.      —Name, role                      Name, Role: the prose runs in here
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.manuscript import Line, Manuscript
from extractors.model import Printed, Statement
from extractors.names import affiliation, is_person, is_post, split_attribution, split_names
from extractors.text import fold, sentence_end

_MAX_NAME_LINE = 400
_MAX_BIO = 1_200
_POST = re.compile(r"\s*\((?P<role>[^()@]{3,200})\)\s*$")
_HANDLE = re.compile(r"\s*\(\s*@\w+\s*\)")
_SEPARATOR = re.compile(r"\s+[–—|-]\s+|\s*\|\s*")
_DASH = re.compile(r"[—–―]\s*|--?\s*")
_VERB = re.compile(
    r"\s+(?:is|are|was|were|serves? as|served as|works? as)\s+"
    r"(?:currently\s+)?(?:(?:an?|the|both)\s+)?"
)
_LEADS = re.compile(r"\s+(?:leads|directs|heads|runs|oversees|previously|joined)\b")
_APPOSITIVE = re.compile(r",[^,]*,?$")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person named as the one who speaks, and the role that is printed for them."""

    name: Printed
    role: Printed | None = None

    def says(
        self,
        manuscript: Manuscript,
        quote: Printed,
        organisations: tuple[str, ...],
        *,
        is_quotation: bool = False,
    ) -> Statement:
        """Return the statement that this speaker makes with the words ``quote``."""
        name, role, place = self.name, self.role, None
        attribution: Printed | None = name
        if role is not None and role.start is not None:
            span = affiliation(role.text, organisations)
            if span is not None:
                place = manuscript.printed(role.start + span[0], role.start + span[1])
            if name.start is not None and role.end is not None and name.start < role.start:
                attribution = manuscript.printed(name.start, role.end)
        if name.start is None:
            attribution = None
        return Statement(quote, is_quotation, name, role, place, attribution)


@dataclass(frozen=True, slots=True)
class NameLine:
    """A line (or two) that says who speaks; ``run_in`` is where prose goes on in the same line."""

    speakers: tuple[Speaker, ...]
    lines: int = 1
    run_in: int | None = None


def read_name_line(lines: Sequence[Line], at: int, people: frozenset[str]) -> NameLine | None:
    """Read ``lines[at]`` as a name line above prose; ``people`` are folded names known to speak."""
    line = lines[at]
    text = line.text
    if line.block.kind in ("item", "cell", "quotation"):
        return None
    colon = _label_colon(line)
    head = text if colon is None else text[:colon]
    if len(head) > _MAX_NAME_LINE:
        return None
    run_in = colon + 1 if colon is not None and text[colon + 1 :].strip() else None
    if (speaker := _with_role(line, 0, len(head), people)) is not None:
        return NameLine((speaker,), run_in=run_in)
    if (several := _several(line, len(head), people)) is not None:
        return NameLine(several, run_in=run_in)
    if run_in is not None and fold(head) not in people:
        return None
    start, end = _name_span(head)
    if not is_person(head[start:end]):
        return None
    name = line.printed(start, end)
    below = lines[at + 1] if at + 1 < len(lines) and run_in is None else None
    if below is not None and is_role_line(below):
        return NameLine((Speaker(name, below.printed(0, len(below.text.rstrip(" :")))),), 2)
    if fold(name.text) in people or any(a.start <= start < a.end for a in line.block.anchors):
        return NameLine((Speaker(name),), run_in=run_in)
    return None


def _label_colon(line: Line) -> int | None:
    """Return the place of the colon behind name and role, at the end or before run-in prose."""
    at = line.text.find(":")
    return at if 0 < at <= _MAX_NAME_LINE else None


def _name_span(head: str) -> tuple[int, int]:
    bare = _HANDLE.search(head)
    end = bare.start() if bare and not head[bare.end() :].strip(" ,") else len(head)
    start = len(head) - len(head.lstrip())
    return start, end


def _with_role(line: Line, start: int, end: int, people: frozenset[str]) -> Speaker | None:
    """Read "Name, Role" or "Name – Role" in ``line.text[start:end]``."""
    text = line.text[start:end]
    if (post := _POST.search(text)) is not None and is_post(post["role"]):
        name, role = (0, post.start()), post.span("role")
    elif (handle := _HANDLE.search(text)) is not None:
        name, role = (0, handle.start()), (handle.end(), len(text))
    elif (found := split_attribution(text)) is not None:
        if found.role is None:
            return None
        name, role = found.name, found.role
    elif (dash := _SEPARATOR.search(text)) is not None:
        name, role = (0, dash.start()), (dash.end(), len(text))
    else:
        return None
    role_text = text[role[0] : role[1]].strip(" ,:")
    if not is_person(text[name[0] : name[1]].strip()) or not role_text:
        return None
    known = fold(text[name[0] : name[1]]) in people
    if not is_post(role_text) and not (known and role_text[0].isupper()):
        return None
    if sentence_end(role_text) is not None or text.rstrip().endswith((".", "?", "!")):
        return None
    lead = len(text[role[0] : role[1]]) - len(text[role[0] : role[1]].lstrip(" ,"))
    tail = len(text[role[0] : role[1]].rstrip(" ,:"))
    return Speaker(
        line.printed(start + name[0], start + name[1]),
        line.printed(start + role[0] + lead, start + role[0] + tail),
    )


def _several(line: Line, end: int, people: frozenset[str]) -> tuple[Speaker, ...] | None:
    """Read "A and B": several who speak with one voice; all of them must be known."""
    spans = split_names(line.text[:end])
    if len(spans) < 2 or not all(fold(line.text[a:b]) in people for a, b in spans):
        return None
    return tuple(Speaker(line.printed(a, b)) for a, b in spans)


def is_role_line(line: Line) -> bool:
    """Tell whether a line holds a role and nothing else: "Senior Fellow, Economic Studies"."""
    text = line.text.strip()
    return (
        line.block.kind in ("paragraph", "heading")
        and len(text) <= _MAX_NAME_LINE
        and "\n" not in text
        and text[:1].isupper()
        and is_post(text)
        and len(text.split()) <= 30
        and not text.endswith((".", "?", "!", ";"))
        and _VERB.search(text) is None
        and _LEADS.search(text) is None
    )


def read_sign_line(line: Line, people: frozenset[str]) -> tuple[Speaker, ...]:
    """Read a line below prose that says who wrote it: "—Name is a Role."; () if it is none."""
    text = line.text
    if line.block.kind in ("item", "heading", "cell") or len(text) > _MAX_BIO:
        return ()
    dash = _DASH.match(text)
    start = dash.end() if dash else 0
    stop = len(text)
    found: list[Speaker] = []
    while start < stop:
        end = sentence_end(text[start:])
        end = stop if end is None else start + end
        speakers = _bio(line, start, end, certain=dash is not None, people=people)
        if not speakers:
            break
        found += speakers
        start = end
        while start < stop and text[start] in ". ":
            start += 1
    if not found and dash:
        found += _signature(line, dash.end(), people)
    return tuple(found)


def _signature(line: Line, start: int, people: frozenset[str]) -> tuple[Speaker, ...]:
    """Read "—Name" or "—Name, role" (in small letters too)."""
    text = line.text[start:].rstrip(". ")
    split = split_attribution(text)
    if split is None:
        return ()
    name = line.printed(start + split.name[0], start + split.name[1])
    if split.role is None:
        return (Speaker(name),)
    if not is_post(text[split.role[0] : split.role[1]]):
        return ()
    return (Speaker(name, line.printed(start + split.role[0], start + split.role[1])),)


def _bio(
    line: Line, start: int, end: int, *, certain: bool, people: frozenset[str]
) -> tuple[Speaker, ...]:
    """Read one sentence "Name is a Role", or "A and B are Roles"."""
    text = line.text[start:end]
    verb = _VERB.search(text)
    leads = _LEADS.search(text)
    if leads and (verb is None or leads.start() < verb.start()):
        verb, role = None, None
        subject = text[: leads.start()]
    elif verb is not None:
        subject = text[: verb.start()]
        role = line.printed(start + verb.end(), start + len(text.rstrip(" .")))
    else:
        return ()
    names = [(0, len(subject))]
    if not is_person(subject.strip()):
        names = split_names(subject)
        if len(names) < 2 or not all(is_person(subject[a:b]) for a, b in names):
            names = [(0, len(_APPOSITIVE.sub("", subject)))]
    if not all(is_person(subject[a:b].strip()) for a, b in names):
        return ()
    if not certain and not all(fold(subject[a:b]) in people for a, b in names):
        return ()
    if role is not None and not (is_post(role.text) or certain):
        return ()
    return tuple(Speaker(line.printed(start + a, start + b), role) for a, b in names)
