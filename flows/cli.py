"""The command line. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from flows import __version__
from flows.profiles_command import profiles_app
from flows.signals import Ending

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb

    from flows.pipeline import Report
    from flows.sources.model import Source

OK, SOME_FAILED, USAGE, NOT_PUBLISHED, LOCKED = 0, 1, 2, 3, 75

app = typer.Typer(
    help="Turns expert briefs into data one can trust and query.",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: rich costs more than all else that --help does
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(profiles_app, name="profiles")

Data = Annotated[
    Path,
    typer.Option("--data", envvar="BRIEFHOUSE_DATA", help="The data root.", metavar="DIR"),
]
UsePrefect = Annotated[
    bool | None,
    typer.Option(
        "--prefect/--no-prefect",
        help="Run as a Prefect flow, or not. Default: if PREFECT_API_URL is set.",
        show_default=False,
    ),
]
_DATA = Path("data")


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


@app.command()
def ingest(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH_OR_URL...", help="Files, folders, addresses of pages or feeds."
        ),
    ],
    data: Data = _DATA,
    prefect: UsePrefect = None,
) -> None:
    """Take in files, folders, and web addresses of a page or a feed."""
    from flows.sources.declare import given_sources

    sources = given_sources(paths)
    if _as_flow(prefect):
        from flows.ingest import ingest as flow

        _finish(_flow(flow(paths, data=str(data))))
    _direct("ingest", sources, data)


@app.command()
def nightly(
    sources: Annotated[
        Path, typer.Option("--sources", metavar="FILE", help="The file that declares the sources.")
    ] = Path("sources.toml"),
    source: Annotated[
        list[str] | None,
        typer.Option("--source", metavar="NAME", help="Ask only this source; repeatable."),
    ] = None,
    data: Data = _DATA,
    prefect: UsePrefect = None,
) -> None:
    """Ask every declared source and publish what is new."""
    from flows.sources.declare import load_sources, select

    chosen = select(load_sources(sources), source or ())
    if _as_flow(prefect):
        from flows.nightly import nightly as flow

        _finish(_flow(flow(str(sources), only=source, data=str(data))))
    _direct("nightly", chosen, data)


@app.command()
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
    data: Data = _DATA,
) -> None:
    """Query the published warehouse, read-only."""
    import duckdb

    from flows.query import past_moment, write_answer

    if form not in ("table", "csv", "json"):
        _refuse(f"--format {form}: it is one of table, csv and json", USAGE)
    if not query.strip(" ;\n"):
        _refuse("the query is empty", USAGE)
    try:
        moment = past_moment(as_of) if as_of is not None else None
    except ValueError as error:
        _refuse(f"--as-of {as_of}: {error}", USAGE)
    with _published(data, moment) as connection:
        try:
            write_answer(connection.execute(query), form, sys.stdout)
        except duckdb.Error as error:
            _refuse(str(error), SOME_FAILED)


@app.command()
def explain(
    row_id: Annotated[str, typer.Argument(metavar="ID", help="Id of a brief or of a row of one.")],
    data: Data = _DATA,
) -> None:
    """Show the passage that a row came from, and where that came from."""
    from flows.explain import UnknownIdError
    from flows.explain import explain as account

    with _published(data) as connection:
        try:
            print(account(connection, row_id))
        except UnknownIdError as error:
            _refuse(str(error), SOME_FAILED)


@app.command()
def doctor(data: Data = _DATA) -> None:
    """Show versions, paths, extensions, free disk and the last run; exit 1 if one is amiss."""
    from flows.doctor import examine

    sound = True
    for finding in examine(data):
        sound = sound and finding.ok
        print(
            f"{'ok ' if finding.ok else 'NO '} {finding.name + ':':<26} {finding.value}", flush=True
        )
    raise typer.Exit(OK if sound else SOME_FAILED)


def _published(data: Path, as_of: datetime | None = None) -> duckdb.DuckDBPyConnection:
    from warehouse.reader import open_published
    from warehouse.root import DataRoot

    return open_published(DataRoot(data.absolute()), as_of)


def _direct(command: str, sources: list[Source], data: Path) -> NoReturn:
    from flows.console import progress
    from flows.pipeline import run as run_pipeline
    from flows.runner import DirectRunner
    from flows.settings import load_settings

    settings = load_settings(data)
    with progress() as notify:
        report = run_pipeline(command, sources, settings, DirectRunner(), notify)
    _finish(report)


def _as_flow(asked: bool | None) -> bool:
    return "PREFECT_API_URL" in os.environ if asked is None else asked


def _flow(coroutine: Coroutine[Any, Any, Report]) -> Report:
    import asyncio

    return asyncio.run(coroutine)


def _finish(report: Report) -> NoReturn:
    from flows.console import show

    show(report)
    raise typer.Exit(SOME_FAILED if report.counts["rejected"] else OK)


def _refuse(message: str, status: int) -> NoReturn:
    print(f"briefhouse: {message}", file=sys.stderr)
    raise typer.Exit(status)


def run() -> NoReturn:
    """Run the command line and exit with one of the documented statuses."""
    ending = Ending()
    try:
        app(prog_name="briefhouse")
    except BaseException as error:
        if ending.status is not None:
            sys.stdout.flush()
            os._exit(ending.status)  # a regular exit would wait for threads that fetch
        status = _status_of(error) if isinstance(error, Exception) else None
        if status is None:
            raise  # a regular exit, or a defect: its traceback is what a report needs
        print(f"briefhouse: {error}", file=sys.stderr)
        sys.exit(status)
    sys.exit(OK)


def _status_of(error: Exception) -> int | None:
    """Return the exit status of an error that the program raises on purpose."""
    from extractors.profile import ProfileError
    from flows.settings import SettingsError
    from flows.sources.declare import SourcesError
    from warehouse.errors import LockedError, NothingPublishedError, WarehouseError

    if isinstance(error, (SourcesError, SettingsError, ProfileError)):
        return USAGE
    if isinstance(error, LockedError):
        return LOCKED
    if isinstance(error, NothingPublishedError):
        return SOME_FAILED
    if isinstance(error, WarehouseError):
        return NOT_PUBLISHED
    return None
