"""Damage: the n-th document of a seed number, made from sound ones by a few random blows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.fuzz.pieces import ENCODINGS, JUNK, MARKS, SUFFIXES, TYPES, WORDS
from benchmarks.fuzz.seeds import Seed, headings, hosts, load_seeds

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_CROPPED = 1_600  # characters that most documents are cut to: small ones break as well, and faster
_HEAVY = 400  # one document in so many is large, deep or monotonous
_BINARY = 12  # one document in so many is of a format that is damaged as bytes


@dataclass(frozen=True, slots=True)
class Case:
    """One document to try: what :func:`extractors.extract.extract` is given."""

    body: bytes
    uri: str
    content_type: str


class Mutator:
    """Makes documents; ``make(n)`` is the same for the same seed number, samples and code."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        loaded = load_seeds()
        self._texts = [seed for seed in loaded if seed.text is not None]
        self._binaries = [seed for seed in loaded if seed.text is None]
        self._hosts = hosts() or ("tank.example",)
        self._words = (*WORDS, *(f"\n{heading}\n" for heading in headings()))
        self._rng = Random()

    def make(self, n: int) -> Case:
        """Return document ``n``."""
        self._rng = rng = Random(f"{self._seed}:{n}")
        if not rng.randrange(_BINARY):
            seed = rng.choice(self._binaries)
            body = self._flip(seed.body)
        else:
            seed = rng.choice(self._texts)
            body = self._damaged(seed)
        return Case(body, self._uri(seed), self._type(seed))

    def _damaged(self, seed: Seed) -> bytes:
        rng = self._rng
        text = self._crop(seed)
        blows: Sequence[Callable[[str], str]] = (
            self._letters, self._splice, self._tags, self._nest, self._attributes, self._junk,
            self._words_in, self._truncate, self._repeat, self._marks, self._unmark, self._lines,
            self._endings,
        )  # fmt: skip
        for _ in range(rng.choice((1, 1, 2, 2, 3, 5, 8))):
            text = rng.choice(blows)(text)
        if not rng.randrange(_HEAVY):
            text = self._heavy(text)
        body = self._encoded(text)
        return self._flip(body) if not rng.randrange(6) else body

    def _crop(self, seed: Seed) -> str:
        """Cut most documents to a part; a page keeps what it begins with half the time."""
        text, rng = seed.text or "", self._rng
        if len(text) <= _CROPPED or not rng.randrange(8):
            return text
        size = rng.randrange(200, _CROPPED)
        if rng.randrange(2):
            return text[:size]
        start = rng.randrange(len(text) - size)
        return text[: rng.randrange(400)] + text[start : start + size]

    def _at(self, text: str) -> int:
        return self._rng.randrange(len(text) + 1)

    def _span(self, text: str, most: int) -> tuple[int, int]:
        start = self._at(text)
        return start, min(len(text), start + self._rng.randrange(1, most))

    def _letters(self, text: str) -> str:
        letters = list(text)
        for _ in range(min(len(letters), self._rng.choice((1, 3, 30)))):
            top = self._rng.choice((0x80, 0x3000))
            letters[self._rng.randrange(len(letters))] = chr(self._rng.randrange(top))
        return "".join(letters)

    def _splice(self, text: str) -> str:
        other = self._rng.choice(self._texts).text or ""
        start, end = self._span(other, 1_500)
        at = self._at(text)
        return text[:at] + other[start:end] + (text[at:] if self._rng.randrange(2) else "")

    def _tags(self, text: str) -> str:
        """Drop, double or move a tag, or put one where there are none."""
        rng = self._rng
        tags = list(_TAG.finditer(text))
        if not tags:
            at = self._at(text)
            return f"{text[:at]}<p>{text[at:]}"
        for _ in range(rng.choice((1, 2, 10))):
            tag = rng.choice(tags)
            piece = tag[0] * rng.choice((0, 0, 2, 3, 40)) + rng.choice(tags)[0] * rng.randrange(2)
            text = text[: tag.start()] + piece + text[tag.end() :]
        return text

    def _nest(self, text: str) -> str:
        rng = self._rng
        depth = rng.choice((1, 3, 20, 60))
        name = rng.choice("div p b em span ul li table tr blockquote article a h2 section".split())
        start, end = self._span(text, 800)
        close = f"</{name}>" * rng.choice((0, 1, depth))
        return text[:start] + f"<{name}>" * depth + text[start:end] + close + text[end:]

    def _attributes(self, text: str) -> str:
        rng = self._rng
        names = "href class id style lang datetime content property rel itemprop colspan".split()
        values = ("", "x", "javascript:alert(1)", "http://[", "\x00", "a" * 300, "'\"><", "-1",
                  "http://tank.example:99999/", "2025-13-45", "entry-content", "//")  # fmt: skip
        made = f' {rng.choice(names)}="{rng.choice(values)}" '

        def put(match: re.Match[str]) -> str:
            return match[0][:-1] + made + ">" if rng.randrange(5) == 0 else match[0]

        return _TAG.sub(put, text)

    def _insert(self, text: str, pieces: Sequence[str]) -> str:
        for _ in range(self._rng.choice((1, 2, 5, 15))):
            at = self._at(text)
            piece = self._rng.choice(pieces) * self._rng.choice((1, 1, 1, 2, 50))
            text = text[:at] + piece + text[at:]
        return text

    def _junk(self, text: str) -> str:
        return self._insert(text, JUNK)

    def _words_in(self, text: str) -> str:
        return self._insert(text, self._words)

    def _marks(self, text: str) -> str:
        return self._insert(text, MARKS)

    def _unmark(self, text: str) -> str:
        mark = self._rng.choice(MARKS)
        return text.replace(mark, self._rng.choice(("", self._rng.choice(MARKS))))

    def _truncate(self, text: str) -> str:
        return text[: self._at(text)] if self._rng.randrange(2) else text[self._at(text) :]

    def _repeat(self, text: str) -> str:
        start, end = self._span(text, 400)
        return text[:end] + text[start:end] * self._rng.choice((1, 2, 5)) + text[end:]

    def _lines(self, text: str) -> str:
        rng = self._rng
        lines = text.split("\n")
        for _ in range(min(len(lines), rng.choice((1, 3, 20)))):
            lines.insert(rng.randrange(len(lines)), lines.pop(rng.randrange(len(lines))))
        if not rng.randrange(4):
            rng.shuffle(lines)
        return "\n".join(lines)

    def _endings(self, text: str) -> str:
        old, new = self._rng.choice((
            ("\n", "\r\n"), ("\n", "\r"), ("\n", "\n\n"), ("\n", " "), ("\n", "\u2028"),
            ("\n\n", "\n"), ("\n", "\n    "), ("\n", "<br>"), (" ", "\u00a0"), (" ", ""),
            ("\n", "\n- "), ("\n", "\n> "), (" ", "  "), (". ", ".\n"), ("<p>", "<br><br>"),
            ("<p", "<h3"), ("<li", "<p"), ("strong", "h4"), ("e", "е"), ("—", "--"),
        ))  # fmt: skip
        return text.replace(old, new)

    def _heavy(self, text: str) -> str:
        rng = self._rng
        start, end = self._span(text, 300)
        piece = rng.choice(
            (text[start:end], rng.choice(JUNK), rng.choice(self._words), rng.choice(MARKS), "<b>")
        )
        size = min(200_000, len(piece) * rng.choice((300, 2_000, 20_000)))
        return text[:start] + piece * (size // max(1, len(piece))) + text[start:]

    def _encoded(self, text: str) -> bytes:
        rng = self._rng
        if not rng.randrange(12):
            return text.encode(rng.choice(ENCODINGS), "replace")
        if not rng.randrange(30):  # what a reader of the wrong encoding has saved
            text = text.encode("utf-8", "replace").decode(rng.choice(("gbk", "cp1252")), "replace")
        return text.encode("utf-8", "surrogatepass")

    def _flip(self, body: bytes) -> bytes:
        rng = self._rng
        found = bytearray(body)
        for _ in range(rng.choice((0, 1, 4, 40))):
            if found:
                at = rng.randrange(len(found))
                kind = rng.randrange(4)
                if kind == 0:
                    found[at] ^= 1 << rng.randrange(8)
                elif kind == 1:
                    found[at] = rng.choice((0, 10, 32, 127, 128, 255))
                elif kind == 2:
                    del found[at : at + rng.randrange(1, 20)]
                else:
                    found[at:at] = rng.randbytes(rng.randrange(1, 9))
        return (
            bytes(found[: rng.randrange(len(found) + 1)]) if not rng.randrange(8) else bytes(found)
        )

    def _uri(self, seed: Seed) -> str:
        rng = self._rng
        kind = rng.randrange(10)
        if kind < 4:
            return f"/in/{seed.name}{seed.suffix}"
        if kind < 7:
            return f"https://{rng.choice(self._hosts)}/analysis/2025/01/14/{seed.name}/"
        if kind == 7:
            return f"/in/{seed.name}{rng.choice(SUFFIXES)}"
        return rng.choice(("", "http://[", "http://", "x" * 3_000, "file:///a", "\x00", "a b?c#d"))

    def _type(self, seed: Seed) -> str:
        kind = self._rng.randrange(8)
        if kind < 4:
            return ""
        return seed.content_type if kind < 7 else self._rng.choice(TYPES)
