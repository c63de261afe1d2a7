"""``briefhouse profiles``, and profiles of one's own: the page for whoever writes one is true."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from extractors.profile import SHAPES, SIGNS, ProfileError
from extractors.profile_file import parse_profiles, shipped

PAGE = (Path(__file__).parents[2] / "docs" / "add-a-publisher.md").read_text("utf-8")
PROFILE = re.search(r"```toml\n(.*?)```", PAGE, re.S)[1]
NOTE = re.search(r"```html\n(.*?)```", PAGE, re.S)[1]


@pytest.fixture
def desk(tmp_path):
    """A folder with the documented example: a profile and a saved page."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "vessa.toml").write_text(PROFILE, "utf-8")
    (tmp_path / "note.html").write_text(NOTE, "utf-8")
    return tmp_path


def _lines(done):
    return [" ".join(line.split()) for line in done.stdout.splitlines()]


class TestThePage:
    def test_its_example_gives_what_it_says(self, cli, desk):
        said = _lines(cli("profiles", "test", desk / "own" / "vessa.toml", desk / "note.html"))
        shown = [block for block in PAGE.split("```")[1::2] if "Crews Cut |" in block]
        for line in shown[0].splitlines():
            if line and not line.startswith(("$", "...")):
                assert " ".join(line.split()) in said

    @pytest.mark.parametrize("table", ["", "recognise", "page", "front", "statements", "patterns"])
    def test_it_explains_every_key(self, table):
        self._explained(f"[{table}]\nno-such-key = 1" if table else "no-such-key = 1")

    def test_it_explains_every_key_of_a_section(self):
        self._explained("[[section]]\nno-such-key = 1")

    @staticmethod
    def _explained(wrong):
        with pytest.raises(ProfileError) as error:
            parse_profiles(f'name = "x"\nversion = 1\n{wrong}')
        keys = str(error.value).partition("the keys are ")[2].split(", ")
        assert len(keys) > 0
        assert [k for k in keys if f"`{k}`" not in PAGE and f"[{k}]" not in PAGE] == []

    def test_it_explains_every_shape_and_sign(self):
        assert [shape for shape in SHAPES if f"| `{shape}` |" not in PAGE] == []
        assert [sign for sign in SIGNS if f"`{sign}`" not in PAGE] == []


class TestList:
    def test_every_profile_that_ships(self, cli):
        said = _lines(cli("profiles", "list"))
        for profile in shipped().known:
            row = next(line for line in said[1:] if line.startswith(f"{profile.name} "))
            assert all(host in row for host in profile.hosts)
        assert len(said) == 1 + len(shipped().known)

    def test_ones_own_come_first(self, cli, desk):
        said = _lines(cli("profiles", "list", env={"BRIEFHOUSE_PROFILES": str(desk / "own")}))
        assert said[1].startswith("vessa 1 any day vessa-institute.example developments")


class TestShow:
    def test_the_file_as_it_ships_and_how_it_is_read(self, cli):
        out = cli("profiles", "show", "fdd").stdout
        source = (
            Path(parse_profiles.__code__.co_filename).parent / "profiles" / "fdd.toml"
        ).read_text("utf-8")
        assert out.startswith(source)
        assert "opened by: latest development, latest developments" in out
        assert parse_profiles(out) == parse_profiles(source)  # what is added is comments

    def test_ones_own(self, cli, desk):
        out = cli(
            "profiles", "show", "vessa", env={"BRIEFHOUSE_PROFILES": str(desk / "own")}
        ).stdout
        assert out.startswith(PROFILE)

    def test_an_unknown_name(self, cli):
        done = cli("profiles", "show", "atlantis", status=2)
        assert "no profile 'atlantis'; there are " in done.stderr and "fdd" in done.stderr


