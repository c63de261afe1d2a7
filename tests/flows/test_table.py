"""Tables for people: they fit the terminal, and what one copies from them is whole."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len

from flows.commands import search
from flows.table import write_listing, write_table

ID = "0f91776d19b44c77409d"
TITLE = "The Northern Seas summit: early analysis from those who were not asked to come"


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def shown(monkeypatch):
    """Write a table for a terminal of some columns; return its lines."""

    def write(names, *rows, columns=80):
        monkeypatch.setenv("COLUMNS", str(columns))
        out = io.StringIO()
        whole = write_table(names, rows, out)
        return whole, out.getvalue().splitlines()

    return write


def test_ids_and_days_are_on_one_line_whatever_stands_beside_them(shown):
    names = ("brief_id", "published_on", "publisher", "title", "profile_version")
    whole, lines = shown(names, (ID, "2024-11-14", "chatham-house", TITLE, "1"), columns=70)
    assert whole
    assert any(ID in line and "2024-11-14" in line and "chatham-house" in line for line in lines)
    assert max(map(cell_len, lines)) <= 70
    assert [line.split() for line in lines[:2]] == [
        ["published_", "profile_"],
        ["brief_id", "on", "publisher", "title", "version"],
    ]


def test_names_are_whole_where_there_is_room(shown):
    names = ("published_on", "publisher", "text")
    _, lines = shown(names, ("2024-11-14", "fdd", "word " * 60))
    assert lines[0].split() == ["published_on", "publisher", "text"]
    assert "".join(lines[2:]).count("word") == 60


def test_too_many_columns_become_a_list_of_each_row(shown):
    names = [f"column_{nth}" for nth in range(12)]
    whole, lines = shown(names, ["some words"] * 12, ["other words"] * 12)
    assert whole
    assert lines[0].startswith("─ 1 ─") and sum(line.startswith("─") for line in lines) == 2
    assert [line.split() for line in lines[1:13]] == [[name, "some", "words"] for name in names]
    whole, lines = shown(names, ["some words"] * 12, columns=240)
    assert len(lines) == 3


def test_long_values_of_a_list_are_cut_and_it_is_said(shown):
    names = [f"column_{nth}" for nth in range(12)]
    whole, lines = shown(names, ["x" * 5_000, *["words"] * 11])
    assert not whole
    assert any("… (5,000 characters)" in line for line in lines)


def test_scripts_of_other_widths_keep_the_columns_in_line(shown):
    row = ("العربية نص طويل", "שלום", "日本語のとても長い題名", ID)
    _, lines = shown(("a", "b", "c", "d"), row, ("x", "y", "z", ID))
    ends = {cell_len(line.partition(ID)[0]) for line in lines if ID in line}
    assert len(ends) == 1


def test_no_row_shows_the_names(shown):
    assert shown(("a", "b"))[1][0].split() == ["a", "b"]


def test_nothing_is_coloured_outside_a_terminal(shown):
    names = [f"column_{nth}" for nth in range(12)]
    for columns in (80, 300):
        assert "\x1b" not in "".join(shown(names, ["words"] * 12, columns=columns)[1])


def test_a_listing_is_a_line_a_row_for_programs_and_fits_a_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    names, row = ("name", "hosts"), ("fdd", "one.example, " * 12)
    pipe, terminal = io.StringIO(), Terminal()
    write_listing(names, [row, row], pipe)
    write_listing(names, [row, row], terminal)
    assert [line.split()[0] for line in pipe.getvalue().splitlines()] == ["name", "fdd", "fdd"]
    assert max(map(len, pipe.getvalue().splitlines())) > 100
    assert all(cell_len(line) <= 60 for line in terminal.getvalue().splitlines()[1:])


def test_what_a_search_found_is_wrapped_on_a_terminal_alone(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    snippet = (
        "Forty harbor pilots\n\nleft their boats on March 2 after the port authority cut crews."
    )
    monkeypatch.setattr(search.sys, "stdout", io.StringIO())
    assert search._wrapped(snippet) == "  " + " ".join(snippet.split())
    monkeypatch.setattr(search.sys, "stdout", Terminal())
    lines = search._wrapped(snippet).splitlines()
    assert len(lines) == 3 and all(line.startswith("  ") and len(line) <= 40 for line in lines)


def test_marks_are_for_terminals_and_not_where_no_color_is_asked_for(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(search.sys, "stdout", Terminal())
    assert search._marked("Forty pilots", ["pilots"]) == "Forty \x1b[1mpilots\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert search._marked("Forty pilots", ["pilots"]) == "Forty pilots"
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setattr(search.sys, "stdout", io.StringIO())
    assert search._marked("Forty pilots", ["pilots"]) == "Forty pilots"
