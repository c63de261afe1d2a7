"""Every view and macro of a published night, as statements: of today, or of a past moment.

A macro names the night's tables without a database, so a client that attaches the file says ``USE``
first.
"""

from __future__ import annotations

from datetime import datetime

from warehouse.past import AS_OF, INSTANT, NO_PAST, past_histories, past_rows, people_queries
from warehouse.search import PAST_SEARCH
from warehouse.table import quoted
from warehouse.view import Macro, View
from warehouse.views import VIEWS

_FOLDED = Macro(
    "folded",
    ("words",),
    "Words without case, accents and the shapes of marks, to compare names and titles by.",
    r"""trim(regexp_replace(lower(strip_accents(replace(words, '’', ''''))), '\s+', ' ', 'g'))""",
    table=False,
)
_TIMELINE = Macro(
    "expert_timeline",
    ("who",),
    "Statements of an expert, the newest first: the expert is named by id, or by a part of the "
    "name in any of its forms.",
    """SELECT s.* FROM statements_with_roles s WHERE s.expert_id IN (
        SELECT expert_id FROM expert_aliases
        WHERE expert_id = who OR contains(folded(name), folded(who)))
    ORDER BY s.published_on DESC NULLS LAST, s.statement_id""",
)

MACROS: tuple[Macro, ...] = (INSTANT, _FOLDED, *AS_OF, _TIMELINE)
"""Macros of a published night, in an order in which they can be made."""


def definitions() -> list[str]:
    """Return the statements that make every view and macro, over the tables of a night."""
    return _statements(*VIEWS, *MACROS)


def past_definitions(night: str, moment: datetime) -> list[str]:
    """Return statements that define, in an empty database, the tables and views of a past moment.

    ``night`` is the name under which the night is attached. What no past can be told of
    (:data:`warehouse.past.NO_PAST`) is not defined, so that a query can't take today's rows for it.
    """
    instant = f"{quoted(moment.isoformat())}::TIMESTAMPTZ"
    rows = past_rows(f"{night}.", instant)
    rows |= past_histories(f"{night}.", instant)
    rows |= people_queries("statements", "briefs")
    views = [View(name, f"{name} as of {moment}.", query) for name, query in rows.items()]
    later = [view for view in VIEWS if view.name not in NO_PAST]
    return _statements(*views, *later, *MACROS, *PAST_SEARCH)


def _statements(*defined: View | Macro) -> list[str]:
    return [statement for each in defined for statement in each.statements()]
