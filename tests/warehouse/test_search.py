"""Search in a published night, as any DuckDB client can ask it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import duckdb
import pytest

from warehouse.lake import extension_file
from warehouse.reader import open_published
from warehouse.table import quoted


@pytest.fixture(scope="module")
def night(new_warehouse, tmp_path_factory, draft, page, clock):
    made = new_warehouse(tmp_path_factory.mktemp("search") / "data")
    texts = [
        ("Fighters over the Osk", "Two Su-35 jets and an S-300 battery arrived on May 4."),
        ("Thirty-five Tugs", "The port counted 35 tugs, and su as a word by itself."),
        ("Hezbollah’s Ships", "A freighter of Hezbollah’s left; F-16s watched it go."),
        ("Talks", "President Ibáñez met Łukasz O’Hare about the night shifts of pilots."),
        ("Night Shifts", "The shifts at night are longer; pilots and more pilots complain."),
    ]
    pages = [
        page(
            f"/in/{n}.txt",
            draft(
                title=title,
                day=date(2025, 5, 1 + n),
                developments=[(f"Label {n}", text)],
                experts=[(f"It is number {n}, and that is all.", "Petra Lindqvist", "Fellow")],
                background=[],
            ).text(),
            clock(n + 1),
        )
        for n, (title, text) in enumerate(texts)
    ]
    mirror = page(
        "/in/m.txt", draft(title="M", day=None, developments=[("x", "y")]).text(), clock(9)
    )
    made.night(*pages, mirror)
    return made


def _titles(night, words, kind="development"):
    return [t for t, k in night.query("SELECT title, kind FROM search(?)", words) if k == kind]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("Su-35", ["Fighters over the Osk"]),
        ("su–35", ["Fighters over the Osk"]),
        ("S-300", ["Fighters over the Osk"]),
        ("F-16s", ["Hezbollah’s Ships"]),
        ("hezbollah", ["Hezbollah’s Ships"]),
        ("Hezbollah’s", ["Hezbollah’s Ships"]),
        ("Hezbollah's", ["Hezbollah’s Ships"]),
        ("Ibanez", ["Talks"]),
        ("IBÁÑEZ", ["Talks"]),
        ("O'Hare", ["Talks"]),
        ('"night shifts"', ["Talks"]),
        ("“night shifts” pilots", ["Talks"]),
        ("night shifts", ["Talks", "Night Shifts"]),
        ("nowhere", []),
        ("", []),
        ('"', []),
        ("' OR 1=1 --", []),
    ],
)
def test_what_is_found(night, words, titles):
    assert sorted(_titles(night, words)) == sorted(titles)


def test_the_best_match_comes_first(night):
    assert _titles(night, "night pilots")[0] == "Night Shifts"


def test_each_kind_is_found_with_its_row_and_a_snippet(night):
    rows = night.dicts("SELECT * FROM search('fighters su-35')")
    assert [r["kind"] for r in rows] == ["development"]
    (row,) = rows
    assert "Su-35" in row["snippet"] and row["published_on"] == date(2025, 5, 1)
    assert night.value("SELECT text FROM developments WHERE development_id = ?", row["row_id"])
    (title,) = [r for r in night.dicts("SELECT * FROM search('osk')") if r["kind"] == "title"]
    assert title["row_id"] == title["brief_id"]
    (said,) = night.dicts("SELECT * FROM search('\"number 2\"')")
    assert said["kind"] == "statement" and "Petra Lindqvist" in said["text"]


def test_statements_on_a_topic(night):
    (row,) = night.dicts("SELECT * FROM statements_on('\"number 3\"')")
    assert (row["expert"], row["role_held"]) == ("Petra Lindqvist", "Fellow")


def _as_of(night, day, query, words):
    with open_published(night.root, datetime(2025, 4, day, 12, tzinfo=UTC)) as then:
        return then.execute(query, [words]).fetchall()


@pytest.mark.parametrize("words", ["Su-35", "night shifts", '"number 2"', "osk pilots", "nowhere"])
def test_search_of_a_day_finds_what_was_there(night, words):
    found = "SELECT * FROM search(?)"
    assert _as_of(night, 30, found, words) == night.query(found, words)
    then = {row[-1] for row in _as_of(night, 2, found, words)}
    known = {row[0] for row in _as_of(night, 2, "SELECT brief_id FROM briefs WHERE ? <> ''", "x")}
    assert then == {row[-1] for row in night.query(found, words)} & known


def test_statements_of_a_day_on_a_topic(night):
    found = "SELECT quote FROM statements_on(?)"
    assert len(_as_of(night, 2, found, "number")) == 2
    assert sorted(_as_of(night, 30, found, "number")) == sorted(night.query(found, "number"))


def test_mirrors_are_not_found_twice(warehouse, draft, page, clock):
    plain = draft(day=None)
    warehouse.night(
        page("http://tank.example/a", plain.html(), clock(1)),
        page("http://mirror.example/a", plain.html(), clock(2)),
    )
    assert len(warehouse.query("SELECT * FROM search('bulk carriers')")) == 1


def test_scores_agree_with_the_fts_extension(sampled):
    """The same formula over the same words: search_words against the extension's own."""
    with duckdb.connect(config={"allow_unsigned_extensions": "true"}) as peer:
        peer.execute(f"LOAD {quoted(str(extension_file('fts')))}")
        path = quoted(str(sampled.night_path / "warehouse.duckdb"))
        peer.execute(f"ATTACH {path} AS night (READ_ONLY)")
        peer.execute("CREATE TABLE docs AS SELECT kind || row_id AS id, text FROM night.searchable")
        # possessives aside, which the extension has no rule for
        peer.execute(r"UPDATE docs SET text = regexp_replace(lower(strip_accents(text)), "
                     r"'([\pL\pN])[''’]s\b', '\1', 'g')")  # fmt: skip
        peer.execute(
            r"PRAGMA create_fts_index('docs', 'id', 'text', stemmer='none', stopwords='none', "
            r"ignore='([^\pL\pN])+', strip_accents=0, lower=0)"
        )
        for words in ("port", "harbor pilots", "night tugs grain", "the of a", "director fellow"):
            expected = dict(
                peer.execute(
                    "SELECT id, score FROM (SELECT id, fts_main_docs.match_bm25(id, ?) AS score "
                    "FROM docs) WHERE score IS NOT NULL",
                    [words],
                ).fetchall()
            )
            found = dict(sampled.query("SELECT kind || row_id, score FROM search(?)", words))
            assert found and set(found) == set(expected), words
            assert found == pytest.approx(expected, abs=2e-4)


def test_every_word_of_a_document_is_posted_once(sampled):
    assert sampled.value(
        """SELECT count(*) FROM search_documents d JOIN searchable s USING (kind, row_id)
        WHERE d.length <> len(search_words(s.text))"""
    ) == 0  # fmt: skip
    assert sampled.value("SELECT count(*) FROM search_documents") == sampled.value(
        "SELECT count(*) FROM searchable"
    )
