"""``sources.toml``: what is valid, and messages that name the file, the source and the mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.sources.declare import SourcesError, given_sources, load_sources, select


@pytest.fixture
def declared(tmp_path):
    """Write a sources file and load it."""

    def load(text):
        path = tmp_path / "conf" / "sources.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        return load_sources(path)

    return load


def test_every_kind(declared, tmp_path):
    found = declared(
        """
        [[source]]
        name = "inbox"
        kind = "folder"
        path = "../inbox"

        [[source]]
        name = "archive"
        kind = "folder"
        paths = ["/srv/archive", "~/more"]

        [[source]]
        name = "tank"
        kind = "feed"
        url = "https://tank.example/feed/"

        [[source]]
        name = "three pages"
        kind = "pages"
        url = "https://tank.example/1"
        urls = ["https://tank.example/2", "https://tank.example/3"]
        """
    )
    assert [(source.name, source.kind) for source in found] == [
        ("inbox", "folder"), ("archive", "folder"), ("tank", "feed"), ("three pages", "pages"),
    ]  # fmt: skip
    assert Path(found[0].locations[0]).resolve() == tmp_path / "inbox"
    assert found[1].locations == ("/srv/archive", str(Path.home() / "more"))
    assert len(found[3].locations) == 3


def test_paths_are_relative_to_the_file_not_to_where_one_stands(declared, tmp_path, monkeypatch):
    monkeypatch.chdir("/")
    (found,) = declared('[[source]]\nname = "a"\nkind = "folder"\npath = "box"')
    assert found.locations == (str(tmp_path / "conf" / "box"),)


def test_a_relative_sources_file_gives_absolute_paths(tmp_path, monkeypatch):
    (tmp_path / "s.toml").write_text('[[source]]\nname = "a"\nkind = "folder"\npath = "box"')
    monkeypatch.chdir(tmp_path)
    assert load_sources(Path("s.toml"))[0].locations == (str(tmp_path / "box"),)


def test_an_empty_file_declares_nothing(declared):
    assert declared("") == []
    assert declared("# later\n") == []


def test_the_file_of_the_project_is_valid(samples):
    (found, *_) = load_sources(samples.parent / "sources.toml")
    assert found.locations == (str(samples),)


GOOD = '[[source]]\nname = "good"\nkind = "folder"\npath = "x"\n'


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[[source]\n", ["not valid TOML"]),
        ("sources = 1", ["unknown key 'sources'", "[[source]]"]),
        ("[[sources]]\nname = 'a'", ["unknown key 'sources'", "[[source]]"]),
        ("[source]\nname = 'a'\nkind = 'folder'\npath = 'x'", ["[[source]]"]),
        ("source = 'a'", ["[[source]]"]),
        ("source = ['a']", ["[[source]]"]),
        (GOOD + "[[source]]\nkind = 'folder'\npath = 'x'", ["source 2", "`name` is missing"]),
        ("[[source]]\nname = ''\nkind = 'folder'\npath = 'x'", ["source 1", "`name` must be"]),
        ("[[source]]\nname = 5\nkind = 'folder'\npath = 'x'", ["source 1", "`name`"]),
        ("[[source]]\nname = 'tank'\npath = 'x'", ["tank", "kind", "feed, folder, pages"]),
        ("[[source]]\nname = 'tank'\nkind = 'rss'\nurl = 'x'", ["tank", "'rss'", "feed"]),
        ("[[source]]\nname = 'tank'\nkind = ['feed']\nurl = 'x'", ["tank", "kind"]),
        ("[[source]]\nname = 'tank'\nkind = 'feed'", ["tank", "a feed needs `url`"]),
        ("[[source]]\nname = 'tank'\nkind = 'feed'\npath = 'x'", ["tank", "needs `url`"]),
        ("[[source]]\nname = 'box'\nkind = 'folder'\nurl = 'x'", ["box", "needs `path`"]),
        ("[[source]]\nname = 'box'\nkind = 'folder'\npath = 5", ["box", "`path`"]),
        ("[[source]]\nname = 'box'\nkind = 'folder'\npaths = 'abc'", ["box", "`paths`"]),
        ("[[source]]\nname = 'box'\nkind = 'folder'\npaths = ['a', 5]", ["box", "`paths`"]),
        ("[[source]]\nname = 'tank'\nkind = 'feed'\nurls = 5", ["tank", "`urls`"]),
        ("[[source]]\nname = 'tank'\nkind = 'feed'\nurl = 'tank.example/feed'", ["tank", "http"]),
        ("[[source]]\nname = 'tank'\nkind = 'feed'\nulr = 'x'", ["tank", "'ulr'", "url"]),
        (GOOD + GOOD, ["'good'", "differ"]),
    ],
)
def test_each_mistake_is_named_with_its_place(declared, tmp_path, text, parts):
    with pytest.raises(SourcesError) as caught:
        declared(text)
    message = str(caught.value)
    assert str(tmp_path / "conf" / "sources.toml") in message
    for part in parts:
        assert part in message, message


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(SourcesError, match="no sources file") as caught:
        load_sources(tmp_path / "none.toml")
    assert "--sources" in str(caught.value)


@pytest.mark.parametrize("make", ["folder", "latin-1"])
def test_a_file_that_can_t_be_read(tmp_path, make):
    path = tmp_path / "sources.toml"
    if make == "folder":
        path.mkdir()
    else:
        path.write_bytes("# Müller".encode("latin-1"))
    with pytest.raises(SourcesError, match=str(path)):
        load_sources(path)


def test_a_source_is_chosen_by_name(declared):
    sources = declared(GOOD + GOOD.replace("good", "other"))
    assert [s.name for s in select(sources, ["other"])] == ["other"]
    assert [s.name for s in select(sources, ["other", "good"])] == ["other", "good"]
    assert select(sources, []) == sources
    with pytest.raises(SourcesError, match="no source is named 'none'; there are good, other"):
        select(sources, ["none"])


def test_what_is_given_on_the_command_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = given_sources(["box", "HTTPS://tank.example/x", "~/y", "box"])
    assert [(s.kind, s.location) for s in found] == [
        ("folder", str(tmp_path / "box")),
        ("pages", "HTTPS://tank.example/x"),
        ("folder", str(Path.home() / "y")),
    ]


def test_a_broken_address_is_left_to_its_source(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (found,) = given_sources(["http://[broken"])
    assert found.kind in ("folder", "pages")  # which then tells what is wrong with it


@pytest.mark.slow
def test_nightly_asks_every_source_or_the_chosen_ones(cli, site, draft, tmp_path):
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "a.txt").write_bytes(draft().text())
    page = site.put("/1", draft(title="Mills Close").html())
    feed = site.feed("/feed", page)
    (tmp_path / "sources.toml").write_text(
        f"""
        [[source]]
        name = "inbox"
        kind = "folder"
        path = "box"

        [[source]]
        name = "tank"
        kind = "feed"
        url = "{feed}"
        """
    )
    data = tmp_path / "data"
    given = ("nightly", "--sources", tmp_path / "sources.toml")
    done = cli(*given, "--source", "inbox", data=data)
    assert done.stdout.startswith("1 documents: 1 new\n")
    assert site.asked == []
    done = cli(*given, data=data)
    assert done.stdout.startswith("2 documents: 1 new, 1 unchanged\n")
    rows = cli(
        "sql", "SELECT source, kind FROM sources ORDER BY source", "--format", "csv", data=data
    )
    assert rows.stdout.splitlines()[1:] == ["inbox,folder", "tank,feed"]
    refused = cli(*given, "--source", "none", data=data, status=2)
    assert "inbox, tank" in refused.stderr
