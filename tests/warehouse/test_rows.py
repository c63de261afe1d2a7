"""Staged rows: one a capture, in order, whether it gave a brief or a rejection."""

from __future__ import annotations

from extractors import extract
from extractors.model import Extraction, Rejection
from warehouse.rows import STAGED, staged

_TEXT = """January 14, 2025 | Flash Brief
Harbor Pilots Walk Out
Latest Developments
- Lock Closes: The lock at Sarn closed.
- Ferry Stops: The ferry stopped too.
FDD Expert Response
“Nobody asked the pilots.” — Ada Vance, Senior Fellow at FDD
FDD Background and Analysis
“Salt and Coal,” by Ivo Hale and Marit Verrin
"""


def _extraction(text: str = _TEXT) -> Extraction:
    return extract(text.encode(), uri="a.txt")


def test_no_captures_no_rows() -> None:
    table = staged([])
    assert table.num_rows == 0
    assert all(STAGED.field(field.name).equals(field) for field in table.schema)


def test_briefs_and_rejections_in_their_order() -> None:
    rejected = Extraction(rejection=Rejection("empty", "nothing in it"))
    table = staged([rejected, _extraction(), rejected, _extraction(), rejected])
    table.validate(full=True)
    rows = table.to_pylist()
    assert [row["reason"] for row in rows] == ["empty", None, "empty", None, "empty"]
    for row in rows[::2]:
        assert {name for name, value in row.items() if value is not None} == {"reason", "message"}
    assert rows[1] == rows[3]
    assert rows[1]["brief"]["title"] == "Harbor Pilots Walk Out"


def test_every_item_is_in_its_brief_with_its_place() -> None:
    row = staged([_extraction()]).to_pylist()[0]
    assert [d["headline"] for d in row["developments"]] == ["Lock Closes", "Ferry Stops"]
    assert [d["position"] for d in row["developments"]] == [1, 2]
    (statement,) = row["statements"]
    assert (statement["speaker"], statement["role"], statement["affiliation"]) == (
        "Ada Vance",
        "Senior Fellow at FDD",
        "FDD",
    )
    (link,) = row["links"]
    assert link["authors"] == ["Ivo Hale", "Marit Verrin"]
    assert link["outlet"] is None
    text = row["brief"]["text"]
    assert [text[b["text_start"] : b["text_end"]] for b in row["blocks"]] == text.split("\n\n")
    for name in ("quote", "speaker", "role", "affiliation", "attribution"):
        assert text[statement[f"{name}_start"] : statement[f"{name}_end"]] == statement[name]


def test_a_brief_of_blocks_alone() -> None:
    row = staged([_extraction("Nothing but a line of words.")]).to_pylist()[0]
    assert (row["developments"], row["statements"], row["links"]) == ([], [], [])
    assert len(row["blocks"]) == 1
