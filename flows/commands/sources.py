"""``briefhouse sources``: how the declared sources do, whether they answer, what a site offers."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.shared import (
    DATA,
    OK,
    SOME_FAILED,
    SOURCES,
    USAGE,
    Data,
    SourcesFile,
    refuse,
)

if TYPE_CHECKING:
    from flows.sources.health import Health
    from flows.sources.model import Source
    from warehouse.store import Store

sources_app = typer.Typer(
    help="The sources that are declared: how they do, and finding more.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@sources_app.command("list")
def show(
    sources: SourcesFile = SOURCES,
    others: Annotated[
        bool,
        typer.Option("--all", help="Also what ingest asked, or is declared no more."),
    ] = False,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="table, csv or json.")
    ] = "table",
    data: Data = DATA,
) -> None:
    """Show how each source does: last answer, failures in a row, cadence, what is pending or held.

    It is read from the record itself, so it is newer than the published night.
    """
    from datetime import UTC, datetime

    from flows.sources.declare import load_sources
    from flows.sources.health import HEADS, cells, healths, lines
    from flows.table import write_table
    from warehouse.ledger import Ledger
    from warehouse.root import DataRoot
    from warehouse.status import source_lines
    from warehouse.store import read_store

    if form not in ("table", "csv", "json"):
        refuse(f"--format {form}: it is one of table, csv and json", USAGE)
    declared = load_sources(sources)
    root = DataRoot(data.absolute())
    ledger, conditions, pending = Ledger(), {}, Counter[str]()
    if root.catalog.exists():
        with read_store(root) as store:
            ledger = store.ledger(())
            standing = source_lines(store.connection)
            conditions = {line.source: (line.condition, line.held) for line in standing}
            pending = _pending(store)
    now = datetime.now(UTC)
    found = healths(declared, ledger.sources, conditions, pending, now, others=others)
    if form == "table":
        if not found:
            print(f"{sources} declares no source.")
        elif sys.stdout.isatty():
            rows = [(*cells(health, now), health.last_error or "") for health in found]
            write_table((*HEADS, "last error"), rows, sys.stdout)
        else:
            print("\n".join(lines(found, now)))
        return
    _write(found, form)


def _pending(store: Store) -> Counter[str]:
    """Return how many captures of each source have no outcome yet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    found = Counter[str]()
    for name in store.pending():
        try:
            column = pq.read_table(store.root.landing / name, columns=["source"])["source"]
        except (OSError, pa.ArrowInvalid):
            continue  # `status` names landing files that can't be read
        found.update(str(source) for source in column.to_pylist())
    return found


def _write(found: list[Health], form: str) -> None:
    import duckdb
    import pyarrow as pa

    from flows.query import write_answer
    from flows.sources.health import Health

    names = Health.__slots__
    table = pa.table({name: [getattr(health, name) for health in found] for name in names})
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("found", table)
        write_answer(connection.execute("SELECT * FROM found"), form, sys.stdout)


@sources_app.command()
def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Sources to ask; all that are enabled if none."),
    ] = None,
    sources: SourcesFile = SOURCES,
) -> None:
    """Ask each source now, store nothing, and show what would come; exit 1 if one can't be had."""
    from flows.fetch.fetcher import Fetcher
    from flows.settings import load_settings
    from flows.sources.check import check as ask
    from flows.sources.declare import load_sources, select

    settings = load_settings()
    chosen: list[Source] = select(load_sources(sources), names or ())
    findings = ask(chosen, Fetcher(settings), settings)
    for finding in findings:
        print(f"{'ok ' if finding.ok else 'NO '} {finding.source.name} ({finding.source.kind})")
        for line in finding.lines:
            print(f"      {line}")
    raise typer.Exit(OK if all(finding.ok for finding in findings) else SOME_FAILED)


@sources_app.command()
def discover(
    url: Annotated[str, typer.Argument(metavar="URL", help="A page of the site.")],
) -> None:
    """Find the feeds and sitemaps of a site, and print them ready for sources.toml."""
    from flows.fetch.fetcher import Fetcher
    from flows.settings import load_settings
    from flows.sources.find import declaration
    from flows.sources.find import discover as ask
    from flows.sources.keys import is_address

    settings = load_settings()
    fetcher = Fetcher(settings)
    for address in (url,) if is_address(url) else (f"https://{url}", f"http://{url}"):
        found, failure = ask(address, fetcher, settings)
        if failure is None:
            break
    if failure is not None:
        refuse(failure.message, SOME_FAILED)
    if not found:
        refuse(
            f"{address} names no feed and no sitemap; its pages that list briefs can be declared "
            'as kind = "listing", see docs/sources.md',
            SOME_FAILED,
        )
    print(declaration(found), end="")
