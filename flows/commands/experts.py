"""``briefhouse experts``: who speaks, who may be whom, and decisions on it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.core

from flows.commands.shared import DATA, SOME_FAILED, USAGE, Data, published, refuse

if TYPE_CHECKING:
    import duckdb

    from warehouse.decisions import Person


class _ListByDefault(typer.core.TyperGroup):
    """``experts NAME`` is ``experts list NAME``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        known = args and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, args if known else ["list", *args])


experts_app = typer.Typer(
    cls=_ListByDefault,
    help="List experts (by NAME), show who may be whom, decide on it.",
    rich_markup_mode=None,
)
DecisionsFile = Annotated[
    Path | None,
    typer.Option(
        "--decisions", metavar="FILE", help="The file of decisions. [default: experts.toml]"
    ),
]
People = Annotated[
    list[str],
    typer.Argument(metavar="PERSON...", help="An id, a printed name, or PUBLISHER: NAME."),
]
Reason = Annotated[str, typer.Option("--reason", help="Why, for those who read the file later.")]


@experts_app.command("list")
def list_experts(
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help="A part of the name, or an id.")
    ] = "",
    data: Data = DATA,
) -> None:
    """List experts with the forms of their names and their roles."""
    with published(data) as connection:
        found = connection.execute(
            """SELECT e.expert_id, e.name, e.publisher, e.statements, e.first_seen_on,
                e.last_seen_on FROM experts e WHERE ? = '' OR e.expert_id = ? OR e.expert_id IN (
                SELECT expert_id FROM expert_aliases WHERE contains(folded(name), folded(?)))
            ORDER BY folded(e.name), e.expert_id""",
            [name, name, name],
        ).fetchall()
        if not found and name:
            refuse(f"no expert is named {name!r}", SOME_FAILED)
        if not found:
            print("No statement in here has a speaker.")
        for expert_id, printed, publisher, count, first, last in found:
            said = f"{count} statement{'s' * (count != 1)}"
            days = f", {_days(first, last)}" if first else ""
            print(f"{printed}  [{publisher or 'publisher unknown'}]  {expert_id}\n  {said}{days}")
            if name:
                _details(connection, expert_id, printed)


def _details(connection: duckdb.DuckDBPyConnection, expert_id: str, name: str) -> None:
    for form, publishers in connection.execute(
        "SELECT name, publishers FROM expert_aliases WHERE expert_id = ? ORDER BY name", [expert_id]
    ).fetchall():
        if form != name:
            print(f"  also {form} ({', '.join(publishers) or 'publisher unknown'})")
    for role, first, last in connection.execute(
        """SELECT role, first_seen_on, last_seen_on FROM expert_roles WHERE expert_id = ?
        ORDER BY first_seen_on, role""",
        [expert_id],
    ).fetchall():
        print(f"  {role}  {_days(first, last)}")


def _days(first: date | None, last: date | None) -> str:
    return f"on {first}" if first and first == last else f"{first or '?'} to {last or '?'}"


@experts_app.command()
def review(decisions: DecisionsFile = None, data: Data = DATA) -> None:
    """List pairs of people that may be one, and decisions that contradict or concern nobody."""
    from warehouse.decisions import load
    from warehouse.people import people
    from warehouse.review import doubts, unknown

    decided = load(_file(decisions))
    with published(data) as connection:
        names = _everyone(connection)
    known = people(names, decided)
    for contradiction in known.contradictions:
        print(f"contradiction: {contradiction}; the split holds, delete one of them")
    for decision, person in unknown(names, decided):
        print(f"unknown: {person} of {decision} is printed nowhere")
    found = doubts(known.ids, decided)
    why = None
    for doubt in found:
        if doubt.why != why:
            why = doubt.why
            print(f"{why}:")
        print(f"  {doubt.a}  ?  {doubt.b}\n    {doubt.a_id} {doubt.b_id}")
    if found:
        print("Decide with `briefhouse experts merge|split PERSON PERSON --reason TEXT`.")
    else:
        print("No pair is uncertain.")


@experts_app.command()
def merge(
    people: People, reason: Reason, decisions: DecisionsFile = None, data: Data = DATA
) -> None:
    """Decide that several names are one person's."""
    _decide("merge", people, reason, _file(decisions), data)


@experts_app.command()
def split(
    people: People, reason: Reason, decisions: DecisionsFile = None, data: Data = DATA
) -> None:
    """Decide that several names are different people's."""
    _decide("split", people, reason, _file(decisions), data)


def _decide(kind: str, given: list[str], reason: str, path: Path, data: Path) -> None:
    from extractors.text import fold
    from warehouse.decisions import add, check, load
    from warehouse.people import people as who_is_who

    if not reason.strip():
        refuse("--reason is empty: say why, for those who read the file later", USAGE)
    with published(data) as connection:
        names = _everyone(connection)
        people = [_person(connection, names, text) for text in given]
    if len({(person.publisher, fold(person.name)) for person in people}) < max(2, len(given)):
        refuse(f"experts {kind}: name two people or more, and each once", USAGE)
    before = load(path)
    if before.has(kind, people):
        print(f"{path} says so already; nothing was written.")
        return
    check(after := before.plus(kind, people, reason, date.today()))
    known = who_is_who(names, before).contradictions
    if against := [c for c in who_is_who(names, after).contradictions if c not in known]:
        refuse(f"nothing was written: {against[0]}; one of them can't be", USAGE)
    add(path, kind, people, reason, date.today())
    print(f"Written to {path}: it holds from the next run on.")


def _file(given: Path | None) -> Path:
    from flows.settings import load_settings

    return given or load_settings().experts


def _everyone(connection: duckdb.DuckDBPyConnection) -> list[Person]:
    from warehouse.decisions import Person

    rows = connection.execute(
        """SELECT DISTINCT coalesce(o.publisher, b.publisher) AS publisher, s.speaker
        FROM statements s JOIN briefs b USING (brief_id)
        LEFT JOIN briefs o ON o.brief_id = b.duplicate_of
        WHERE s.expert_id IS NOT NULL ORDER BY ALL"""
    ).fetchall()
    return [Person(*row) for row in rows]


def _person(connection: duckdb.DuckDBPyConnection, everyone: list[Person], text: str) -> Person:
    """Return the person whom an argument names: by id, by name, or by publisher and name."""
    from extractors.text import fold

    row = connection.execute(
        """SELECT arg_max(name, statements) FROM expert_aliases WHERE expert_id = ?
        HAVING count(*) > 0""",
        [text],
    ).fetchone()
    wanted = fold(row[0] if row else text)
    found = [p for p in everyone if wanted in (fold(p.name), fold(str(p)))]
    if row:
        (publisher,) = connection.execute(
            "SELECT publisher FROM experts WHERE expert_id = ?", [text]
        ).fetchone() or (None,)
        found = [p for p in found if p.publisher == publisher] or found
    keys = {(p.publisher, fold(p.name)) for p in found}
    if not found:
        refuse(f"nobody is printed as {text!r}; see `briefhouse experts`", USAGE)
    if len(keys) > 1:
        several = "; ".join(map(str, found))
        refuse(f"{text!r} is printed by several publishers: write one of {several}", USAGE)
    return found[0]
