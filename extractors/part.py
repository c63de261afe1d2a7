"""A part of a brief on its way through a shape: what is to be read, and what has been found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.manuscript import Line, Manuscript
from extractors.model import Development, Link, Printed, Statement
from extractors.profile import Profile, SectionRule
from extractors.shapes.speakers import Roles


@dataclass(slots=True)
class Found:
    """What the sections give, in printed order."""

    developments: list[Development] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    unknown_headings: list[str] = field(default_factory=list)
    authors: tuple[Printed, ...] = ()  # who wrote the brief, as far as its front says
    cited: set[int] = field(default_factory=set)  # starts of the lines that are citations
    roles: Roles = field(default_factory=Roles)  # of those whom the page tells about
    papers: Sequence[Line] | None = None  # lines that may lead to the paper, once looked for
    listed: bool = False  # a heading with citations below it has been read

    def cite(self, line: Line, links: Iterable[Link]) -> None:
        """Add a line that leads to other pieces; its anchors are no links of prose then."""
        line.section = "background"
        self.cited.add(line.start)
        self.links += links


@dataclass(frozen=True, slots=True)
class Part:
    """One section's lines, below its heading if it has one, and the rule for reading them."""

    manuscript: Manuscript
    heading: Line | None
    lines: Sequence[Line]
    rule: SectionRule
    profile: Profile
    found: Found

    def place(self, lines: Iterable[Line]) -> None:
        """Put ``lines`` into the part's section."""
        for line in lines:
            line.section = self.rule.name
