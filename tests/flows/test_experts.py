"""``briefhouse experts``: lists, doubts, and decisions that hold from the next run on."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def root(cli, tmp_path, draft):
    """A root with one person under two given names, as the command line makes it."""
    (tmp_path / "in").mkdir()
    for nth, name in enumerate(("Bill Tregear", "William Tregear", "Ida Brook")):
        brief = draft(
            title=f"Brief {nth} of the Harbor",
            experts=[(f"So it is, said number {nth} of them.", name, "Fellow")],
        )
        (tmp_path / "in" / f"{nth}.txt").write_bytes(brief.text())
    cli("ingest", tmp_path / "in", data=tmp_path / "data")
    return tmp_path


def _names(cli, root):
    out = cli("sql", "SELECT name FROM experts ORDER BY name", "--format", "json",
              data=root / "data").stdout  # fmt: skip
    return [row["name"] for row in json.loads(out)]


def test_lists_doubts_and_decides(cli, root):
    data, file = root / "data", root / "experts.toml"
    env = {"BRIEFHOUSE_EXPERTS": str(file)}
    listed = cli("experts", data=data).stdout
    assert listed.count("1 statement\n") + listed.count("1 statement,") == 3
    one = cli("experts", "tregear", data=data).stdout
    assert "Bill Tregear" in one and "William Tregear" in one and "Ida" not in one
    assert "Fellow" in one
    assert "no expert is named" in cli("experts", "Nobody", data=data, status=1).stderr
    assert (
        "fdd: Bill Tregear  ?  fdd: William Tregear"
        in cli("experts", "review", data=data, env=env).stdout
    )

    merged = cli("experts", "merge", "Bill Tregear", "fdd: William Tregear", "--reason",
                 "His page says so.", data=data, env=env)  # fmt: skip
    assert str(file) in merged.stdout
    assert "His page says so." in file.read_text()
    assert "No pair is uncertain." in cli("experts", "review", data=data, env=env).stdout
    # a run without other news publishes what was decided, once
    assert "Published" in cli("ingest", root / "in", data=data, env=env).stdout
    assert len(_names(cli, root)) == 2
    assert "Nothing new" in cli("ingest", root / "in", data=data, env=env).stdout

    refused = cli("experts", "split", "Bill Tregear", "William Tregear", "--reason", "No.",
                  data=data, env=env, status=2)  # fmt: skip
    assert "one person by" in refused.stderr
    refused = cli("experts", "merge", "Bill Tregear", "Carl Nobody", "--reason", "x",
                  data=data, env=env, status=2)  # fmt: skip
    assert "nobody is printed as 'Carl Nobody'" in refused.stderr


def test_a_file_that_can_not_be_used_stops_a_run_before_it_begins(cli, root):
    (root / "experts.toml").write_text("[[merge]]\npeople = 1\n")
    env = {"BRIEFHOUSE_EXPERTS": str(root / "experts.toml")}
    refused = cli("ingest", root / "in", data=root / "data", env=env, status=2)
    assert "experts.toml: [[merge]] number 1" in refused.stderr


def test_a_lost_file_of_decisions_parts_nobody_without_a_word(cli, root):
    data, file = root / "data", root / "experts.toml"
    env = {"BRIEFHOUSE_EXPERTS": str(file)}
    cli("experts", "merge", "Bill Tregear", "William Tregear", "--reason", "His page says so.",
        data=data, env=env)  # fmt: skip
    cli("ingest", root / "in", data=data, env=env)
    text = file.read_text()
    file.unlink()
    refused = cli("ingest", root / "in", data=data, env=env, status=2)
    assert str(file) in refused.stderr and "BRIEFHOUSE_EXPERTS" in refused.stderr
    assert len(_names(cli, root)) == 2
    file.write_text(text)
    assert "Nothing new" in cli("ingest", root / "in", data=data, env=env).stdout
    file.write_text("")  # nothing is decided any more, and said so
    cli("ingest", root / "in", data=data, env=env)
    assert len(_names(cli, root)) == 3


def test_what_contradicts_by_the_names_is_refused_or_else_listed(cli, tmp_path, draft):
    data, file = tmp_path / "data", tmp_path / "experts.toml"
    env = {"BRIEFHOUSE_EXPERTS": str(file)}
    (tmp_path / "in").mkdir()
    for nth, name in enumerate(("Wendell Orsk", "Wendell P. Orsk", "W. Orsk")):
        experts = [(f"So it is, said number {nth} of them.", name, "Fellow")]
        brief = draft(title=f"Brief {nth} of the Harbor", experts=experts)
        (tmp_path / "in" / f"{nth}.txt").write_bytes(brief.text())
    cli("ingest", tmp_path / "in", data=data)

    def decide(kind, *names, status=0):
        return cli("experts", kind, *names, "--reason", "So.", data=data, env=env, status=status)

    assert "each once" in decide("merge", "W. Orsk", "w. orsk", status=2).stderr
    decide("split", "Wendell P. Orsk", "W. Orsk")
    written = file.read_text()
    assert "says so already" in decide("split", "W. Orsk", "Wendell P. Orsk").stdout
    refused = decide("merge", "Wendell Orsk", "W. Orsk", status=2).stderr
    assert "[[merge]] number 1" in refused and "[[split]] number 1" in refused
    assert "Wendell P. Orsk is one with these" in refused
    assert file.read_text() == written

    # written by hand, or before the form that makes it one was printed
    file.write_text(
        written
        + """
[[merge]]
people = [{publisher = "fdd", name = "Wendell Orsk"}, {publisher = "fdd", name = "W. Orsk"}]
reason = "By hand."
date = 2025-03-01
"""
    )
    reviewed = cli("experts", "review", data=data, env=env).stdout
    assert reviewed.startswith("contradiction: [[merge]] number 1 of 2025-03-01 (By hand.)")
    assert "says so already" in decide("merge", "W. Orsk", "Wendell Orsk").stdout
    cli("ingest", tmp_path / "in", data=data, env=env)
    assert _names(cli, tmp_path) in (["W. Orsk", "Wendell Orsk"], ["W. Orsk", "Wendell P. Orsk"])
