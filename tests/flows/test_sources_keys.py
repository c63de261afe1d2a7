"""``sources.toml``: every key, the lines of what is wrong, and secrets that stay out of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from flows.sources.credentials import Credentials, MissingVariable
from flows.sources.declare import SourcesError, load_sources, select
from flows.sources.keys import KEYS
from flows.sources.selection import Selection


@pytest.fixture
def load(tmp_path):
    def load(text):
        path = tmp_path / "sources.toml"
        path.write_text(text, "utf-8")
        return load_sources(path)

    return load


@pytest.fixture
def wrong(load):
    """Return the (line, message) of everything that is wrong with a file."""

    def wrong(text):
        with pytest.raises(SourcesError) as caught:
            load(text)
        lines = str(caught.value).splitlines()
        return [(int(line.split(":")[1]), line.partition(": ")[2]) for line in lines]

    return wrong


FEED = '[[source]]\nname = "tank"\nkind = "feed"\nurl = "https://tank.example/feed"\n'


def test_every_key_has_its_place(load):
    (found,) = load(
        FEED
        + """
        urls = ["https://tank.example/feed", "https://tank.example/other"]
        publisher = "Tank"
        include = ["/briefs/*"]
        exclude = "*/events/*"
        since = 2020-01-31
        until = "2024-12-31"
        pages = 3
        content = "feed"
        max_entries = 50
        delay = 2.5
        every = "12h"
        user = "${TANK_USER}"
        password = "${TANK_PASSWORD}"
        token = "${TANK_TOKEN}"
        proxy = "${TANK_PROXY}"
        enabled = false
        [source.headers]
        X-Key = "Key ${TANK_KEY}"
        Accept-Language = "en"
        """
    )
    assert found.locations == ("https://tank.example/feed", "https://tank.example/other")
    assert found.selection == Selection(
        ("/briefs/*",), ("*/events/*",), date(2020, 1, 31), date(2024, 12, 31)
    )
    assert (found.publisher, found.pages, found.content) == ("Tank", 3, "feed")
    assert (found.max_entries, found.delay, found.every) == (50, 2.5, timedelta(hours=12))
    assert not found.enabled
    environment = {f"TANK_{name}": name.lower() for name in "USER PASSWORD TOKEN PROXY KEY".split()}
    assert found.credentials.resolve(environment) == Credentials(
        (("X-Key", "Key key"), ("Accept-Language", "en")), "user", "password", "token", "proxy"
    )


def test_what_is_not_said_has_a_default(load):
    (found,) = load(FEED)
    assert (found.pages, found.content, found.enabled) == (10, "page", True)
    assert found.max_entries is found.delay is found.every is found.publisher is None
    assert found.selection == Selection()
    assert found.credentials == Credentials()


def test_lists_of_pages_may_be_files(load, tmp_path):
    (found,) = load(
        '[[source]]\nname = "a"\nkind = "pages"\nurl = "https://tank.example/1"\npath = "list.txt"'
    )
    assert found.locations == ("https://tank.example/1", str(tmp_path / "list.txt"))


def test_a_variable_that_is_not_set_is_named_and_no_secret_is_shown(load):
    (found,) = load(FEED + 'token = "${TANK_TOKEN}"\n')
    with pytest.raises(MissingVariable, match="TANK_TOKEN"):
        found.credentials.resolve({"TANK_TOKEN": ""})
    assert "s3cret" not in repr(found)


def test_everything_that_is_wrong_is_told_at_once_with_its_line(wrong):
    found = wrong(
        "# a file\n"
        "[[source]]\n"
        'name = "one"\n'
        'kind = "feed"\n'
        'include = [\n  "a = b",\n  "[[source]]",\n]\n'  # 5 to 8
        'ulr = "https://tank.example/"\n'  # 9
        'since = "last week"\n'  # 10
        "\n"
        "[[source]]\n"  # 12
        'kind = "folder"\n'
        'path = """\na\n"""\n'  # 14 to 16
        "pages = 0\n"  # 17
        "[[source]]\n"
        'name = "three"\n'
        'kind = "listing"\n'
        'url = "tank.example"\n'  # 21
        'enabled = "no"\n'  # 22
        "[source.headers]\n"  # 23
        'Authorization = "Bearer abc"\n'
    )
    assert [line for line, _ in found] == [2, 9, 10, 12, 17, 21, 22, 23]
    told = dict(found)
    assert "a feed needs `url`" in told[2]
    assert "unknown key 'ulr'; did you mean `url`?" in told[9]
    assert "a day such as" in told[10]
    assert "source 2 (without a name): `name` is missing" in told[12]
    assert "a folder has no `pages`; its keys are" in told[17]
    assert "http://" in told[21]
    assert "true or false" in told[22]
    assert "${NAME}" in told[23]
    assert "abc" not in told[23]  # what may be a secret is not repeated


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ('token = "abc123"', "must come from the environment"),
        ('password = "hunter2"', "must come from the environment"),
        ('proxy = "http://me:pw@proxy.example:3128"', "must come from the environment"),
        ('headers = { X-Key = "abc" }', "must come from the environment"),
        ('headers = { Cookie = "a=b" }', "must come from the environment"),
        ('headers = { User-Agent = "Mozilla" }', "can't set 'User-Agent'"),
        ('headers = { Host = "x" }', "can't set 'Host'"),
        ('headers = { "X Y" = "${A}" }', "can't set 'X Y'"),
        ('headers = { X = "${A}\\nEvil: 1" }', "one line"),
        ('headers = "X-Key"', "a table"),
        ("pages = 0", "1 or more"),
        ("pages = true", "1 or more"),
        ("max_entries = 1.5", "1 or more"),
        ("delay = -1", "number of seconds"),
        ('delay = "1"', "number of seconds"),
        ('every = "daily"', '"12h"'),
        ('every = "0h"', '"12h"'),
        ('content = "full"', 'neither "page" nor "feed"'),
        ("since = 2020-01-01T10:00:00", "a day"),
        ("include = []", "list of strings"),
        ("include = 5", "list of strings"),
        ("publisher = ''", "not empty"),
        ("schedule = 'daily'", "unknown key"),
    ],
)
def test_values_that_can_t_be(wrong, line, part):
    ((number, message),) = wrong(FEED + line)
    assert (number, part in message) == (5, True), message
    assert not any(secret in message for secret in ("abc123", "hunter2", "me:pw"))


def test_sources_that_are_not_enabled_are_asked_by_name_only(load):
    sources = load(FEED + "enabled = false\n" + FEED.replace("tank", "two"))
    assert [s.name for s in select(sources, [])] == ["two"]
    assert [s.name for s in select(sources, ["tank"])] == ["tank"]


def test_every_key_belongs_to_a_kind():
    assert all(key.kinds and key.doc for key in KEYS.values())
