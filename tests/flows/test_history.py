"""``briefhouse history`` reads like a diff, and ``search`` finds passages."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.history import words_diff


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Forty pilots left.", "Forty-two pilots left.", "[-Forty-]{+Forty-two+} pilots left."),
        ("", "They left.", "{+They left.+}"),
        ("They left.", "", "[-They left.-]"),
        ("one two", "one two", "one two"),
    ],
)
def test_words_are_marked(old, new, shown):
    assert words_diff(old, new) == shown


_WORDS = st.lists(st.sampled_from("a b, c. D’e 10,000 f-g".split()), max_size=12).map(" ".join)


@given(_WORDS, _WORDS)
def test_both_texts_can_be_read_out_of_it(old, new):
    import re

    shown = words_diff(old, new)
    if "…" not in shown:
        assert re.sub(r"\{\+.*?\+\}", "", shown).replace("[-", "").replace("-]", "") == old
        assert re.sub(r"\[-.*?-\]", "", shown).replace("{+", "").replace("+}", "") == new


def test_what_is_far_from_a_change_is_left_out():
    words = " ".join(f"word{n}" for n in range(100))
    shown = words_diff(words, words.replace("word50", "other"))
    assert "[-word50-]{+other+}" in shown and "word49" in shown and "word51" in shown
    assert "word1 " not in shown and "word99" not in shown and shown.count("…") == 2


def test_a_brief_with_an_edit(cli, sampled):
    (brief_id,) = sampled.query("SELECT brief_id FROM briefs WHERE revision = 2")[0]
    out = cli("history", brief_id, data=sampled.path).stdout
    lines = out.splitlines()
    assert lines[0] == "Harbor Pilots Walk Out in Port Vessa"
    assert "revision 1, first seen 2025-04-01 01:00:00 UTC" in lines
    assert "revision 2, seen 2025-04-02 00:00:00 UTC" in lines
    assert any("walkout.txt (capture " in line for line in lines)
    assert "[-Forty-]{+Forty-two+} harbor pilots" in out
    assert "development reworded" in out and "\x1b[" not in out


def test_no_such_brief(cli, sampled):
    assert "no brief has the id 'x'" in cli("history", "x", data=sampled.path, status=1).stderr


class TestSearch:
    def test_text(self, cli, sampled):
        out = cli("search", "Su-35", data=sampled.path).stdout
        assert "Tugs Return to Port Vessa" in out and "Su-35 fighters" in out
        assert "development " in out and "\x1b[" not in out

    def test_json_and_limits(self, cli, sampled):
        def found(*more):
            out = cli("search", "pilots", "--format", "json", *more, data=sampled.path).stdout
            return json.loads(out)

        assert len(found("--limit", "1")) == 1
        assert {row["publisher"] for row in found("--publisher", "fdd")} == {"fdd"}
        days = [row["published_on"] for row in found("--since", "2025-03-01", "--limit", "99")]
        assert days and min(days) >= "2025-03-01"
        scores = [row["score"] for row in found("--limit", "99")]
        assert scores == sorted(scores, reverse=True)

    def test_a_quoted_argument_is_a_phrase(self, cli, sampled):
        out = cli("search", "pilots of the Osk", "guild", data=sampled.path).stdout
        assert "Who Steers the Osk" in out and "Harbor Pilots Walk Out" not in out

    def test_one_argument_may_hold_all_words(self, cli, sampled):
        out = cli("search", "grain bulk wheat", data=sampled.path).stdout
        assert "Harbor Pilots Walk Out" in out
        assert cli("search", '"grain bulk"', data=sampled.path, status=1).stdout == ""

    def test_nothing(self, cli, sampled):
        refused = cli("search", "qwxyz", data=sampled.path, status=1)
        assert "nothing is found" in refused.stderr
