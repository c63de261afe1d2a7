"""Every question of the cookbook is answered, in any client, by a night of the samples."""

from __future__ import annotations

import re

import duckdb
import pytest

from docs.generate import HERE

_PAGE = (HERE / "cookbook.md").read_text("utf-8")
QUESTIONS = dict(re.findall(r"^## ([^\n]+)\n\n```sql\n(.+?)```", _PAGE, re.M | re.S))


def test_there_are_fifteen_of_them():
    assert len(QUESTIONS) == 15


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_has_an_answer(sampled, question):
    rows = sampled.query(QUESTIONS[question])
    assert rows, question
    assert any(value is not None for value in rows[0])


def test_one_attaches_the_night_and_asks_the_same(sampled, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with duckdb.connect() as client:
        path = str(sampled.night_path / "warehouse.duckdb").replace("'", "''")
        client.execute(f"ATTACH '{path}' AS night (READ_ONLY)")
        client.execute("USE night")
        for query in QUESTIONS.values():
            assert client.execute(query).fetchone()


def test_what_the_answers_say(sampled):
    """The walkout was edited, the Osk cited by two, Lindqvist rose from analyst to director."""
    assert sampled.query(QUESTIONS["Where is the Su-35 mentioned?"])[0][2] == "development"
    timeline = sampled.query(QUESTIONS["What has one expert said, in order?"])
    roles = [role for day, role, _, title in timeline if "Osk" in title or "Vessa" in title]
    assert roles == ["Director, Ports Program", "Senior Fellow", "Research Analyst"]
    (then,) = sampled.query(QUESTIONS["How did a brief read on a day?"])
    assert then[0] == 1 and "Forty harbor" in then[3]
    (edit,) = sampled.query(QUESTIONS["What was edited after it was published?"])
    assert edit[3:5] == ("development", "reworded")
    new = sampled.query(QUESTIONS["What is new since the last run?"])
    # it came and was edited since: to whoever looks in the morning it is new
    assert ("new", "Harbor Pilots Walk Out in Port Vessa") in [(r[0], r[3]) for r in new]
