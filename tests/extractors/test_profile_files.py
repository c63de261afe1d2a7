"""Profile files: those that ship parse, and a wrong one says what is wrong with it."""

from __future__ import annotations

from importlib.resources import files

import pytest

from extractors.profile import ProfileError
from extractors.profile_file import parse_profiles, shipped

SHIPPED = [f for f in files("extractors.profiles").iterdir() if f.name.endswith(".toml")]
GOOD = 'name = "x"\nversion = 1\n'


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_shipped(file) -> None:
    profile = parse_profiles(file.read_text("utf-8"), origin=file.name)[0]
    assert f"{profile.name}.toml" == file.name and profile.version >= 1
    headings = [heading for rule in profile.sections for heading in rule.headings]
    assert len(headings) == len(set(headings)), "one heading opens two sections"
    if profile.publisher:
        assert profile.hosts


def test_order() -> None:
    assert [p for p in shipped().known if p.publisher is None] == [shipped().generic]
    hosts = [host for profile in shipped().of_publishers() for host in profile.hosts]
    assert len(hosts) == len(set(hosts))


def test_hosts() -> None:
    (own,) = parse_profiles(GOOD + '[recognise]\nhosts = ["www.x.example"]')
    assert own.serves("x.example") and own.serves("news.x.example")
    fdd = next(profile for profile in shipped().known if profile.name == "fdd")
    assert fdd.serves("fdd.org") and fdd.serves("www.fdd.org")
    assert not fdd.serves("notfdd.org") and not fdd.serves("fdd.org.example")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("name = ", "not valid TOML"),
        ("version = 1", "`name` (a string) is missing"),
        ('name = "x"', "`version` (a whole number) is missing"),
        ('name = "x"\nversion = "1"', "`version` must be a whole number"),
        (GOOD + "hosts = []", "unknown key 'hosts'; the keys are "),
        (GOOD + "[recognise]\nhost = []", "[recognise]: unknown key 'host'; the keys are "),
        (GOOD + "[page]\ncontent = []", "[page]: unknown key 'content'; the keys are "),
        (GOOD + '[page]\narticle = "main"', "[page]: `article` must be a list of strings"),
        (GOOD + '[recognise]\nsignatures = [["sign"]]', "signature 'sign' is none of "),
        (GOOD + '[[section]]\nname = "news"\nshape = "prose"', "`name` 'news' is none of "),
        (GOOD + '[[section]]\nname = "lead"\nshape = "round"', "`shape` 'round' is none of "),
        (GOOD + '[[section]]\nname = "lead"', "`shape` is missing; it is one of labelled, "),
        (GOOD + '[recognise]\nhosts = ["https://x.example/"]', "'https://x.example/' is no domain"),
        (GOOD + "[[section]]\nheading = []", "[[section]]: unknown key 'heading'"),
        (GOOD + "[section]", "write [[section]], one for each"),
        (GOOD + 'valid_from = "2025"', "`valid_from` must be a date"),
        (GOOD + "[patterns]\nboilerplate = ['(']", "'(' is no regular expression"),
        (GOOD + 'timezone = "Mars/North"', "timezone 'Mars/North' is not known"),
    ],
)
def test_errors_name_file_and_mend(source: str, says: str) -> None:
    with pytest.raises(ProfileError) as error:
        parse_profiles(source, origin="x.toml")
    assert str(error.value).startswith("x.toml: ") and says in str(error.value)
