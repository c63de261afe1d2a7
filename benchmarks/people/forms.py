"""Invented people with the forms in which they are printed, and near-names that are others.

Everything is drawn from a seed. What no rule can know is left out: that the one Ida Brook and the
one Ida C. Brook of a publisher are two. (They are joined, as most such pairs are one person's.)
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

_GIVEN = (
    "Petra Amos Ida Tobias Selma Wendell Sunniva Ruth Orsolya Nadia Matthias Ludmila Jorun Ivo "
    "Ingrid Emil Edric Teodor Oriane Hestia Dmitri Corvin Bram Anselm Annika Callum Leila Hana "
    "Douglas Marit Thessaly José Björn Zoë Łukasz Anne-Marie Jean-Luc Said Xin Otto"
).split()
_SURNAMES = (
    "Lindqvist Tregear Brook Renquist Okonjo-Brandt Orsk Braddock Talbot-Hale Penn Quellermann "
    "Ashdown Carrow Applewhite Marchbank Falk Szarka Voss Vance Castellet Brandl Hale Ferro Brome "
    "Drayton Telgari Penhallow Moran Ibáñez O’Hare Müller Ørsted al-Rahim van·der·Meer Ben·Ashouri "
    "Kim Lee Khan Novák D’Arcy Szabó"
).split()
_RANKS = ("Dr.", "Prof.", "Gen. (Ret.)", "RADM (Ret.)", "Amb.", "Lt. Gen.", "Col.", "Professor Dr.")
_PLAIN = str.maketrans("éöüøáëŁØ’", "eouoaeLO'")
_LETTERS = "ABCDEFGHJKLMNPRSTW"


def people(seed: int, count: int) -> list[list[str]]:
    """Return ``count`` people, each as the list of forms that one publisher prints of them.

    A third of them are hard: they share given name and surname with one before and differ in a
    middle initial or generation, or they differ in one letter, or share surname and initial.
    """
    random = Random(seed)
    found: list[list[str]] = []
    names: set[tuple[str, str]] = set()
    plain: list[tuple[str, str, str]] = []
    while len(found) < count:
        given, surname = random.choice(_GIVEN), random.choice(_SURNAMES).replace("·", " ")
        middle = random.choice(_LETTERS) if random.random() < 0.5 else ""
        if plain and random.random() < 0.34:
            found.append(_near(random, *random.choice(plain)))
            continue
        if (given, surname) in names:
            continue
        names.add((given, surname))
        plain.append((given, middle, surname))
        found.append(list(dict.fromkeys(_forms(random, given, middle, surname))))
    return found[:count]


def _forms(random: Random, given: str, middle: str, surname: str) -> Iterator[str]:
    yield f"{given} {surname}"
    if middle:
        yield f"{given} {middle}. {surname}"
        if random.random() < 0.4:
            yield f"{given} {middle} {surname}"
        if random.random() < 0.3 and "-" not in given:
            yield f"{given[0]}. {middle}. {surname}"
    if random.random() < 0.5:
        yield f"{random.choice(_RANKS)} {given} {surname}"
    if random.random() < 0.2:
        yield f"{given} {surname}, Ph.D."
    if random.random() < 0.2:
        yield f"{given} {surname}".upper()
    if random.random() < 0.3:
        yield f"{given} {surname}".translate(_PLAIN)
    if random.random() < 0.1:
        yield f"{given[0]}. {surname}"  # a lone initial: left to a person
    if random.random() < 0.1:
        yield f"{given} “Bo” {surname}"


def _near(random: Random, given: str, middle: str, surname: str) -> list[str]:
    """Return the forms of somebody else with nearly that name."""
    letter = random.choice([x for x in _LETTERS if x != middle])
    others = [
        [f"{given} {surname} Jr.", f"{given} {surname}, Jr."],
        [f"{given} {surname} III"],
        [f"{given} {surname[:-1]}{'s' if surname[-1] != 's' else 'n'}"],
        [f"{given[0]}{random.choice('aeiou')}lia {surname}"],
        [f"{given}-{random.choice(_GIVEN)} {surname}"],
        [f"{random.choice(_GIVEN)} {given} {surname}"],
    ]
    if middle:
        others += 3 * [[f"{given} {letter}. {surname}", f"Dr. {given} {letter}. {surname}"]]
    return random.choice(others)
