"""``briefhouse search``: developments, statements and titles by words."""

from __future__ import annotations

import re
import sys
from datetime import datetime
from shutil import get_terminal_size
from textwrap import fill
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.shared import DATA, SOME_FAILED, USAGE, Data, coloured, published, refuse

if TYPE_CHECKING:
    import duckdb

_SHOWN = "score, published_on, publisher, kind, snippet, title, row_id, brief_id"
_QUERY = f"""SELECT {_SHOWN} FROM search($words)
    WHERE ($publisher IS NULL OR publisher = $publisher)
    AND ($since IS NULL OR published_on >= $since)
    ORDER BY score DESC, published_on DESC NULLS LAST, row_id LIMIT $limit"""


def search(
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS...", help="Words; a phrase goes in quotation marks."),
    ],
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many at most.")] = 10,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text, table, csv or json.")
    ] = "text",
    publisher: Annotated[
        str | None, typer.Option("--publisher", metavar="NAME", help="Only of this publisher.")
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option("--since", metavar="DATE", formats=["%Y-%m-%d"], help="Only published since."),
    ] = None,
    data: Data = DATA,
) -> None:
    """Find developments, statements and titles, best match first.

    Exit 1 if there is none.
    """
    from flows.query import write_answer

    if form not in ("text", "table", "csv", "json"):
        refuse(f"--format {form}: it is one of text, table, csv and json", USAGE)
    asked = {
        # among several words, what the shell took for one was in quotation marks: a phrase
        "words": " ".join(
            f'"{w}"' if len(words) > 1 and " " in w and '"' not in w else w for w in words
        ),
        "publisher": publisher,
        "since": since.date() if since else None,
        "limit": limit,
    }
    with published(data) as connection:
        answer = connection.execute(_QUERY, asked)
        if form != "text":
            write_answer(answer, form, sys.stdout)
            return
        _show(connection, answer, asked["words"])


def _show(connection: duckdb.DuckDBPyConnection, answer: Any, words: Any) -> None:
    rows = answer.fetchall()
    if not rows:
        refuse("nothing is found; fewer words find more", SOME_FAILED)
    terms = connection.execute("SELECT search_words(?)", [words]).fetchone()
    for score, day, publisher, kind, snippet, title, row_id, _ in rows:
        where = " · ".join(str(part) for part in (day, publisher, title) if part)
        print(f"{where}\n{_marked(_wrapped(snippet), terms[0] if terms else [])}")
        print(f"  {kind} {row_id}, score {score:.2f}\n")


def _wrapped(snippet: str) -> str:
    """Return the snippet indented: as wide as the terminal, or on one line where there is none."""
    if not sys.stdout.isatty():
        return "  " + " ".join(snippet.split())
    width = get_terminal_size().columns
    return fill(snippet, width, initial_indent="  ", subsequent_indent="  ")


def _marked(text: str, terms: list[str]) -> str:
    """Return the text with the words that were searched for in bold, on a terminal."""
    if not coloured() or not terms:
        return text
    pattern = r"\b(?:" + "|".join(map(re.escape, terms)) + r")\b"
    return re.sub(pattern, lambda m: f"\x1b[1m{m[0]}\x1b[0m", text, flags=re.I)
