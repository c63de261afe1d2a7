"""Writes the pages of docs/ that come from the code: `make docs`. A test keeps them current."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from typer import Typer
from typer.testing import CliRunner

from flows.cli import app
from flows.settings import Settings
from warehouse.attempts import OUTCOMES, REASONS
from warehouse.definitions import MACROS
from warehouse.past import NO_PAST
from warehouse.schema import CURRENT, HISTORY
from warehouse.search import SEARCH, SEARCH_MACROS, SEARCH_VIEWS
from warehouse.table import Table, describe, is_marked, sql_type
from warehouse.views import VIEWS

HERE = Path(__file__).parent
_BEHAVIOURS = HERE.parent / "tests" / "hostile" / "behaviours.toml"
_NOTE = "<!-- Written by `make docs` from the code; edit that. -->\n"


def data_dictionary() -> str:
    """Return the page that describes every table, view and column of a published night."""
    parts = [
        "# Data dictionary\n",
        _NOTE,
        "Every table of a published night, in `warehouse.duckdb` and as Parquet below "
        "`parquet/<table>/` (the tables of search in the database alone). The same descriptions "
        "are in the warehouse as comments: "
        "`SELECT * FROM duckdb_columns()`.\n",
        "A column `f` with `f_start` and `f_end` beside it is printed: it is "
        "`substring(briefs.text, f_start + 1, f_end - f_start)`. Offsets count code points. "
        "What is marked *derived* is computed at publication; *ledger* marks the pipeline's own "
        "books, which a rebuild need not reproduce.\n",
    ]
    for table in (*CURRENT, *SEARCH):
        parts.append(_table(table))
    parts.append("## History tables\n")
    for name, history in HISTORY.items():
        validity = ", ".join(f"`{f.name}`" for f in history.fields[-2:])
        parts.append(f"- `{history.name}`: {history.doc} The columns of `{name}`, and {validity}.")
    parts.append("\n## Views\n")
    parts += [f"- `{view.name}`: {view.doc}" for view in (*VIEWS, *SEARCH_VIEWS)]
    parts.append("\n## Macros\n")
    parts.append(
        "A macro that stands for a table is read as one: `FROM briefs_as_of('2025-03-01')`. "
        "A client that attaches the file says `USE` first, because a macro names the night's "
        "tables without a database.\n"
    )
    parts += [f"- `{macro.call}`: {macro.doc}" for macro in (*MACROS, *SEARCH_MACROS)]
    parts.append("\n## What has no past\n")
    parts.append(
        "`briefhouse sql --as-of` knows every other table, view and macro by its plain name, as of "
        "that day. Search of a past day makes its postings anew for each question. These it "
        "leaves out:\n"
    )
    parts += [f"- `{name}`: {reason}." for name, reason in NO_PAST.items()]
    return "\n".join(parts) + "\n"


def _table(table: Table) -> str:
    marks = [mark for mark in ("derived", "ledger") if getattr(table, mark)]
    kind = f" *{', '.join(marks)}*" if marks else ""
    lines = [f"## {table.name}\n", f"{table.doc} Key: {', '.join(table.key)}.{kind}\n"]
    lines += ["| column | type | null | meaning |", "|---|---|---|---|"]
    for f in table.fields:
        on_column = [m for m in ("derived", "ledger") if is_marked(f, m)]
        doc = describe(f) + (f" *{', '.join(on_column)}*" if on_column else "")
        lines.append(f"| {f.name} | {sql_type(f)} | {'yes' if f.nullable else ''} | {doc} |")
    return "\n".join(lines) + "\n"


def commands() -> str:
    """Return the page that documents every command and option, with the help as printed."""
    runner = CliRunner()
    parts = ["# Commands\n", _NOTE, _EXITS]
    for words in _commands(app):
        shown = runner.invoke(app, [*words, "--help"], prog_name="briefhouse", env=_TERMINAL)
        parts.append(f"## {' '.join(words)}\n\n```\n{shown.stdout.strip()}\n```\n")
    return "\n".join(parts)


def _commands(of: Typer) -> Iterator[list[str]]:
    """Yield the words of every command, those of groups behind them."""
    for command in of.registered_commands:
        yield [command.name or command.callback.__name__]
    for group in of.registered_groups:
        yield from ([group.name, *words] for words in _commands(group.typer_instance))


# What --help prints depends on the terminal, and shows what these variables hold.
_TERMINAL = {
    "COLUMNS": "88",
    "TERMINAL_WIDTH": "88",
    "PREFECT_API_URL": None,
    "BRIEFHOUSE_DATA": None,
}

_EXITS = """Every command answers `--help`. Exit statuses:

