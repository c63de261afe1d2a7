"""A new brief with the id of another one: the merge is refused, and the last good night stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from warehouse import merge
from warehouse.errors import IntegrityError


def test_two_briefs_never_have_one_id(warehouse, draft, page, clock, monkeypatch):
    first = page("/in/a.txt", draft().text(), clock(1))
    warehouse.night(first)
    (taken,) = warehouse.query("SELECT brief_id FROM briefs")[0]
    decided = merge.decide

    def mistaken(*arguments, **named):
        return [replace(d, brief_id=taken) for d in decided(*arguments, **named)]

    monkeypatch.setattr(merge, "decide", mistaken)
    with pytest.raises(IntegrityError, match="briefs have an id that is not unique"):
        warehouse.night(page("/in/b.txt", draft(title="Mills Close").text(), clock(2)))
    assert warehouse.query("SELECT title FROM briefs") == [(draft().title,)]
