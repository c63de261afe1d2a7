"""People: which printed names are one person. A pure function of all names and the decisions.

Precision comes before recall. Within one publisher, forms are joined that differ in case, marks,
honorifics and degrees, or where one is certainly a shorter form of the other and of nobody else.
Across publishers nobody is joined but by decision.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from warehouse.decisions import NONE, Decision, Decisions, Person, folded
from warehouse.identity import digest
from warehouse.person_names import Name, agree, parse, shortens

Node = tuple[str | None, str]
"""A publisher and a key: the forms of a name that nothing tells apart, but a decision may."""


def person_key(name: str) -> str:
    """Return what two printed names have in common that are certainly one person's."""
    return parse(name).key


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A merge that is not carried out, as it would make two people one whom a split parts.

    ``parted`` are these two; they need not stand in the merge, but are one with those who do.
    """

    merge: Decision
    split: Decision
    parted: tuple[Person, Person]

    def __str__(self) -> str:
        a, b = self.parted
        merged = " and ".join(map(str, self.merge.people))
        said = f"{self.merge} makes {merged} one, and {self.split} parts {a} from {b}"
        named = set(map(folded, self.merge.people))
        by_name = [str(person) for person in self.parted if folded(person) not in named]
        return said + (f" ({', '.join(by_name)} is one with these)" if by_name else "")


@dataclass(frozen=True)
class People:
    """Who is who: the expert id of every (publisher, printed name), and what was not decided."""

    ids: dict[tuple[str | None, str], str]
    contradictions: tuple[Contradiction, ...]


def expert_ids(
    names: Iterable[tuple[str | None, str]], decisions: Decisions = NONE
) -> dict[tuple[str | None, str], str]:
    """Return the expert id of every (publisher, printed name)."""
    return people(names, decisions).ids


def people(names: Iterable[tuple[str | None, str]], decisions: Decisions = NONE) -> People:
    """Work out who is who. A split always holds, whatever would be joined by name or by merge."""
    nodes = Nodes(decisions)
    found = {Person(*name): nodes.of(Person(*name)) for name in names}
    # those of decisions count among the candidates, whether they are printed tonight or not
    decided = [p for d in (*decisions.merges, *decisions.splits) for p in d.people]
    everyone = {node: person for person, node in found.items()}
    everyone |= {nodes.of(person): person for person in decided}
    groups = _Groups(everyone)
    by_surname: dict[tuple[str | None, str], list[Node]] = defaultdict(list)
    for node, person in everyone.items():
        by_surname[(node[0], parse(person.name).surname)].append(node)
    for block in by_surname.values():
        for one, other in _certain_pairs(block, everyone, nodes.apart):
            groups.join(one, other)
    groups.dissolve_contradictions(everyone, nodes.apart)
    ids = _ids(groups.all(), everyone)
    contradictions = []
    carried_out = []
    for merge in decisions.merges:
        first, *others = (nodes.of(person) for person in merge.people)
        against = [
            Contradiction(merge, split, (a, b))
            for a, b, split in decisions.apart()
            if groups.would_be_one(nodes.of(a), nodes.of(b), {first, *others})
        ]
        if against:
            contradictions += against
            continue
        carried_out.append(merge)
        for other in others:
            groups.join(first, other)
    final = _decided_ids(groups, ids, carried_out, nodes)
    return People(
        {(p.publisher, p.name): final[groups.find(node)] for p, node in found.items()},
        tuple(contradictions),
    )


class Nodes:
    """Which node a name belongs to: forms that a decision parts have nodes of their own."""

    def __init__(self, decisions: Decisions) -> None:
        self._own = {
            folded(person)
            for a, b, _ in decisions.apart()
            if a.publisher == b.publisher and person_key(a.name) == person_key(b.name)
            for person in (a, b)
        }
        self.apart = {frozenset((self.of(a), self.of(b))) for a, b, _ in decisions.apart()}

    def of(self, person: Person) -> Node:
        key = person_key(person.name)
        own = folded(person)
        return (person.publisher, f"{key}\x1f{own.name}" if own in self._own else key)


class _Groups:
    """Disjoint sets of nodes."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._parent = {node: node for node in nodes}

    def find(self, node: Node) -> Node:
        while self._parent[node] != node:
            node = self._parent[node]
        return node

    def join(self, one: Node, other: Node) -> None:
        a, b = sorted((self.find(one), self.find(other)), key=_order)
        self._parent[b] = a

    def would_be_one(self, one: Node, other: Node, joined: Iterable[Node]) -> bool:
        """Tell whether two nodes would be in one set if those of ``joined`` were one."""
        return {self.find(one), self.find(other)} <= {self.find(node) for node in joined}

    def all(self) -> list[list[Node]]:
        groups: dict[Node, list[Node]] = defaultdict(list)
        for node in sorted(self._parent, key=_order):
            groups[self.find(node)].append(node)
        return list(groups.values())

    def dissolve_contradictions(
        self, people: dict[Node, Person], apart: set[frozenset[Node]]
    ) -> None:
        """Part groups in which two names can't be one person's."""
        for group in self.all():
            pairs = combinations(group, 2)
            if any(frozenset(p) in apart or not agree(*_names(p, people)) for p in pairs):
                self._parent |= {node: node for node in group}


def _order(node: Node) -> tuple[str, str]:
    return (node[0] or "", node[1])


def _names(pair: Iterable[Node], people: dict[Node, Person]) -> list[Name]:
    return [parse(people[node].name) for node in pair]


def _certain_pairs(
    block: list[Node], people: dict[Node, Person], apart: set[frozenset[Node]]
) -> Iterable[tuple[Node, Node]]:
    """Yield a short form with each longer form, if all that it may shorten agree."""
    names = {node: parse(people[node].name) for node in block}
    alike: dict[str, list[Node]] = defaultdict(list)  # a shorter form has the same first letter
    for node, name in names.items():
        alike[name.given[:1]].append(node)
    for short in block:
        longer = {
            node: relation
            for node in (alike[names[short].given[0]] if names[short].given else block)
            if frozenset((short, node)) not in apart
            and (relation := shortens(names[short], names[node]))
        }
        if all(agree(names[a], names[b]) for a, b in combinations(longer, 2)):
            yield from ((short, node) for node, how in longer.items() if how == "certain")


def _ids(groups: list[list[Node]], people: dict[Node, Person]) -> dict[frozenset[Node], str]:
    """Return the id of each group.

    It hangs on given name and surname as long as they are one group's alone, so that a middle
    initial that is printed one day makes nobody another person.
    """
    claims: dict[tuple[str | None, str], int] = defaultdict(int)
    bases = [min((parse(people[n].name) for n in g), key=lambda x: (len(x.key), x.key)).base
             for g in groups]  # fmt: skip
    for group, base in zip(groups, bases, strict=True):
        claims[(group[0][0], base)] += 1
    found = {}
    for group, base in zip(groups, bases, strict=True):
        publisher = group[0][0]
        key = base if claims[(publisher, base)] == 1 else min(n[1] for n in group)
        found[frozenset(group)] = digest("expert", publisher or "", key)
    return found


def _decided_ids(
    groups: _Groups, ids: dict[frozenset[Node], str], merges: list[Decision], nodes: Nodes
) -> dict[Node, str]:
    """Return the id of each group after the decisions: of merged ones, that of the first named."""
    by_node = {node: expert_id for group, expert_id in ids.items() for node in group}
    final = {groups.find(node): by_node[node] for node in sorted(by_node, key=_order, reverse=True)}
    for merge in reversed(merges):
        first = nodes.of(merge.people[0])
        final[groups.find(first)] = by_node[first]
    return final
