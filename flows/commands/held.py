"""``briefhouse status`` and ``briefhouse release``: what is held and why, and letting it in."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.commands.shared import DATA, OK, SOME_FAILED, Data, direct, refuse


def status(data: Data = DATA) -> None:
    """Show the last runs, sources, what is held or pending, nights.

    Exit 1 if something needs a person: a hold, an alert, pending pages, or an erasure cut off.
    """
    from flows.console import show_status
    from warehouse.root import DataRoot
    from warehouse.status import status as gather
    from warehouse.store import read_store

    root = DataRoot(data.absolute())
    if not root.catalog.exists():
        print(f"Nothing below {root.path} yet; run briefhouse ingest PATH --data {data}")
        raise typer.Exit(OK)
    with read_store(root) as store:
        found = gather(store)
    show_status(found)
    amiss = found.held or found.alerts or found.pending or found.erasures
    raise typer.Exit(SOME_FAILED if amiss else OK)


def release(
    name: Annotated[
        str, typer.Argument(metavar="SOURCE|CAPTURE", help="A source, or the id of one capture.")
    ],
    data: Data = DATA,
) -> None:
    """Let in what is held of a source, or one capture, and publish.

    What the pages give now is usual from then on, also where checks broke.
    """
    from datetime import UTC, datetime

    from warehouse.root import DataRoot
    from warehouse.store import open_store

    root = DataRoot(data.absolute())
    if not root.catalog.exists():
        refuse(f"nothing is held below {root.path}", SOME_FAILED)
    with open_store(root) as store, store.writing():
        captures, checks = store.release(name, datetime.now(UTC))
        waiting = store.released()
    if not captures and not checks and not waiting:
        refuse(
            f"nothing is held of {name!r}; `briefhouse status` shows the sources with something "
            "held",
            SOME_FAILED,
        )
    print(f"Released: {captures} captures, {checks} checks.", flush=True)
    if waiting:
        direct("release", [], data)
