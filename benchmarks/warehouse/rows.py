"""Staged rows of invented briefs, a million if need be: columns at a time, the same for a seed.

They pass every check of the merge, because each printed value is cut out of the text that the
briefs are joined from. No page is ever parsed for them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.invented import Writer
from warehouse.rows import STAGED
from warehouse.schema import BLOCKS, BRIEFS, CAPTURES, DEVELOPMENTS, LINKS, STATEMENTS

_FIRST_DAY = date(2004, 1, 5)
_PUBLISHERS = 12
_A_DAY = 14  # briefs that all publishers bring out in a day: 100,000 are twenty years
_SYLLABLES = "ba ce di fo gu ha ri ko lem mar nos pel qui ras sto tev ul vin wor zan ’s".split()
_HEADERS = {
    "content-type": "text/html; charset=utf-8", "server": "nginx", "vary": "Accept-Encoding",
    "cache-control": "max-age=600", "x-frame-options": "SAMEORIGIN", "connection": "keep-alive",
}  # fmt: skip

Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Shape:
    """What one brief has. By default it is like a real one: 40 blocks, 6 KB of text."""

    developments: int = 3
    statements: int = 2
    cited: int = 5  # link lines
    inline: int = 10  # links inside prose, one a paragraph
    prose: int = 16  # paragraphs beyond those with links; a statement has two blocks


SMALL = Shape(developments=1, statements=1, cited=1, inline=1, prose=1)
"""A brief with little of everything, for records whose size alone matters."""


class Invented:
    """A source of staged rows: :meth:`staged` gives those of any range of briefs."""

    def __init__(self, shape: Shape = Shape(), seed: int = 1) -> None:
        self.shape = shape
        writer, random = Writer(seed), Random(seed)
        words = ["".join(random.choices(_SYLLABLES, k=random.randint(1, 4))) for _ in range(9000)]
        often = list(accumulate(1 / (rank + 8) for rank in range(len(words))))  # some words are

        def sentence() -> str:
            drawn = random.choices(words, cum_weights=often, k=random.randint(18, 28))
            return f"{' '.join(drawn).capitalize()}."

        self._pieces: list[str] = []
        self._sentences = self._add(sentence() for _ in range(20_000))
        self._anchors = self._add(" ".join(random.choices(words, k=4)) for _ in range(5_000))
        self._labels = self._add(writer.label() for _ in range(2_000))
        self._names = self._add(sorted({f"{writer.name()} {n % 40}" for n in range(1_500)}))
        self._roles = self._add(f"Tank {n} Senior Fellow for {words[n]}" for n in range(60))
        self._titles = self._add(f"{writer.title()} {n}" for n in range(8_000))
        self._marks = {
            mark: self._add([mark])[0]
            for mark in ("\n\n", ": ", ", ", " ", "“", ",” by ", "Latest Developments", "Comment")
        }

    def _add(self, pieces: Any) -> Ints:
        first = len(self._pieces)
        self._pieces += pieces
        return np.arange(first, len(self._pieces))

    def staged(self, first: int, count: int, *, version: int = 1) -> pa.Table:
        """Return the staged rows of the briefs ``first`` to ``first + count``.

        A ``version`` above 1 is a later capture of the same briefs, with one development edited.
        """
        return _Batch(self, first, count, version).table()


class _Batch:
    """Lays out a range of briefs as a matrix of pieces: a row is a brief, its text their join."""

    def __init__(self, source: Invented, first: int, count: int, version: int) -> None:
        self._source = source
        self._count = count
        self._version = version
        self._numbers = np.arange(first, first + count)
        self._columns: list[Ints] = []
        self._opened: list[tuple[int, str, str]] = []  # first piece, section and kind of a block
        titles = [f"{source._pieces[source._titles[n % 8_000]]}, {n:x}" for n in self._numbers]
        self._own = np.arange(count) + len(source._pieces)
        self._pool = pa.array([*source._pieces, *titles], pa.string())
        self._lengths = np.array([*map(len, source._pieces), *map(len, titles)], np.int64)
        self._lay_out()
        self._ids = np.stack(self._columns, axis=1)
        lengths = self._lengths[self._ids]
        self._ends = np.cumsum(lengths, axis=1)
        self._starts = self._ends - lengths

    def _draw(self, pool: Ints, salt: int) -> Ints:
        """Draw one piece a brief; two of one brief differ if their salts do."""
        return pool[(self._numbers * 7919 + salt * 613) % len(pool)]

    def _put(self, *pieces: Ints | str) -> int:
        """Append columns of pieces; return the place of the first."""
        place = len(self._columns)
        for piece in pieces:
            mark = self._source._marks[piece] if isinstance(piece, str) else None
            self._columns.append(np.full(self._count, mark) if mark is not None else piece)
        return place

    def _block(self, section: str, kind: str, *pieces: Ints | str) -> int:
        if self._columns:
            self._put("\n\n")
        self._opened.append((len(self._columns), section, kind))
        return self._put(*pieces)

    def _lay_out(self) -> None:
        source, shape = self._source, self._source.shape
        sentences, anchors = source._sentences, source._anchors
        self.title = self._block("title", "heading", self._own)
        self._block("developments", "heading", "Latest Developments")
        self.developments = [
            self._block(
                "developments", "item", self._draw(source._labels, i), ": ",
                self._draw(sentences, 100 + i + (1_000 * (self._version - 1) if not i else 0)),
            )
            for i in range(shape.developments)
        ]  # fmt: skip
        self._block("statements", "heading", "Comment")
        self.statements = []
        for i in range(shape.statements):
            quote = self._block("statements", "quotation", self._draw(sentences, 200 + i))
            name, role = self._draw(source._names, i), self._draw(source._roles, i)
            line = self._block("statements", "paragraph", name, ", ", role)
            self.statements.append((quote, line))
        self.inline = []
        for i in range(shape.inline):
            place = self._block(
                "context", "paragraph", self._draw(sentences, 300 + i), " ",
                self._draw(anchors, 300 + i),
            )  # fmt: skip
            self.inline.append(place + 2)
        for i in range(shape.prose):
            self._block("context", "paragraph", self._draw(sentences, 400 + i))
        self.cited = [
            self._block(
                "background", "paragraph", "“", self._draw(source._titles, 500 + i), ",” by ",
                self._draw(source._names, 500 + i),
            )
            for i in range(shape.cited)
        ]  # fmt: skip

    # --- values: a group of places gives one item a brief and place, brief by brief --------------

    def _value(self, places: list[int]) -> pa.Array:
        return self._pool.take(pa.array(self._ids[:, places].ravel()))

    def _span(self, name: str, places: list[int], until: int = 0) -> dict[str, Any]:
        """Return a printed field of the pieces from each place to ``until`` places behind it."""
        value = self._value(places)
        for i in range(1, until + 1):
            value = pc.binary_join_element_wise(value, self._value([p + i for p in places]), "")
        ends = self._ends[:, [p + until for p in places]]
        return {
            name: value,
            f"{name}_start": self._starts[:, places].ravel(),
            f"{name}_end": ends.ravel(),
        }

    def _lists(self, items: int, values: dict[str, Any], kind: Any) -> pa.Array:
        """Return one list of structs a brief; ``values`` are brief by brief, ``items`` each."""
        offsets = np.arange(0, (self._count + 1) * items, items, dtype=np.int32)
        return pa.ListArray.from_arrays(
            pa.array(offsets), _struct(kind.value_type, self._count * items, values)
        )

    def _positions(self, items: int, first: int = 1) -> Ints:
        return np.tile(np.arange(first, first + items), self._count)

    # --- columns --------------------------------------------------------------------------------

    def table(self) -> pa.Table:
        numbers, source = self._numbers, self._source
        days = [_FIRST_DAY + timedelta(days=int(n) // _A_DAY) for n in numbers]
        late = timedelta(days=self._version - 1)
        at = [
            datetime(d.year, d.month, d.day, 20, tzinfo=UTC)
            + timedelta(seconds=int(n) % _A_DAY * 60) + late
            for d, n in zip(days, numbers, strict=True)
        ]  # fmt: skip
        uris = [_address(int(n)) for n in numbers]
        hashes = [hashlib.sha256(f"{n} {self._version}".encode()).hexdigest() for n in numbers]
        text = pc.binary_join(
            pa.ListArray.from_arrays(
                pa.array(np.arange(0, self._ids.size + 1, self._ids.shape[1], dtype=np.int32)),
                self._pool.take(pa.array(self._ids.ravel())),
            ),
            "",
        )
        headers = [{"name": k, "value": v} for k, v in _HEADERS.items()]
        columns: dict[str, Any] = {
            "capture_id": [h[:20] for h in hashes], "source": [f"tank{n % 12}" for n in numbers],
            "uri": uris, "final_uri": uris, "fetched_at": at, "status": [200] * self._count,
            "headers": [headers] * self._count, "content_type": ["text/html"] * self._count,
            "sha256": hashes, "bytes": [60_000] * self._count,
            "landing_file": [
                f"{d:%Y/%m/%d}/{n // 500:06}-{self._version}.parquet"
                for d, n in zip(days, numbers, strict=True)
            ],
            "keys": [
                [f"url:{u}", f"title:tank{n % _PUBLISHERS}/{d}/{n}"]
                for n, u, d in zip(numbers, uris, days, strict=True)
            ],
            "developments": self._lists(
                len(self.developments),
                self._keyed(DEVELOPMENTS.name, {
                    **self._span("headline", self.developments),
                    **self._span("text", [p + 2 for p in self.developments]),
                }, "text"),
                STAGED.field("developments").type,
            ),
            "statements": self._statement_lists(),
            "links": self._link_lists(),
            "blocks": self._block_lists(),
            "brief": self._briefs(days, uris, hashes, text),
        }  # fmt: skip
        assert source.shape
        arrays = [_filled(f, columns.get(f.name), self._count) for f in STAGED]
        return pa.Table.from_arrays(arrays, schema=STAGED)

    def _keyed(self, table: str, values: dict[str, Any], by: str) -> dict[str, Any]:
        items = len(values[by]) // self._count
        key = pc.binary_join_element_wise(values[by], "1", "\x1f")
        return {"position": self._positions(items), "item_key": key, **values}

    def _statement_lists(self) -> pa.Array:
        quotes = [quote for quote, _ in self.statements]
        lines = [line for _, line in self.statements]
        role = self._span("role", [line + 2 for line in lines])
        values = {
            **self._span("quote", quotes),
            "is_quotation": np.ones(self._count * len(quotes), bool),
            **self._span("speaker", lines),
            **role,
            "affiliation": pc.utf8_slice_codeunits(role["role"], 0, 4),
            "affiliation_start": role["role_start"],
            "affiliation_end": role["role_start"] + 4,
            **self._span("attribution", lines, until=2),
        }
        keyed = self._keyed(STATEMENTS.name, values, "quote")
        return self._lists(len(quotes), keyed, STAGED.field("statements").type)

    def _link_lists(self) -> pa.Array:
        """Make inline links, a third of them to earlier briefs, and link lines without address."""
        inline, cited = len(self.inline), len(self.cited)
        total = inline + cited
        within = np.arange(self._count * total) % total
        is_line = within >= inline
        places = [*self.inline, *self.cited]
        # the text of a link line is the whole line: four pieces from its place
        ends = self._ends[:, [*self.inline, *(p + 3 for p in self.cited)]].ravel()
        texts = np.array(self._value(places).to_pylist(), dtype=object)
        lines = pc.binary_join_element_wise(
            *(self._value([p + i for p in self.cited]) for i in range(4)), ""
        )
        texts[is_line] = lines.to_pylist()
        titles = self._span("title", [p + 1 for p in self.cited])
        authors = self._span("authors", [p + 3 for p in self.cited])
        addresses = np.array([None] * len(within), dtype=object)
        numbers = np.repeat(self._numbers, total)
        earlier = [
            _address(int(n * 31 + w) % max(int(n), 1)) if w % 3 == 0
            else f"https://paper{w}.example/story/{n}"
            for n, w in zip(numbers, within, strict=True)
        ]  # fmt: skip
        addresses[~is_line] = np.array(earlier, dtype=object)[~is_line]
        hosts = [a.split("/")[2] if a else None for a in addresses]

        def on_lines(values: Any) -> pa.Array:
            spread = np.array([None] * len(within), dtype=object)
            spread[is_line] = np.array(_plain(values), dtype=object)
            return pa.array(spread.tolist())

        def listed(values: Any) -> pa.Array:
            found = iter(_plain(values))
            return pa.array([[next(found)] if line else [] for line in is_line])

        values = {
            "section": np.where(is_line, "background", "context").tolist(),
            "text": pa.array(texts.tolist(), pa.string()),
            "text_start": self._starts[:, places].ravel(),
            "text_end": ends,
            **{name: on_lines(column) for name, column in titles.items()},
            **{name: listed(column) for name, column in authors.items()},
            "url": addresses.tolist(),
            "canonical_url": addresses.tolist(),
            "domain": hosts,
        }
        keyed = self._keyed(LINKS.name, values, "text")
        return self._lists(total, keyed, STAGED.field("links").type)

    def _block_lists(self) -> pa.Array:
        first = [place for place, _, _ in self._opened]
        last = [place - 2 for place in first[1:]] + [len(self._columns) - 1]
        values = {
            "position": self._positions(len(first)),
            "section": [s for _, s, _ in self._opened] * self._count,
            "kind": [k for _, _, k in self._opened] * self._count,
            "text_start": self._starts[:, first].ravel(),
            "text_end": self._ends[:, last].ravel(),
        }
        return self._lists(len(first), values, STAGED.field(BLOCKS.name).type)

    def _briefs(self, days: list[date], uris: list[str], hashes: list[str], text: Any) -> pa.Array:
        count = self._count
        empty: list[list[Any]] = [[]] * count
        values = {
            "publisher": [f"tank{n % _PUBLISHERS}" for n in self._numbers],
            **self._span("title", [self.title]),
            "published_on": days,
            "url": uris,
            "canonical_url": uris,
            "authors": empty, "authors_start": empty, "authors_end": empty,
            "language": ["en"] * count,
            "text": text,
            "text_sha256": hashes,
            "links_sha256": hashes,
            "word_count": [900] * count,
            "coverage": [0.97] * count,
            "unknown_headings": empty,
            "truncated": np.zeros(count, bool),
            "profile": [f"tank{n % _PUBLISHERS}" for n in self._numbers],
            "profile_version": [1] * count,
        }  # fmt: skip
        return _struct(STAGED.field(BRIEFS.schema and "brief").type, count, values)


def _address(number: int) -> str:
    return f"https://tank{number % _PUBLISHERS}.example/briefs/{number:x}"


def _plain(values: Any) -> list[Any]:
    listed: list[Any] = values.to_pylist() if isinstance(values, pa.Array) else values.tolist()
    return listed


def _struct(kind: Any, count: int, values: dict[str, Any]) -> pa.Array:
    fields = [kind.field(i) for i in range(kind.num_fields)]
    unknown = set(values) - {f.name for f in fields}
    assert not unknown, f"no such columns: {unknown}"
    arrays = [_filled(f, values.get(f.name), count) for f in fields]
    return pa.StructArray.from_arrays(arrays, fields=fields)


def _filled(f: Any, values: Any, count: int) -> pa.Array:
    """Return ``values`` as a column; what is not invented is null, or an empty list."""
    if values is None:
        return (
            pa.array([[]] * count, f.type) if pa.types.is_list(f.type) else pa.nulls(count, f.type)
        )
    if isinstance(values, pa.Array):
        return values.cast(f.type)
    return pa.array(values, f.type)


assert CAPTURES.name  # the first columns of a staged table are those of captures