| status | meaning |
|---|---|
| 0 | all well; unchanged and duplicate documents included |
| 1 | some documents or sources failed, the rest is in; or the question had no answer |
| 2 | wrong usage |
| 3 | nothing could be stored or published; the old night stands |
| 75 | another run holds the lock; try again later |
| 130, 143 | ended by a signal |
"""


def settings() -> str:
    """Return the page that documents every setting."""
    lines = ["# Settings\n", _NOTE, "From the environment. Options of a command go before them.\n"]
    lines += ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        lines.append(
            f"| BRIEFHOUSE_{name.upper()} | {_default(field.default)} | {field.description} |"
        )
    return "\n".join(lines) + "\n"


def _default(value: object) -> str:
    return "" if value is None else str(value)


def attempts() -> str:
    """Return the page that documents outcomes and reasons."""
    parts = [
        "# Attempts\n",
        _NOTE,
        "Everything that a run tries is a row in `attempts` with exactly one outcome.\n",
        "| outcome | meaning |",
        "|---|---|",
        *(f"| `{name}` | {doc} |" for name, doc in OUTCOMES.items()),
        "\nA rejected one has one of these reasons, and a message that names the thing and what to "
        "do; the rest of the run goes on. The view `rejects` shows them.\n",
        "| reason | what happened |",
        "|---|---|",
        *(f"| `{name}` | {doc} |" for name, doc in REASONS.items()),
    ]
    return "\n".join(parts) + "\n"


def hostile_sites() -> str:
    """Return the page that tells what comes of whatever a site may do."""
    rows = tomllib.loads(_BEHAVIOURS.read_text("utf-8"))["behaviour"]
    parts = [
        "# Hostile sites\n",
        "<!-- Written by `make docs` from tests/hostile/behaviours.toml; edit that. -->\n",
        "What a site may do, and what comes of it. Each row is tried against a server on the "
        "loopback interface by `tests/hostile/`. The outcome is a [reason](attempts.md), or "
        "`capture`: the answer is stored as it came; `gone`: it is stored as the word that the "
        "page is gone; `not-modified`: nothing is stored. *Asked* is how often the address is "
        "requested, with two repetitions allowed. Of a feed, *in a run* is how many pages it leads "
        "to, or why it is refused.\n",
        "| a site that | outcome | asked | left alone for | in a run | |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        peace = f"{row['closed']:,} s" if "closed" in row else ""
        run = row.get("run", "")
        cells = (
            row["does"],
            f"`{row['fetch']}`",
            row.get("asked", 1),
            peace,
            run if not run or run.endswith(" pages") else f"`{run}`",
            row.get("note", ""),
        )
        parts.append("| " + " | ".join(str(cell) for cell in cells).rstrip() + " |")
    return "\n".join(parts) + "\n"


PAGES = {
    "attempts.md": attempts,
    "commands.md": commands,
    "data-dictionary.md": data_dictionary,
    "hostile-sites.md": hostile_sites,
    "settings.md": settings,
}


def main() -> None:
    """Write every generated page."""
    for name, render in PAGES.items():
        (HERE / name).write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    main()
