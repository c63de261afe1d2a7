"""Names of people, as briefs print them: told apart from roles, outlets and prose.

Precision comes first: what is not certainly a person's name is not taken for one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from extractors.not_names import NOT_NAMES, PLACES

_PARTICLES = frozenset(
    (
        "ben bin bint ibn al el de del della dela di da do dos das du van von der den ter ten la "
        "le los abu y e zu af av"
    ).split()
)
_HONORIFICS = frozenset(
    (
        "dr prof professor mr mrs ms mx sir dame lord hon amb ambassador gen general lt ltg ltc "
        "col colonel maj major mg bg brig brigadier capt captain cmdr cdr commander adm admiral "
        "radm vadm rear vice sgt rep representative sen senator gov governor rabbi imam sheikh "
        "rev honorable honourable"
    ).split()
)
_RETIRED = frozenset("ret retd retired res usa usn usaf usmc uscg ussf usnr usmcr".split())
_SUFFIX = re.compile(
    r"(?:Jr|Sr|II|III|IV|Ph\.?\s?D|M\.?D|Esq|J\.?D|CFA|[QK]C|[MOC]BE|K?CMG)\.?(?=$|[\s,;])"
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){1,3}|[^\W\d_]")
_JOINED = re.compile(r"(?:d[eiu]|de[lr]|l[ae]|v[ao]n|[ae]l|ter)[A-Z][a-z]{2}")  # "deLozano"
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[’'ʻ`\-‑])*[^\W\d_]")
_NICKNAME = re.compile(
    r"(?<=\s)(?:[“\"‘'][^\W\d_][\w .’-]{0,28}[”\"’'](?=$|[\s,])|\([^\W\d_][\w .’-]{0,28}\)(?=\s))"
)
_LETTER_SIGNS = "ʿʾʻʼ‘’'`"  # ayn and hamza, as transliterations write them before a capital
_SHORT_NAMES = frozenset("Wm. Geo. Chas. Thos. Jas. Jos. Robt. Benj. Alex. St.".split())
_OUTLETS = frozenset(
    "times journal news herald tribune gazette examiner observer telegraph".split()
)
_SURNAMES = frozenset(("an", "he", "king", "march"))  # of the words above, as the last of a name
_POSTS = re.compile(
    r"\b(?:fellows?|directors?|analysts?|advis[eo]rs?|managers?|officers?|presidents?|editors?|"
    r"executives?|associates?|scholars?|coordinators?|specialists?|counsel|chair(?:man|woman)?|"
    r"ceo|heads?|experts?|professors?|lecturers?|researchers?|economists?|founders?|cofounders?|"
    r"ambassadors?|secretary|ministers?|correspondents?|columnists?|strategists?|assistants?|"
    r"members?|trustees?|chiefs?|deput(?:y|ies)|leads?|partners?|visiting|nonresident|intern|"
    r"envoy|consultants?|representatives?|commissioners?|leaders?|commander|journalist|historian|lawyer)\b",
    re.I,
)
_MAX_NAME = 70
_MAX_ROLE = 240


class Attribution(NamedTuple):
    """Where a name and a role stand in a string; ``role`` is None where none is printed."""

    name: tuple[int, int]
    role: tuple[int, int] | None


def is_person(text: str) -> bool:
    """Tell whether the whole of ``text`` reads as one person's name, honorifics included."""
    return bool(text) and len(text) <= _MAX_NAME and _is_person(text)


