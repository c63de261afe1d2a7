"""``briefhouse reprocess`` and ``briefhouse rebuild``: what landing holds, read once more."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.shared import DATA, NOT_PUBLISHED, OK, SOME_FAILED, Data, UsePrefect, as_flow

if TYPE_CHECKING:
    from flows.rebuild import Rebuilt
    from flows.reprocessing import Reprocessed


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
        bool, typer.Option("--accept", help="Publish even if many briefs lose a value.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the difference and change nothing.")
    ] = False,
    data: Data = DATA,
    prefect: UsePrefect = None,
) -> None:
    """Read stored pages with today's code; show and publish changes.

    If more than BRIEFHOUSE_REPROCESS_LOSS of a publisher's briefs lose a value, nothing is
    changed, and the exit status is 3: look at the difference, then say --accept.
    """
    day = since.date() if since else None
    if as_flow(prefect):
        import asyncio

        from flows.reprocess import reprocess as flow

        asked = since.strftime("%Y-%m-%d") if since else None
        report = asyncio.run(flow(profile, asked, accept, dry_run, str(data)))
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
    show_diffs(report)
    raise typer.Exit(NOT_PUBLISHED if report.refused else OK)


def show_diffs(report: Reprocessed) -> None:
    """Print what a re-extraction changes, field by field and publisher by publisher."""
    print(f"{report.captures} stored pages were read anew.")
    for diff in report.diffs:
        print(
            f"{diff.publisher or '(no publisher)'}: {diff.briefs} brief{'s' * (diff.briefs != 1)}, "
            f"{diff.changed} changed, {diff.lost} lost a value"
        )
        for change in diff.changes:
            name = f"{change.table}.{change.column}" if change.column else change.table
            print(f"  {name}: {change.rows} {change.what}")
            for key, old, new in change.examples:
                shown = f": {_short(old)} -> {_short(new)}" if change.column else ""
                print(f"    {key}{shown}")
    for reason, pages, uri, message in report.lost:
        print(f"Pages that give no brief any more ({reason}): {pages}, such as {uri}\n  {message}")
    if report.refused:
        names = ", ".join(name or "(no publisher)" for name in report.refused)
        print(f"Nothing was changed: too many briefs of {names} lose a value.")
        print("If that is right, run it again with --accept.")
    elif report.night:
        print(f"Published: {report.night}")
    elif report.changed:
        print("Nothing was changed: --dry-run.")
    else:
        print("Today's code reads the same; nothing to publish.")


def _short(value: Any) -> str:
    text = value.isoformat() if isinstance(value, date) else repr(value)
    return text if len(text) <= 70 else f"{text[:66]} ...'"


def rebuild(
    check: Annotated[
        bool,
        typer.Option("--check", help="Change nothing; compare the result with the current night."),
    ] = False,
    data: Data = DATA,
) -> None:
    """Build the lake anew from landing alone, in place of the old.

    What is held stays held, and the ledger is kept. With --check, exit 1 if the result differs
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
