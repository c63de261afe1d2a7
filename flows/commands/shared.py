"""What commands share: options, exit statuses, and the ways in which one ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb

    from flows.pipeline import Report
    from flows.sources.model import Mode, Source

OK, SOME_FAILED, USAGE, NOT_PUBLISHED, LOCKED = 0, 1, 2, 3, 75

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
SourcesFile = Annotated[
    Path, typer.Option("--sources", metavar="FILE", help="The file that declares the sources.")
]
SourceNames = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="NAME", help="Ask only this source; repeatable."),
]
DATA = Path("data")
SOURCES = Path("sources.toml")


def published(data: Path, as_of: datetime | None = None) -> duckdb.DuckDBPyConnection:
    from warehouse.reader import open_published
    from warehouse.root import DataRoot

    return open_published(DataRoot(data.absolute()), as_of)


def direct(command: str, sources: list[Source], data: Path, mode: Mode | None = None) -> NoReturn:
    from flows.console import progress
    from flows.pipeline import run as run_pipeline
    from flows.runner import DirectRunner
    from flows.settings import load_settings

    settings = load_settings(data)
    with progress() as notify:
        report = run_pipeline(command, sources, settings, DirectRunner(), notify, mode)
    finish(report)


def as_flow(asked: bool | None) -> bool:
    return "PREFECT_API_URL" in os.environ if asked is None else asked


def as_result(coroutine: Coroutine[Any, Any, Report]) -> Report:
    import asyncio

    return asyncio.run(coroutine)


def finish(report: Report) -> NoReturn:
    from flows.console import show

    show(report)
    amiss = report.failed or report.counts["held"] or report.alerts
    raise typer.Exit(SOME_FAILED if amiss else OK)


def coloured() -> bool:
    """Tell whether marks of a terminal may be printed: on one, unless NO_COLOR is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def refuse(message: str, status: int) -> NoReturn:
    print(f"briefhouse: {message}", file=sys.stderr)
    raise typer.Exit(status)
