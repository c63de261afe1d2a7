"""The command line. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from flows import __version__
from flows.commands.backfill import backfill
from flows.commands.experts import experts_app
from flows.commands.forgetting import forget
from flows.commands.held import release, status
from flows.commands.history import history
from flows.commands.rework import rebuild, reprocess
from flows.commands.search import search
from flows.commands.shared import (
    DATA,
    LOCKED,
    NOT_PUBLISHED,
    OK,
    SOME_FAILED,
    SOURCES,
    USAGE,
    Data,
    SourceNames,
    SourcesFile,
    UsePrefect,
    as_flow,
    as_result,
    direct,
    finish,
    published,
    refuse,
)
from flows.commands.sources import sources_app
from flows.commands.upkeep import maintain
from flows.profiles_command import profiles_app
from flows.signals import Ending

app = typer.Typer(
    help="Turns expert briefs into data one can trust and query.",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: rich costs more than all else that --help does
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"briefhouse {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Turns expert briefs into data one can trust and query."""


def ingest(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH_OR_URL...", help="Files, folders, addresses of pages or feeds."
        ),
    ],
    data: Data = DATA,
    prefect: UsePrefect = None,
) -> None:
    """Take in files, folders, and web addresses of a page or a feed."""
    from flows.sources.declare import given_sources

    sources = given_sources(paths)
    if as_flow(prefect):
        from flows.ingest import ingest as flow

        finish(as_result(flow(paths, data=str(data))))
    direct("ingest", sources, data)


def nightly(
    sources: SourcesFile = SOURCES,
    source: SourceNames = None,
    data: Data = DATA,
    prefect: UsePrefect = None,
) -> None:
    """Ask every declared source and publish what is new."""
    from flows.sources.declare import load_sources, select
    from flows.sources.model import Mode

    chosen = select(load_sources(sources), source or ())
    if as_flow(prefect):
        from flows.nightly import nightly as flow

        finish(as_result(flow(str(sources), only=source, data=str(data))))
    # who names a source wants it asked, however it did before
    direct("nightly", chosen, data, Mode(every_source=bool(source)))


def sql(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="One SQL query.")],
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="table, csv or json.")
    ] = "table",
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="Ask how it stood at the end of that day (UTC), or at a time.",
        ),
    ] = None,
    data: Data = DATA,
) -> None:
    """Query the published warehouse, read-only: no file is written either."""
    import duckdb

    from flows.query import columns_of, only_reads, past_moment, without_past, write_answer

    if form not in ("table", "csv", "json"):
        refuse(f"--format {form}: it is one of table, csv and json", USAGE)
    if not query.strip(" ;\n"):
        refuse("the query is empty", USAGE)
    try:
        moment = past_moment(as_of) if as_of is not None else None
    except ValueError as error:
        refuse(f"--as-of {as_of}: {error}", USAGE)
    with published(data, moment) as connection:
        try:
            if not only_reads(connection, query):
                refuse(
                    "sql is read-only: it answers one query (SELECT, FROM, SHOW and the like) and "
                    "writes no file; for files say --format csv > FILE, or ask the night's "
                    "warehouse.duckdb by a client of your own",
                    SOME_FAILED,
                )
            write_answer(connection.execute(query), form, sys.stdout)
        except duckdb.CatalogException as error:
            refuse(f"{error}{without_past(query) if moment else ''}", SOME_FAILED)
        except duckdb.BinderException as error:  # a column that is not there, most often
            refuse(f"{error}\n\n{columns_of(connection, query)}".rstrip(), SOME_FAILED)
        except duckdb.Error as error:
            refuse(str(error), SOME_FAILED)


def explain(
    row_id: Annotated[str, typer.Argument(metavar="ID", help="Id of a brief or of a row of one.")],
    data: Data = DATA,
) -> None:
    """Show the passage that a row came from, and the page of that."""
    from flows.explain import UnknownIdError
    from flows.explain import explain as account

    with published(data) as connection:
        try:
            print(account(connection, row_id))
        except UnknownIdError as error:
            refuse(str(error), SOME_FAILED)


def doctor(data: Data = DATA) -> None:
    """Show versions, paths, free disk, the last run.

    Exit 1 if one is amiss.
    """
    from flows.doctor import examine

    sound = True
    for finding in examine(data):
        sound = sound and finding.ok
        print(
            f"{'ok ' if finding.ok else 'NO '} {finding.name + ':':<26} {finding.value}", flush=True
        )
    raise typer.Exit(OK if sound else SOME_FAILED)


for command in (
    ingest, nightly, backfill, sql, search, explain, history, status, release, reprocess, rebuild,
    maintain, forget, doctor,
):  # fmt: skip
    app.command()(command)
app.add_typer(experts_app, name="experts")
app.add_typer(sources_app, name="sources")
app.add_typer(profiles_app, name="profiles")


def run() -> NoReturn:
    """Run the command line and exit with one of the documented statuses."""
    ending = Ending()
    try:
        status = called()
    finally:
        if ending.status is not None:
            sys.stdout.flush()
            os._exit(ending.status)  # a regular exit would wait for threads that fetch
    sys.exit(status)


def called(arguments: Sequence[str] | None = None) -> int:
    """Run one command, this process's own if no arguments are given; return its exit status.

    A defect is raised: its traceback is what a report needs.
    """
    try:
        app(arguments, prog_name="briefhouse")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else OK
    except Exception as error:
        status = _status_of(error)
        if status is None:
            raise
        print(f"briefhouse: {error}", file=sys.stderr)
        return status
    return OK


def _status_of(error: Exception) -> int | None:
    """Return the exit status of an error that the program raises on purpose."""
    from extractors.profile import ProfileError
    from flows.settings import SettingsError
    from flows.sources.declare import SourcesError
    from warehouse.decisions import DecisionsError
    from warehouse.errors import LockedError, NothingPublishedError, WarehouseError

    if isinstance(error, (SourcesError, SettingsError, ProfileError, DecisionsError)):
        return USAGE
    if isinstance(error, LockedError):
        return LOCKED
    if isinstance(error, NothingPublishedError):
        return SOME_FAILED
    if isinstance(error, WarehouseError):
        return NOT_PUBLISHED
    return None
