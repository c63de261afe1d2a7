"""``briefhouse history``: how a brief was edited, as a diff."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.commands.shared import DATA, SOME_FAILED, Data, coloured, published, refuse


def history(
    brief_id: Annotated[str, typer.Argument(metavar="BRIEF_ID", help="Id of a brief.")],
    data: Data = DATA,
) -> None:
    """Show how a brief was edited: what each revision took and added."""
    from flows.history import UnknownBriefError, account

    with published(data) as connection:
        try:
            lines = account(connection, brief_id, colour=coloured())
        except UnknownBriefError as error:
            refuse(str(error), SOME_FAILED)
    print("\n".join(lines))
