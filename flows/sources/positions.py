"""Where in a sources file each key stands: tomllib tells values, but no lines."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{}\n]",
    re.S,
)
_BARE = r"[A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*'"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_BARE})(?:[ \t]*\.[ \t]*({_BARE}))?")
_KEY = re.compile(rf"[ \t]*({_BARE})[ \t]*(?=[=.])")

Positions = dict[tuple[int, str], int]


def positions(text: str) -> Positions:
    """Return the line (from 1) of each key of each ``[[source]]``, and of each such header.

    The key is (number of the source from 1, name of the key); a header's name is "", and a key
    above all sources belongs to number 0. ``text`` is valid TOML.
    """
    found: Positions = {}
    nth = 0
    for number, line in _statements(text):
        if header := _HEADER.match(line):
            names = [_name(part) for part in header.groups()[1:] if part]
            if header[1] == "[[" and names == ["source"]:
                nth += 1
                found[nth, ""] = number
            elif names[0] == "source" and len(names) > 1:
                found.setdefault((nth, names[1]), number)
            else:
                found.setdefault((0, names[0]), number)
        elif key := _KEY.match(line):
            found.setdefault((nth, _name(key[1])), number)
    return found


def _name(text: str) -> str:
    return text.strip("\"'")


def _statements(text: str) -> list[tuple[int, str]]:
    """Return the lines on which a statement begins: none within a string or a list."""
    starts = [0]
    depth = 0
    for token in _TOKEN.finditer(text):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        elif token[0] == "\n" and depth == 0:
            starts.append(token.end())
    return [(text.count("\n", 0, at) + 1, text[at:].partition("\n")[0]) for at in starts]
