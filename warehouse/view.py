"""What a view and a macro of a published night are, and the statements that make them."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.table import quoted


@dataclass(frozen=True, slots=True)
class View:
    """One view: ``doc`` says what one row is."""

    name: str
    doc: str
    query: str

    def statements(self) -> tuple[str, ...]:
        return (
            f"CREATE VIEW {self.name} AS {self.query}",
            f"COMMENT ON VIEW {self.name} IS {quoted(self.doc)}",
        )


@dataclass(frozen=True, slots=True)
class Macro:
    """One macro: ``body`` is an expression, or a query if it stands for a table."""

    name: str
    parameters: tuple[str, ...]
    doc: str
    body: str
    table: bool = True

    @property
    def call(self) -> str:
        return f"{self.name}({', '.join(self.parameters)})"

    def statements(self) -> tuple[str, ...]:
        kind = "TABLE " if self.table else ""
        return (
            f"CREATE MACRO {self.call} AS {kind}{self.body}",
            f"COMMENT ON MACRO {kind}{self.name} IS {quoted(self.doc)}",
        )