class TestTry:
    def test_why_it_is_not_recognised(self, cli, desk):
        (desk / "note.html").write_text(
            NOTE.replace("vessa-institute.example", "copies.example").replace(
                "Harbor Note<", "Note<"
            )
        )
        said = _lines(cli("profiles", "test", desk / "own" / "vessa.toml", desk / "note.html"))
        assert "Not recognised. Read by this profile all the same." in said
        assert (
            "host: no, the file names copies.example (the profile's: vessa-institute.example)"
            in said
        )
        assert "signature of version 1 (developments and kind): no, there is no kind" in said
        assert "statements: 1" in said  # read all the same

    def test_whose_it_would_be(self, cli, desk, samples):
        sample = samples / "fdd" / "2024-12-03-ration-cards.txt"
        said = _lines(cli("profiles", "test", desk / "own" / "vessa.toml", sample))
        assert any("it would be taken for fdd" in line for line in said)
        assert "host: the file names none (the profile's: vessa-institute.example)" in said

    def test_golden_files(self, cli, desk):
        profile, note, golden = desk / "own" / "vessa.toml", desk / "note.html", desk / "g.json"
        cli("profiles", "test", profile, note, "--golden", golden, "--write")
        assert (
            json.loads(golden.read_text("utf-8"))["statements"][0]["speaker"] == "Petra Lindqvist"
        )
        same = cli("profiles", "test", profile, note, "--golden", golden)
        assert "As in the golden file." in same.stdout
        golden.write_text(golden.read_text("utf-8").replace("Petra", "Perta"), "utf-8")
        done = cli("profiles", "test", profile, note, "--golden", golden, status=1)
        assert '-   "speaker": "Perta Lindqvist"' in done.stdout
        assert '+   "speaker": "Petra Lindqvist"' in done.stdout

    def test_golden_files_of_several_documents(self, cli, desk):
        (desk / "b.html").write_text(NOTE.replace("Ferries Stop", "Ferries Sail"), "utf-8")
        given = [
            "profiles",
            "test",
            desk / "own" / "vessa.toml",
            desk / "note.html",
            desk / "b.html",
        ]
        cli(*given, "--golden", desk / "golden", "--write")
        assert {p.name for p in (desk / "golden").iterdir()} == {"note.html.json", "b.html.json"}
        cli(*given, "--golden", desk / "golden")

    def test_shipped_samples_agree_with_their_golden_files(self, cli, samples):
        root = samples.parent
        name = "2025-02-11-harbor-agreement.html"
        done = cli(
            "profiles", "test", root / "extractors" / "profiles" / "fdd.toml",
            samples / "fdd" / name, "--golden", root / "tests" / "golden" / "fdd" / f"{name}.json",
        )  # fmt: skip
        assert "As in the golden file." in done.stdout

    def test_a_document_that_cannot_be_read_costs_itself(self, cli, desk):
        (desk / "empty.html").write_bytes(b"")
        documents = [desk / "none.html", desk / "empty.html", desk / "note.html"]
        done = cli("profiles", "test", desk / "own" / "vessa.toml", *documents, status=1)
        assert "none.html: No such file" in done.stderr and "empty.html: " in done.stderr
        assert "Traceback" not in done.stderr
        assert "statements: 1" in done.stdout

    @pytest.mark.parametrize(
        ("source", "says"),
        [
            (None, "vessa.toml: No such file"),
            ("name = ", "vessa.toml: not valid TOML"),
            (PROFILE.replace('"quotations"', '"said"'), "[[section]]: `shape` 'said' is none of"),
            (PROFILE.replace("hosts", "host"), "[recognise]: unknown key 'host'; the keys are"),
        ],
    )
    def test_a_profile_that_cannot_be_used(self, cli, desk, source, says):
        path = desk / "own" / "vessa.toml"
        path.unlink() if source is None else path.write_text(source, "utf-8")
        done = cli("profiles", "test", path, desk / "note.html", status=2)
        assert says in done.stderr
        assert "Traceback" not in done.stderr

    def test_wrong_usage(self, cli, desk):
        given = ["profiles", "test", desk / "own" / "vessa.toml", desk / "note.html"]
        assert "--golden" in cli(*given, "--write", status=2).stderr
        assert "g.json" in cli(*given, "--golden", desk / "g.json", status=2).stderr


class TestOnesOwn:
    @pytest.mark.slow
    def test_they_reach_the_processes_that_parse(self, cli, desk):
        env = {"BRIEFHOUSE_PROFILES": str(desk / "own")}
        cli("ingest", desk / "note.html", data=desk / "data", env=env)
        query = "SELECT publisher, profile, kind FROM briefs"
        (row,) = json.loads(cli("sql", query, "--format", "json", data=desk / "data").stdout)
        assert row == {"publisher": "vessa", "profile": "vessa", "kind": "Harbor Note"}

    @pytest.mark.parametrize(
        ("name", "source", "says"),
        [
            ("own/b.toml", PROFILE, "`name` 'vessa' is that of"),
            ("own/b.toml", "name = 1", "b.toml: "),
            ("elsewhere", None, "is no folder"),
        ],
    )
    def test_what_cannot_be_used_is_refused_before_anything_is_asked(
        self, cli, desk, name, source, says
    ):
        if source is not None:
            (desk / name).write_text(source, "utf-8")
        env = {"BRIEFHOUSE_PROFILES": str(desk / ("own" if source else name))}
        done = cli("ingest", desk / "note.html", data=desk / "data", env=env, status=2)
        assert says in done.stderr and "BRIEFHOUSE_PROFILES" in done.stderr
        assert "Traceback" not in done.stderr
        assert not (desk / "data").exists()

    def test_a_folder_without_profiles_changes_nothing(self, cli, desk):
        env = {"BRIEFHOUSE_PROFILES": str(desk)}
        assert cli("profiles", "list", env=env).stdout == cli("profiles", "list").stdout
