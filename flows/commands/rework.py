"""``briefhouse reprocess`` and ``briefhouse rebuild``: what landing holds, read once more."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.shared import DATA, NOT_PUBLISHED, OK, SOME_FAILED, Data, UsePrefect, as_flow

if TYPE_CHECKING:
    from flows.rebuild import Rebuilt


def reprocess(
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="NAME", help="Only briefs that this profile reads."),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            "--since",
            metavar="DATE",
            formats=["%Y-%m-%d"],
            help="Only briefs with a page fetched on that day (UTC) or later.",
        ),
    ] = None,
    accept: Annotated[
        bool,
        typer.Option(
            "--accept", help="Publish even if many briefs lose a value or get another id."
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the difference and change nothing.")
    ] = False,
    data: Data = DATA,
    prefect: UsePrefect = None,
) -> None:
    """Read stored pages with today's code; show and publish changes.

    With --profile or --since the other briefs stay as they are; where today's code finds a page to
    be of one of those, its versions may differ from what a whole run gives (rebuild --check tells).

    If more than BRIEFHOUSE_REPROCESS_LOSS of a publisher's briefs lose a value or get another id,
    nothing is changed, and the exit status is 3: look at the difference, then say --accept.
    """
    from flows.reprocessing import RefusedError, in_words

    day = since.date() if since else None
    if as_flow(prefect):
        import asyncio

        from flows.reprocess import reprocess as flow

        asked = since.strftime("%Y-%m-%d") if since else None
        try:
            report = asyncio.run(flow(profile, asked, accept, dry_run, str(data)))
        except RefusedError as error:
            report = error.report
    else:
        from flows.console import progress
        from flows.reprocessing import reprocess as run
        from flows.runner import DirectRunner
        from flows.settings import load_settings

        with progress() as notify:
            report = run(
                load_settings(data), DirectRunner(), notify,
                profile=profile, since=day, accept=accept, dry_run=dry_run,
            )  # fmt: skip
    print("\n".join(in_words(report)))
    raise typer.Exit(NOT_PUBLISHED if report.refused else OK)


def rebuild(
    check: Annotated[
        bool,
        typer.Option("--check", help="Change nothing; compare the result with the current night."),
    ] = False,
    data: Data = DATA,
) -> None:
    """Build the lake anew from landing alone, in place of the old.

    What is held stays held, and the ledger is kept: the old lake's, or the published night's if the
    catalog of the lake is lost. With --check, exit 1 if the result differs
    from the current night.
    """
    from flows.console import progress
    from flows.rebuild import rebuild as run
    from flows.runner import DirectRunner
    from flows.settings import load_settings

    with progress() as notify:
        report = run(load_settings(data), DirectRunner(), notify, check=check)
    show_rebuilt(report)
    raise typer.Exit(SOME_FAILED if check and report.differences else OK)


def show_rebuilt(report: Rebuilt) -> None:
    """Print what a rebuild gave."""
    print(f"{report.captures} stored pages were merged anew.")
    if report.differences is None:
        print("There is no night to compare with.")
    elif not report.differences:
        print("Equal: the same values in every column that is not marked ledger.")
    else:
        print("It differs from the night before (a: before, b: rebuilt):")
        for line in report.differences:
            print(f"  {line}")
    if report.night:
        print(f"Published: {Path(report.night)}")