@lru_cache(maxsize=4096)
def _is_person(text: str) -> bool:
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = _NICKNAME.sub(lambda m: " " if m[0].strip("()").rstrip(".") else m[0], text)
    if "\n" in text or text.lower() in PLACES or ("," in text and _joins_people(text)):
        return False
    words = [w for w in text.replace(",", " ").split() if w.strip("().").lower() not in _RETIRED]
    titled = False
    if words[:1] == ["The"] and words[1:2] and words[1].startswith("Hono"):
        del words[0]
    while words and words[0].rstrip(".").lower() in _HONORIFICS:
        titled = True
        del words[0]
    while len(words) > 1 and _SUFFIX.fullmatch(words[-1]):
        del words[-1]  # "J.D." stands for a degree behind a name, before it for two more
    if not (1 if titled else 2) <= len(words) <= 6:
        return False
    capitals = full = 0
    for word in words:
        word = word.lstrip(_LETTER_SIGNS) or word
        low = word.lower()
        if low in _PARTICLES:
            capitals += word[0].isupper()
            continue
        if word in _SHORT_NAMES or (word.endswith(".") and _INITIALS.fullmatch(word)):
            continue  # before the list of other words: "A. Vance"
        if low.strip(".") in NOT_NAMES and not (word is words[-1] and low in _SURNAMES):
            return False
        if _INITIALS.fullmatch(word) and word[0].isupper():
            continue
        if "-" in low and not _OUTLETS.isdisjoint(low.split("-")):
            return False  # "Register-Herald"
        if not _WORD.fullmatch(word) or not (
            word[0].isupper() or any(c in word for c in "-’'") or _JOINED.match(word)
        ):
            return False
        if not any(c.isupper() for c in word):
            return False
        capitals += 1
        full += not (word.isupper() and len(word) > 1)
    last = words[-1]
    if last.lower() in _PARTICLES and not last[0].isupper():
        return False
    # All capitals is how some pages print names, but one such word among others is an acronym.
    acronyms = [w for w in words if w.isupper() and len(w) > 1 and not _INITIALS.fullmatch(w)]
    return capitals >= 1 and (not acronyms or full == 0)


def _joins_people(text: str) -> bool:
    """Tell whether ``text`` lists people: "Ada Vance, Ole Brandt". "Vance, Ada" is one."""
    parts = [text[a:b] for a, b in split_names(text)]
    return len(parts) > 1 and all(map(_is_person, parts))


def is_suffix(text: str) -> bool:
    """Tell whether ``text`` goes on with what belongs to the name before a comma: "Jr.", "J.D."."""
    return _SUFFIX.match(text.lstrip()) is not None


def is_post(text: str) -> bool:
    """Tell whether ``text`` names a post that a person can hold: "Senior Fellow, Trade"."""
    return _POSTS.search(text) is not None


def split_attribution(text: str) -> Attribution | None:
    """Split ``Name, Role`` at the comma after the name ("Jr." and the like belong to the name).

    A line break parts name and role as a comma does.

    Returns None if what stands before the comma is no person's name. Offsets are into ``text``.
    """
    at = text.find(",")
    if at != -1 and (served := retired_end(text, at)) > at:
        at = text.find(",", served)
    while at != -1 and (suffix := _SUFFIX.match(text[at + 1 :].lstrip())):
        after = at + 1 + (len(text[at + 1 :]) - len(text[at + 1 :].lstrip())) + suffix.end()
        rest = text[after:].lstrip()
        if text[after:].lstrip(" ").startswith("\n"):
            at = after
            break
        if rest and not rest.startswith(","):
            break
        at = text.find(",", after)
    name_end = len(text) if at == -1 else at
    broken = text.find("\n")
    if 0 < broken < name_end and text[:broken].strip():
        name_end = broken
    name = text[:name_end]
    if not is_person(name.strip()):
        return None
    start = len(name) - len(name.lstrip())
    name_span = (start, start + len(name.strip()))
    role = text[name_end + 1 :]
    if not role.strip():
        return Attribution(name_span, None)
    if len(role) > _MAX_ROLE:
        return None
    begin = name_end + 1 + len(role) - len(role.lstrip())
    return Attribution(name_span, (begin, begin + len(role.strip())))


_AND = re.compile(
    r",\s*(?:(?:and|with|AND|WITH)\s+)?|\s(?:and|with|AND|WITH)\s+|&\s*|"
    r";\s*(?:[Ww]ith\s+)?|[|\n]\s*|\s[•·/]\s+"
)
_SERVICE = re.compile(r",\s*([A-Z]+ \(?\w+\.?\)?|\(\w+\.?\))(?=$|[,;\n])")
_JOINS = (",", "and", "&", ";", "with", "AND", "WITH", "|", "\n", "•", "·", "/")


