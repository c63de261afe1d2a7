"""``briefhouse maintain``: the lake and landing kept small."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from flows.commands.shared import DATA, OK, Data, UsePrefect, as_flow

if TYPE_CHECKING:
    from flows.maintaining import Maintained


def maintain(data: Data = DATA, prefect: UsePrefect = None) -> None:
    """Compact lake and landing, expire snapshots, clear away.

    What killed runs left goes. Stored pages are kept for ever, unless
    BRIEFHOUSE_LANDING_KEEP_DAYS says otherwise.
    """
    from flows.settings import load_settings
    from warehouse.root import DataRoot

    settings = load_settings(data)
    if not DataRoot(settings.data.absolute()).catalog.exists():
        print(f"Nothing below {settings.data.absolute()} yet.")
        raise typer.Exit(OK)
    if as_flow(prefect):
        import asyncio

        from flows.maintain import maintain as flow

        show_maintained(asyncio.run(flow(str(data))))
        return
    from flows.maintaining import maintain as run

    show_maintained(run(settings))


def show_maintained(report: Maintained) -> None:
    """Print what was there before and after."""
    for name, before in report.before.items():
        print(f"{name + ':':<15} {before:>13,} -> {report.after[name]:,}")
    if report.landing_replaced:
        print(f"{report.landing_replaced} small landing files became few.")
    if report.landing_retired:
        print(f"{report.landing_retired} landing files were too old to be kept.")
    if not report.vacuumed:
        print("The catalog is being read by a run and was not vacuumed; the next time does it.")
    if report.night:
        print(f"Published: {report.night}")
