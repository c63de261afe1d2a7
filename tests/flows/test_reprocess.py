"""``reprocess``: what today's code reads otherwise is shown before it is published, or refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extractors import profiles
from warehouse.compare import differences
from warehouse.root import DataRoot

FDD = (Path(profiles.__path__[0]) / "fdd.toml").read_text("utf-8")


def _profile(folder, **replaced):
    """Write a later version of the profile; its folder is what BRIEFHOUSE_PROFILES names."""
    folder.mkdir()
    text = FDD.replace("version = 1\n", "version = 2\n")
    for old, new in replaced.items():
        assert replaced[old]
        text = text.replace(old.replace("_", " "), new)
    (folder / "fdd.toml").write_text(text, "utf-8")
    return {"BRIEFHOUSE_PROFILES": str(folder)}


@pytest.fixture(scope="module")
def nights(new_warehouse, tmp_path_factory, draft, page, clock):
    """Two briefs, one of them edited, and a page of another publisher."""
    made = new_warehouse(tmp_path_factory.mktemp("nights") / "data")
    url = "https://www.fdd.org/walkout"
    other = b"<html><body><article><h1>Ferries</h1><p>Four ferries ran.</p></article></body></html>"
    made.merge(
        page(url, draft().html(), clock(1)),
        page("https://www.fdd.org/mills", draft(title="Mills Close").html(), clock(1, 1)),
        page("https://ferries.example/", other, clock(1, 2)),
    )
    made.night(page(url, draft().reworded(0, "Forty", "Fifty").html(), clock(2)))
    return made


@pytest.fixture
def copy(nights, tmp_path):
    return DataRoot(shutil.copytree(nights.path, tmp_path / "data", symlinks=True))


def test_a_profile_that_is_not_there_is_a_slip_and_those_there_are_named(copy, cli):
    done = cli("reprocess", "--profile", "nosuch", data=copy.path, status=2)
    assert "no profile 'nosuch'; there are atlantic-council, " in done.stderr
    assert ", fdd, generic, " in done.stderr
    assert done.stdout == ""


def test_the_same_code_changes_nothing(nights, copy, cli):
    done = cli("reprocess", data=copy.path)
    assert "4 stored pages were read anew." in done.stdout
    assert "fdd: 2 briefs, 0 changed, 0 lost a value" in done.stdout
    assert "Today's code reads the same; nothing to publish." in done.stdout
    assert copy.current.readlink() == nights.root.current.readlink()
    assert differences(nights.root, copy) == []


def test_a_loss_is_shown_and_refused_until_it_is_accepted(
    nights, copy, cli, new_warehouse, tmp_path
):
    env = _profile(tmp_path / "mine", Latest_Developments="Nobody's Heading")
    done = cli("reprocess", data=copy.path, env=env, status=3)
    assert "fdd: 2 briefs, 2 changed, 2 lost a value" in done.stdout
    assert "  developments: 6 rows removed" in done.stdout
    assert "Nothing was changed: too many briefs of fdd lose a value" in done.stdout
    assert copy.current.readlink() == nights.root.current.readlink()
    assert differences(nights.root, copy) == []

    done = cli("reprocess", "--accept", data=copy.path, env=env)
    assert "Published: " in done.stdout
    warehouse = new_warehouse(copy.path)
    assert warehouse.value("SELECT count(*) FROM developments") == 0
    assert warehouse.value("SELECT count(*) FROM statements") == nights.value(
        "SELECT count(*) FROM statements"
    )
    # no edit by the publisher: the history of the pages is what it was
    history = "SELECT brief_id, revision, valid_from, valid_to FROM briefs_history ORDER BY ALL"
    assert warehouse.query(history) == nights.query(history)
    revisions = "SELECT brief_id, revision, seen_at, capture_id FROM revisions ORDER BY ALL"
    assert warehouse.query(revisions) == nights.query(revisions)
    attempts = "SELECT * FROM attempts ORDER BY ALL"
    assert warehouse.query(attempts) == nights.query(attempts)
    # the books say what was done, by which version
    assert warehouse.query("SELECT DISTINCT profile_version FROM briefs WHERE profile = 'fdd'") == [
        (2,)
    ]
    assert warehouse.query(
        "SELECT profile_versions, briefs, briefs_changed, briefs_with_loss FROM reextracted "
        "WHERE publisher = 'fdd'"
    ) == [(["fdd/2"], 2, 2, 2)]
    # and a rebuild by the same code gives the same
    assert "Equal: " in cli("rebuild", "--check", data=copy.path, env=env).stdout


def test_pages_that_give_no_brief_any_more_say_why(copy, cli, tmp_path):
    env = _profile(tmp_path / "mine", **{'".sharedaddy"': '"*"'})  # the article is dropped whole
    said = cli("reprocess", data=copy.path, env=env, status=3).stdout
    assert "Pages that give no brief any more (no-text): 3, such as https://www.fdd.org/" in said


def test_a_gain_is_published_at_once_with_each_field_that_changed(
    copy, cli, new_warehouse, tmp_path
):
    worse = _profile(tmp_path / "worse", Latest_Developments="Nobody's Heading")
    cli("reprocess", "--accept", data=copy.path, env=worse)
    done = cli("reprocess", "--profile", "fdd", data=copy.path)
    assert "  developments: 6 rows added" in done.stdout
    assert "0 lost a value" in done.stdout
    assert "Published: " in done.stdout
    assert new_warehouse(copy.path).value("SELECT count(*) FROM developments") == 6


def test_a_dry_run_changes_nothing(nights, copy, cli, tmp_path):
    env = _profile(tmp_path / "mine", FDD_Expert_Response="Nobody's Heading")
    done = cli("reprocess", "--dry-run", "--accept", data=copy.path, env=env)
    assert "statements: 4 rows removed" in done.stdout
    assert "Nothing was changed: --dry-run." in done.stdout
    assert differences(nights.root, copy) == []


def test_a_new_profile_takes_what_another_had_read(copy, cli, new_warehouse, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "ferries.toml").write_text(
        'name = "ferries"\npublisher = "ferries"\nversion = 1\nvalid_from = 2020-01-01\n'
        '[recognise]\nhosts = ["ferries.example"]\n[page]\narticle = ["article"]\n'
        '[[section]]\nname = "developments"\nheadings = ["Latest"]\nshape = "labelled"\n'
    )
    env = {"BRIEFHOUSE_PROFILES": str(folder)}
    done = cli("reprocess", "--profile", "ferries", data=copy.path, env=env)
    assert "ferries: 1 brief, 1 changed, 0 lost a value" in done.stdout
    assert "  briefs.publisher: 1 changed" in done.stdout
    assert "fdd" not in done.stdout.split("Published")[0]
    assert new_warehouse(copy.path).query(
        "SELECT publisher, count(*) FROM briefs GROUP BY ALL ORDER BY ALL"
    ) == [("fdd", 2), ("ferries", 1)]


def test_other_ids_are_told_and_refused_until_they_are_accepted(
    nights, copy, cli, new_warehouse, tmp_path
):
    """Another name for the publisher loses no value; but who noted an id finds nothing by it."""
    env = _profile(tmp_path / "mine", **{'publisher = "fdd"': 'publisher = "defenders"'})
    ids = "SELECT brief_id FROM briefs WHERE publisher <> '' ORDER BY ALL"
    before = nights.query(ids)
    done = cli("reprocess", data=copy.path, env=env, status=3)
    assert "defenders: 2 briefs, 2 changed, 0 lost a value, 2 got another id" in done.stdout
    assert "  briefs.brief_id: 2 changed" in done.stdout
    assert f"    {before[0][0]}: '{before[0][0]}' -> '" in done.stdout
    assert "too many briefs of defenders get another id." in done.stdout
    assert copy.current.readlink() == nights.root.current.readlink()

    cli("reprocess", "--accept", data=copy.path, env=env)
    after = new_warehouse(copy.path)
    assert not set(after.query(ids)) & set(before)
    assert after.query("SELECT briefs_with_loss, briefs_renamed FROM reextracted "
                       "WHERE publisher = 'defenders'") == [(0, 2)]  # fmt: skip


def test_since_takes_whole_briefs_with_all_their_pages(nights, copy, cli):
    done = cli("reprocess", "--since", "2025-04-02", data=copy.path)
    assert "2 stored pages were read anew." in done.stdout  # the edit, and what it edited
    assert "fdd: 1 brief, 0 changed" in done.stdout
    assert differences(nights.root, copy) == []