def split_names(text: str) -> list[tuple[int, int]]:
    """Return the spans of the parts of a list of names: "A, B, and C" has three."""
    spans: list[tuple[int, int]] = []
    at = 0
    for m in [*(_AND.finditer(text) if _may_be_several(text) else ()), None]:
        part = text[at : m.start()].rstrip() if m else text[at:]
        end = at + len(part)
        if spans and (_SUFFIX.fullmatch(part.strip()) or _is_retired(part)):
            spans[-1] = (spans[-1][0], end)  # "Smith, Jr.", "Thorne, USN (ret.)"
        elif part.strip():
            start = at + len(part) - len(part.lstrip())
            spans.append((start, start + len(part.strip())))
        if m:
            at = m.end()
    return spans


def retired_end(text: str, end: int) -> int:
    """Return where a name that ends at ``end`` does with its service: "Ada Vance, USAF (ret.)"."""
    m = _SERVICE.match(text, end)
    return m.end() if m and _is_retired(m[1]) else end


def _is_retired(part: str) -> bool:
    words = [word.strip("().").lower() for word in part.split()]
    return bool(words) and _RETIRED.issuperset(words)


def _may_be_several(text: str) -> bool:
    for join in _JOINS:  # noqa: SIM110  # in half the time
        if join in text:
            return True
    return False


_SECOND_POST = re.compile(
    r"\s+and\s+(?=(?:[A-Z][\w-]* )*(?:Fellow|Director|Advis|Analyst|Editor|Chair|CEO|Scholar))"
)
_SECOND_BODY = re.compile(r"\s+and (?:the\s+(?=[A-Z])|(?=[a-z]))")
# What somebody does besides the post: "... with the Sea Programme and teaches at Lund University".
_BESIDES = re.compile(
    r",? and (?:also |previously |formerly |once )*(?:teach(?:es)?|taught|lectur(?:es|ed)|"
    r"writes|wrote|covers|covered|hosts|hosted|advis(?:es|ed)|serves|served|work(?:s|ed)|edits|"
    r"edited|liv(?:es|ed)|stud(?:ies|ied)|consults|directed|led|ran)\b"
)
_BODY = re.compile(
    r"(?:,\s+|\b(?:in|with) (?:the )?)((?:the )?(?:[A-Z](?:[\w’'-]*|\.) (?:and (?=[A-Z]))?)*"
    r"(?:Institute|University|College|Foundation|Council|Academy|Association|Center|Centre)\b[^,;]*"
    r"(?:(?:, [A-Z][\w-]+)+,? and [A-Z][\w-]+)?)"  # "Center for Security, Strategy, and Technology"
)


@lru_cache(maxsize=4096)  # the same posts come again in brief after brief
def affiliation(role: str, organisations: tuple[str, ...]) -> tuple[int, int] | None:
    """Return where ``role`` prints an organisation, or None: nothing is inferred.

    One of ``organisations`` counts where the role or its second part starts with it, or names it
    after "at" or "of"; any other capitalised name counts after "at" alone ("of" joins departments
    and subjects too), or after a comma where it calls itself an institute, a university or the
    like.
    """
    if " and " in role:  # most have none: spare the expression
        role = _BESIDES.split(role, maxsplit=1)[0]
    for name in organisations:
        if re.match(rf"{re.escape(name)}(?!\w|[’'])", role):
            return (0, len(name))
    best: tuple[int, int] | None = None
    for name in organisations:
        # the organisation's own part counts with it: "FDD’s Iran Program"
        m = re.search(rf"(?:\b(?:at|of|for|with|to)|,) (?:the )?({re.escape(name)}(?!\w))", role)
        if m and (best is None or m.start(1) < best[0]):
            best = m.span(1)
    if best is not None:
        if role[best[1] : best[1] + 2] in ("’s", "'s"):
            own = re.match(
                r"[’']s(?: (?:[A-Z][\w-]*|(?:and|on|of|for|the)(?= (?:the )?[A-Z]))(?!\w))*",
                role[best[1] :],
            )
            if own:
                best = (best[0], best[1] + len(_SECOND_POST.split(own[0])[0].rstrip()))
        return best
    m = re.search(r"\bat (?:the )?([A-Z][^,;]*)", role)
    if m is None:
        m = _BODY.search(role)
    if m is None:  # "Program Director and FDD Senior Fellow"
        second = (re.search(rf"\band ({re.escape(o)})(?![\w’'])", role) for o in organisations)
        return next((found.span(1) for found in second if found), None)
    name = _SECOND_BODY.split(_SECOND_POST.split(m[1])[0])[0]
    return (m.start(1), m.start(1) + len(name.rstrip()))
