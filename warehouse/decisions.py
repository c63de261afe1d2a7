"""Decisions on who is who: a TOML file that people keep under version control.

    [[merge]]                      # these names are one person's
    people = [{publisher = "fdd", name = "Bill Tregear"}, {publisher = "fdd", name = "W. Tregear"}]
    reason = "His page names both."
    date = 2025-03-01

``[[split]]`` says that the names are different people's, each from each.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from extractors.text import fold
from warehouse.root import sync_file

KINDS = ("merge", "split")
_FIELDS = {"people", "reason", "date"}


class Person(NamedTuple):
    """A name as one publisher prints it."""

    publisher: str | None
    name: str

    def __str__(self) -> str:
        return f"{self.publisher}: {self.name}" if self.publisher else self.name


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision; ``kind`` is merge or split, ``nth`` its place among those, from 1."""

    kind: str
    people: tuple[Person, ...]
    reason: str
    date: date
    nth: int = 0

    def __str__(self) -> str:
        return f"[[{self.kind}]] number {self.nth} of {self.date} ({self.reason})"


class DecisionsError(ValueError):
    """A file of decisions that can't be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions, in the order of the file."""

    merges: tuple[Decision, ...] = ()
    splits: tuple[Decision, ...] = ()

    @property
    def fingerprint(self) -> str | None:
        """A hash of what is decided, or None for nothing."""
        said = [(d.kind, d.people) for d in (*self.merges, *self.splits)]
        return hashlib.sha256(repr(said).encode()).hexdigest() if said else None

    def plus(self, kind: str, people: Sequence[Person], reason: str, on: date) -> Decisions:
        """Return these decisions and one more."""
        before: tuple[Decision, ...] = getattr(self, f"{kind}s")
        decision = Decision(kind, tuple(people), reason, on, len(before) + 1)
        return replace(self, **{f"{kind}s": (*before, decision)})

    def has(self, kind: str, people: Sequence[Person]) -> bool:
        """Tell whether just this is decided: that these are one person, or that all are apart."""
        if kind == "merge":
            group, _ = _merged(self.merges)
            groups = {group.get(person) for person in map(folded, people)}
            return len(groups) == 1 and None not in groups
        parted = {frozenset((folded(a), folded(b))) for a, b, _ in self.apart()}
        return all(frozenset(pair) in parted for pair in combinations(map(folded, people), 2))

    def apart(self) -> Iterator[tuple[Person, Person, Decision]]:
        """Yield each pair that is decided to be two people."""
        for decision in self.splits:
            for a, b in combinations(decision.people, 2):
                yield a, b, decision


NONE = Decisions()


def folded(person: Person) -> Person:
    """Return the form in which a person of a decision is found."""
    return Person(person.publisher, fold(person.name))


def _merged(
    merges: Iterable[Decision],
) -> tuple[dict[Person, int], dict[int, list[Decision]]]:
    """Return the group of everyone who is merged, and the decisions that made each group."""
    group: dict[Person, int] = {}
    why: dict[int, list[Decision]] = {}
    for nth, merge in enumerate(merges):
        whole = {group[p] for p in map(folded, merge.people) if p in group}
        joined = [d for g in whole for d in why.pop(g)]
        group = {p: nth if g in whole else g for p, g in group.items()}
        group |= dict.fromkeys(map(folded, merge.people), nth)
        why[nth] = [*joined, merge]
    return group, why


def check(decisions: Decisions) -> None:
    """Raise :class:`DecisionsError` if two people are decided to be one and two."""
    group, why = _merged(decisions.merges)
    for a, b, split in decisions.apart():
        one, other = group.get(folded(a)), group.get(folded(b))
        if folded(a) == folded(b):
            raise DecisionsError(f"{split} parts {a} from the same name")
        if one is not None and one == other:
            merged = " and ".join(map(str, why[one]))
            raise DecisionsError(
                f"{a} and {b} are one person by {merged}, and two by {split}; delete one of them"
            )


def load(path: Path) -> Decisions:
    """Read a file of decisions; one that isn't there decides nothing.

    Raises :class:`DecisionsError`.
    """
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return NONE
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DecisionsError(f"{path}: {error}") from None
    if unknown := set(raw) - set(KINDS):
        raise DecisionsError(
            f"{path}: unknown: {', '.join(sorted(unknown))}; known: [[merge]], [[split]]"
        )
    try:
        found = {
            kind: tuple(_decision(kind, n, each) for n, each in enumerate(_tables(raw, kind), 1))
            for kind in KINDS
        }
        decisions = Decisions(found["merge"], found["split"])
        check(decisions)
    except DecisionsError as error:
        raise DecisionsError(f"{path}: {error}") from None
    return decisions


def _tables(raw: dict[str, Any], kind: str) -> list[Any]:
    tables = raw.get(kind, [])
    if not isinstance(tables, list):
        raise DecisionsError(f"write [[{kind}]], not [{kind}]")
    return tables


def _decision(kind: str, nth: int, raw: Any) -> Decision:
    where = f"[[{kind}]] number {nth}"
    if not isinstance(raw, dict) or set(raw) != _FIELDS:
        raise DecisionsError(f"{where}: it has people, reason and date, and nothing else")
    people = []
    for person in raw["people"] if isinstance(raw["people"], list) else []:
        if (
            not isinstance(person, dict)
            or not isinstance(person.get("name"), str)
            or not isinstance(person.get("publisher", ""), str)
            or set(person) - {"name", "publisher"}
        ):
            raise DecisionsError(f'{where}: a person is {{publisher = "...", name = "..."}}')
        people.append(Person(person.get("publisher") or None, person["name"]))
    if len(people) < 2:
        raise DecisionsError(f"{where}: people has two names or more")
    if not isinstance(raw["reason"], str) or not raw["reason"].strip():
        raise DecisionsError(f"{where}: give a reason")
    if not isinstance(raw["date"], date):
        raise DecisionsError(f"{where}: date is a day, as in 2025-03-01")
    return Decision(kind, tuple(people), raw["reason"], raw["date"], nth)


def add(path: Path, kind: str, people: Sequence[Person], reason: str, on: date) -> None:
    """Append a decision to the file; what it holds stays as it is, comments included.

    Raises :class:`DecisionsError`, with the file as it was, if it would contradict another.
    """
    import tomlkit  # only whoever decides needs it

    check(load(path).plus(kind, people, reason, on))
    table = tomlkit.table()
    listed = tomlkit.array()
    for person in people:
        entry = tomlkit.inline_table()
        if person.publisher:
            entry["publisher"] = person.publisher
        entry["name"] = person.name
        listed.append(entry)
    table["people"] = listed.multiline(True)
    table["reason"] = reason
    table["date"] = on
    fresh = tomlkit.document()
    array = tomlkit.aot()
    array.append(table)
    fresh[kind] = array
    text = path.read_text("utf-8") if path.exists() else ""
    text = f"{text.rstrip()}\n\n" if text.strip() else ""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(text + tomlkit.dumps(fresh), "utf-8")
    load(temporary)
    sync_file(temporary)
    os.replace(temporary, path)
