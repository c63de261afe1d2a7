"""``briefhouse forget``: a brief erased everywhere, and the proof of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.shared import DATA, OK, SOME_FAILED, USAGE, Data, refuse

if TYPE_CHECKING:
    from flows.forgetting import Forgotten
    from warehouse.target import Target


def forget(
    wanted: Annotated[
        str,
        typer.Argument(metavar="URL|ID", help="Address or id of a brief, or of a stored page."),
    ],
    yes: Annotated[
        bool, typer.Option("--yes", help="Erase it; without, only show what would be.")
    ] = False,
    data: Data = DATA,
) -> None:
    """Erase a brief everywhere, and prove that it is gone.

    It goes from landing, lake, history and every night. An address means every brief that it ever
    showed; say the id to erase one of them.

    It leaves hashes of its keys, so that no source brings it back. What others say of it stays: the
    words and links of briefs that cite it, stored pages that name it. Exit 1 if more is left.
    """
    from flows.forgetting import forget as run
    from flows.forgetting import look_up
    from flows.settings import load_settings

    settings = load_settings(data)
    target = look_up(settings, wanted)
    if target is None:
        refuse(f"no brief or stored page has the id or address {wanted!r}", SOME_FAILED)
    show_target(target)
    if not yes:
        refuse("nothing was erased; to erase it for good, say --yes", USAGE)
    report = run(settings, wanted)
    if report is None:
        refuse(f"somebody else erased {wanted!r} meanwhile", SOME_FAILED)
    show_forgotten(report)
    raise typer.Exit(OK if report.done else SOME_FAILED)


def show_target(target: Target) -> None:
    """Print what would be erased, and what is like it and stays."""
    for title in target.titles or ("(no title)",):
        print(f"Brief: {title}")
    print(f"  ids: {', '.join(target.brief_ids) or 'none; pages without a brief'}")
    print(f"  stored pages: {len(target.captures)}, versions: {len(target.texts)}")
    for address in sorted(target.addresses):
        print(f"  {address}")
    for brief_id, where in target.mirrors:
        print(
            f"A mirror (the same words, or nearly) stays: briefhouse forget {brief_id}  ({where})"
        )
    for brief_id in target.cited_by:
        print(f"Cited by {brief_id}, which keeps its own words and the address.")


def show_forgotten(report: Forgotten) -> None:
    """Print what was done, and what a search of every file found."""
    print(
        f"Erased: the rows of {len(report.target.captures)} stored pages, their bytes in "
        f"{report.landing_files} landing files, {len(report.nights)} older nights."
    )
    print(f"Published: {report.night}")
    if report.passages:
        print(
            f"Searched every file for {report.passages} passages that no other brief has: "
            f"{sum(report.left.values())} found."
        )
    else:
        print(
            "Nothing was searched: it has no passage of plain Latin words of its own. Other briefs "
            "have the same words, or it is in another script."
        )
    for name, number in report.left.items():
        print(f"  {name}: {number}")
    number = sum(report.addresses_left.values())
    print(f"Searched every file for its addresses: {number} found.")
    for name, hits in report.addresses_left.items():
        print(f"  {name}: {hits}")
    for brief_id in report.remains.briefs:
        print(f"Brief {brief_id} names it in its own words or links, and keeps them.")
    for why in report.stayed:
        print(f"Left as it was read, so that a rebuild may differ: {why}")
    for name in report.damaged:
        print(
            f"NOT SEARCHED, because it is damaged: {name}. Restore it from a backup or delete it."
        )
    if report.unread:
        print(
            f"{report.unread} held pages can't be read, so that nobody knows whether they show it: "
            "they stay. See briefhouse status."
        )
    if report.in_pages:
        print("Stored pages of others name it (such as that of a brief that cites it), and stay.")
    if report.remains.longer:
        print(
            f"In {report.remains.longer} rows it is a part of a longer address, which is another."
        )
    for table, rows in report.remains.books.items():
        print(f"LEFT in the table {table}: {rows} rows name it.")
    for name in () if report.remains.books else report.unexplained:
        print(f"LEFT in {name}.")
    if not report.vacuumed:
        print("A run reads the catalog just now: when it has ended, run briefhouse maintain.")
