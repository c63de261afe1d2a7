"""Pairs of people that may be one, for a person to decide on. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from rapidfuzz.distance import JaroWinkler

from warehouse.decisions import Decision, Decisions, Person, folded
from warehouse.people import Nodes
from warehouse.person_names import Name, agree, fits, nickname, parse, shortens

# JaroWinkler of two surnames or given names: "Lindqvist" and "Lindquist" have 0.96, "Müller" and
# "Mueller" 0.95, "Hansen" and "Jansen" 0.89.
_SPELLING = 0.93
_SHORT = (
    "bill william,bob robert,dick richard,jim james,jack john,ted edward,ned edward,tony anthony,"
    "liz elizabeth,beth elizabeth,betty elizabeth,peggy margaret,meg margaret,kate katherine,"
    "kate catherine,chuck charles,hank henry,harry henry,mike michael,nick nicholas,"
    "sandy alexander,"
    "sasha alexander,andy andrew,tom thomas,joe joseph,steve stephen,steve steven,dave david,"
    "jeff geoffrey,larry lawrence,bernie bernard,rick richard,rob robert,gerry gerald"
)
_NICKNAMES = frozenset(frozenset(pair.split()) for pair in _SHORT.split(","))


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two people that may be one: a name of each, their ids, and what speaks for it."""

    a: Person
    b: Person
    a_id: str
    b_id: str
    why: str


def doubts(ids: Mapping[tuple[str | None, str], str], decisions: Decisions) -> list[Doubt]:
    """Return every pair of people that is uncertain and not decided; ``ids`` as expert_ids."""
    nodes = Nodes(decisions)
    forms: dict[str, list[Person]] = defaultdict(list)
    for (publisher, name), expert_id in sorted(ids.items(), key=lambda i: (i[0][0] or "", i[0][1])):
        forms[expert_id].append(Person(publisher, name))
    found: dict[tuple[str, str], Doubt] = {}
    for block in _blocks(forms.values()):
        for a, b in combinations(block, 2):
            one, other = sorted((ids[a], ids[b]))
            if one == other or (one, other) in found:
                continue
            if any(
                frozenset((nodes.of(x), nodes.of(y))) in nodes.apart
                for x in forms[one]
                for y in forms[other]
            ):
                continue
            if why := _why(a, b):
                found[one, other] = Doubt(a, b, ids[a], ids[b], why)
    return sorted(found.values(), key=lambda d: (d.why, str(d.a), str(d.b)))


def _blocks(people: Iterable[Sequence[Person]]) -> Iterable[list[Person]]:
    """Yield people that are worth comparing.

    They have a surname in common, the stem of one, or both names in any order; or they have a given
    name in common at one publisher.
    """
    by: dict[tuple[str, ...], list[Person]] = defaultdict(list)
    for forms in people:
        for person in forms:
            name = parse(person.name)
            by["surname", name.surname].append(person)
            by["stem", person.publisher or "", name.stem].append(person)
            if name.given:
                both = sorted((name.given, name.surname))
                by["both", person.publisher or "", *both].append(person)
                by["given", person.publisher or "", name.given, name.surname[:1]].append(person)
    return by.values()


def _why(a: Person, b: Person) -> str | None:
    one, other = parse(a.name), parse(b.name)
    if a.publisher != b.publisher:
        full = one.given and len(one.given) > 1
        return "the same name at two publishers" if one.key == other.key and full else None
    if one.key == other.key:
        return None
    if agree(one, other):
        if one.generation != other.generation:
            return "with and without a generation"
        if shortens(one, other) or shortens(other, one):
            return "one may be the other's short form"
        return "the names agree as far as they go"
    if one.key.replace(" ", "") == other.key.replace(" ", ""):
        return "written in one word and in two"
    return (_given if one.surname == other.surname else _surname)(a, b, one, other)


def _surname(a: Person, b: Person, one: Name, other: Name) -> str | None:
    """Return what speaks for two people with other surnames."""
    if one.given and (one.given, one.surname) == (other.surname, other.given):
        return "given name and surname in the other order"
    if one.stem == other.stem and one.stem in (one.surname, other.surname):
        same = agree(replace(one, surname=one.stem), replace(other, surname=one.stem))
        return "with and without a particle before the surname" if same else None
    close = JaroWinkler.similarity(one.surname, other.surname) >= _SPELLING
    return "spelled almost alike" if close and one.given == other.given else None


def _given(a: Person, b: Person, one: Name, other: Name) -> str | None:
    """Return what speaks for two people with one surname and other given or middle names."""
    if one.generation and other.generation and one.generation != other.generation:
        return None
    x, y = sorted((one.given, other.given), key=len)
    if x == y:
        return None  # other initials or middle names: other people
    if {nickname(a.name), nickname(b.name)} & {x, y}:
        return "a printed nickname"
    if len(one.double) == len(other.double) > 0 and all(map(fits, one.double, other.double)):
        return "one may be the other's short form"
    if frozenset((x, y)) in _NICKNAMES or (len(x) > 2 and y.startswith(x)):
        return "a nickname"
    if other.given in one.middle or one.given in other.middle:
        return "called by the middle name"
    return "spelled almost alike" if JaroWinkler.similarity(x, y) >= _SPELLING else None


def unknown(
    names: Iterable[tuple[str | None, str]], decisions: Decisions
) -> list[tuple[Decision, Person]]:
    """Return the people of decisions who are printed nowhere."""
    printed = {folded(Person(*name)) for name in names}
    return [
        (decision, person)
        for decision in (*decisions.merges, *decisions.splits)
        for person in decision.people
        if folded(person) not in printed
    ]
