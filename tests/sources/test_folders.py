"""Folders: what is new or changed, whole, and inside."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from flows.sources.folder import collect_folder
from flows.sources.looks import Looks, Unchanged, keep_looks, load_looks
from flows.sources.model import Failure, Source
from flows.sources.selection import Selection
from warehouse.landing import Capture

OLD = time.time() - 3600


def write(path: Path, body: bytes = b"words", *, age: float = 3600) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    os.utime(path, (time.time() - age, time.time() - age))
    return path


@pytest.fixture
def box(tmp_path):
    folder = tmp_path / "box"
    folder.mkdir()
    return folder


def collect(folder: Path, selection=None, **options):
    source = Source("box", "folder", (str(folder),), selection=selection or Selection())
    return list(collect_folder(source, **options))


def names(found, folder: Path) -> list[str]:
    return [item.uri.removeprefix(f"{folder}/") for item in found if isinstance(item, Capture)]


def test_files_at_any_depth_in_a_fixed_order(box):
    for name in ("b.txt", "a/z.txt", "a/b/c/d.html", ".hidden", ".git/x", "a/.x/y"):
        write(box / name)
    assert names(collect(box), box) == ["b.txt", "a/z.txt", "a/b/c/d.html"]


def test_patterns_choose(box):
    for name in ("b.txt", "b.html", "drafts/c.html", "2025/d.html", "2025/d.pdf"):
        write(box / name)
    selection = Selection(("*.html", "2025/*"), ("drafts/*",))
    assert names(collect(box, selection), box) == ["b.html", "2025/d.html", "2025/d.pdf"]


def test_names_of_what_is_not_finished_are_left_out(box):
    for name in ("a.txt.part", "b.crdownload", "c.tmp", "d.txt~", "e.partial", "f.txt"):
        write(box / name)
    assert names(collect(box), box) == ["f.txt"]


class Growing:
    """A pause in which somebody goes on writing."""

    def __init__(self, *paths: Path) -> None:
        self.paths = paths
        self.pauses: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.pauses.append(seconds)
        for path in self.paths:
            with path.open("ab") as file:
                file.write(b" more")


def test_a_file_that_is_being_written_is_left_for_the_next_run(box):
    growing, done = write(box / "a.txt", age=0), write(box / "b.txt", age=0)
    write(box / "c.txt")
    pause = Growing(growing)
    found = collect(box, sleep=pause)
    assert names(found, box) == ["c.txt", "b.txt"]  # the old ones first
    (failure,) = [item for item in found if isinstance(item, Failure)]
    assert (failure.uri, failure.reason, failure.whole) == (str(growing), "unfinished", False)
    assert names(collect(box, sleep=Growing()), box) == ["c.txt", "a.txt", "b.txt"]
    assert done.read_bytes() == b"words"


def test_nobody_waits_where_all_is_old(box):
    write(box / "a.txt")
    pause = Growing()
    collect(box, sleep=pause)
    assert pause.pauses == []
    write(box / "b.txt", age=0)
    collect(box, settle=0, sleep=pause)
    assert pause.pauses == []


def test_a_file_that_is_named_itself_is_read_at_once(box):
    path = write(box / "a.txt.part", age=0)
    pause = Growing(path)
    (found,) = collect(path, sleep=pause)
    assert (found.body, pause.pauses) == (b"words", [])


def test_a_link_out_of_the_folder_is_refused(box, tmp_path):
    secret = write(tmp_path / "secret.txt")
    write(tmp_path / "elsewhere" / "x.txt")
    (box / "out.txt").symlink_to(secret)
    (box / "up").symlink_to("../elsewhere")
    (box / "root").symlink_to("/")
    found = collect(box)
    assert [(item.reason, Path(item.uri).name) for item in found] == [
        ("outside", "out.txt"), ("outside", "root"), ("outside", "up"),
    ]  # fmt: skip


def test_links_within_are_read_once(box):
    write(box / "a" / "b.txt")
    (box / "again.txt").symlink_to("a/b.txt")
    (box / "more").symlink_to("a")
    (box / "a" / "circle").symlink_to("..")
    assert names(collect(box), box) == ["a/b.txt"]
    assert len(collect(box)) == 1


def test_links_that_lead_nowhere_or_in_a_circle_cost_themselves(box):
    write(box / "a.txt")
    (box / "lost").symlink_to("nothing")
    (box / "self").symlink_to("self")
    found = collect(box)
    assert names(found, box) == ["a.txt"]
    assert sorted(item.reason for item in found if isinstance(item, Failure)) in (
        ["unreadable", "vanished"], ["vanished", "vanished"],
    )  # fmt: skip


def test_the_folder_itself_may_be_a_link(box, tmp_path):
    write(box / "a.txt")
    (tmp_path / "link").symlink_to(box)
    (found,) = collect(tmp_path / "link")
    assert found.uri == str(tmp_path / "link" / "a.txt")


def test_what_did_not_change_is_not_read_again(box):
    one, two = write(box / "a.txt"), write(box / "b.txt")
    first = Looks()
    assert len(collect(box, looks=first)) == 2
    one.write_bytes(b"other")
    os.utime(one, (OLD, OLD))  # the same size and another time
    two.chmod(0)  # reading it would fail for all but root
    second = Looks(before=first.now)
    found = collect(box, looks=second)
    assert [type(item) for item in found] == [Capture, Unchanged]
    assert found[1].uri == str(two)
    assert set(second.now) == {str(one), str(two)}


def test_what_failed_is_read_and_told_again(box):
    write(box / "a.zip", b"PK\x03\x04 no archive")
    first = Looks()
    assert [item.reason for item in collect(box, looks=first)] == ["damaged"]
    again = Looks(before=first.now)
    assert [item.reason for item in collect(box, looks=again)] == ["damaged"]


def test_a_file_read_right_after_it_was_written_is_read_once_more(box):
    write(box / "a.txt", age=0)
    first = Looks()
    collect(box, looks=first, sleep=Growing())
    assert first.now == {}  # it might have changed within the same tick of the clock


def test_looks_are_kept_and_their_loss_costs_only_time(tmp_path):
    path = tmp_path / "state" / "looks.json"
    assert load_looks(path) == {}
    keep_looks(path, {"/a": "1-2-3"})
    assert load_looks(path) == {"/a": "1-2-3"}
    path.write_text("{broken")
    assert load_looks(path) == {}
    assert [p.name for p in path.parent.iterdir()] == ["looks.json"]
