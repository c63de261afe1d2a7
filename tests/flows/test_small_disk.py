"""A full disk and a read-only one, each a file system of its own: told, and nothing is lost."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess

import pytest

from warehouse.compare import differences
from warehouse.root import DataRoot

pytestmark = pytest.mark.slow

URL = "https://www.fdd.org/analysis/walkout"
SECRET = "the ninth lighthouse keeper kept a heron"
ROOMY = 200_000_000
COMPACTING = {"BRIEFHOUSE_LANDING_COMPACT_DAYS": "0"}


class Disk:
    """A file system in memory, in a mount namespace that needs no rights.

    ``path`` is its place for those who have entered, ``view`` is the same for this process.
    """

    def __init__(self, path):
        self.path = path
        path.mkdir()
        script = f"mount -t tmpfs -o size={ROOMY} tmpfs '{path}' && echo ready && read gone"
        self._holder = subprocess.Popen(
            ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        if self._holder.stdout.readline() != b"ready\n":
            pytest.skip(f"no mounting in namespaces here: {self._holder.stderr.read().decode()}")
        self.view = path.__class__(f"/proc/{self._holder.pid}/root{path}")
        libc = ctypes.CDLL(None, use_errno=True)
        spaces = [os.open(f"/proc/{self._holder.pid}/ns/{n}", os.O_RDONLY) for n in ("user", "mnt")]

        def enter():
            for space in spaces:
                if libc.setns(space, 0) != 0:
                    raise OSError(ctypes.get_errno(), "setns")

        self.enter = enter

    def mount(self, *options):
        command = ["mount", "-o", ",".join(("remount", *options)), str(self.path)]
        subprocess.run(command, preexec_fn=self.enter, check=True)

    def leave(self, free):
        """Leave ``free`` bytes on it."""
        stat = os.statvfs(self.view)
        self.mount(f"size={(stat.f_blocks - stat.f_bfree) * stat.f_frsize + free}")

    def put(self, root):
        """Make it hold a copy of a data root, and nothing else."""
        self.mount(f"size={ROOMY}", "rw")
        shutil.rmtree(self.view / "data", ignore_errors=True)
        shutil.copytree(root, self.view / "data", symlinks=True)

    def copy(self, to):
        """Copy the data root that it holds to a place that this process sees without detour."""
        return DataRoot(shutil.copytree(self.view / "data", to, symlinks=True))

    def end(self):
        self._holder.communicate(b"\n")


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    if shutil.which("unshare") is None:
        pytest.skip("needs unshare(1), of util-linux")
    disk = Disk(tmp_path_factory.mktemp("mount") / "disk")
    yield disk
    disk.end()


@pytest.fixture(scope="module")
def roots(new_warehouse, tmp_path_factory, draft, page, clock):
    """``merged`` has two nights; in ``pending``, the second one is in landing and no further."""
    found = {}
    for name in ("merged", "pending"):
        made = new_warehouse(tmp_path_factory.mktemp(name) / "data")
        made.merge(page(URL, draft().reworded(1, "by noon", SECRET).html(), clock(1)))
        made.night(page("/in/mills.txt", draft(title="Mills Close").text(), clock(1, 1)))
        news = [
            page(URL, draft().html(), clock(2)),
            page("/in/rot.txt", draft(title="Grain Rots").text(), clock(2, 1)),
        ]
        if name == "merged":
            made.night(*news)
        else:
            made.land(made.run(), *news)
        found[name] = made.path
    return found


@pytest.fixture(scope="module")
def commands(tmp_path_factory):
    """Each command that writes, as arguments, and the root it starts from."""
    folder = tmp_path_factory.mktemp("inbox")
    (folder / "empty").mkdir()
    declared = folder / "sources.toml"
    declared.write_text(f'[[source]]\nname = "box"\nkind = "folder"\npath = "{folder}/empty"\n')
    return {
        "ingest": ("pending", ["ingest", folder / "empty"]),
        "nightly": ("pending", ["nightly", "--sources", declared]),
        "maintain": ("merged", ["maintain"]),
        "reprocess": ("merged", ["reprocess"]),
        "rebuild": ("merged", ["rebuild"]),
        "forget": ("merged", ["forget", URL, "--yes"]),
        "release": ("merged", ["release", "box"]),
    }


@pytest.fixture(scope="module")
def undisturbed(roots, cli, commands, tmp_path_factory):
    """What a command makes of its root where nothing is in its way."""
    made = {}

    def of(name):
        start, arguments = commands[name]
        if name in ("maintain", "reprocess", "rebuild"):
            return DataRoot(roots[start])  # they change no row
        name = "ingest" if name == "nightly" else name
        if name not in made:
            made[name] = tmp_path_factory.mktemp("undisturbed") / "data"
            shutil.copytree(roots[start], made[name], symlinks=True)
            cli(*arguments, data=made[name])
        return DataRoot(made[name])

    return of


# from where nearly nothing fits to where the night alone does not: staged rows, the catalog, then
# its database, which is written in blocks of 256 KB
@pytest.mark.parametrize(
    ("name", "free"),
    [
        ("ingest", 60_000),
        ("nightly", 2_000_000),
        ("maintain", 40_000),
        ("maintain", 1_000_000),
        ("reprocess", 20_000),
        ("rebuild", 250_000),
        ("forget", 40_000),
        ("forget", 1_000_000),
    ],
)
def test_with_space_again_the_same_command_gives_what_it_would_have(
    name, free, disk, roots, commands, undisturbed, cli, tmp_path
):
    start, arguments = commands[name]
    disk.put(roots[start])
    night = (disk.view / "data" / "published" / "current").readlink()
    disk.leave(free)
    data = disk.path / "data"
    inside = {"data": data, "preexec_fn": disk.enter, "env": COMPACTING}
    done = cli(*arguments, status=3, **inside)
    assert f"briefhouse: can't use {data}" in done.stderr
    assert "run the same again" in done.stderr
    assert "Traceback" not in done.stderr
    assert (disk.view / "data" / "published" / "current").readlink() == night
    assert not list((disk.view / "data" / "published").glob(".*.tmp"))
    assert differences(DataRoot(roots[start]), disk.copy(tmp_path / "full")) == []
    disk.mount(f"size={ROOMY}")
    cli(*arguments, **inside)
    assert differences(undisturbed(name), disk.copy(tmp_path / "data")) == []


def test_on_a_full_or_read_only_disk_reading_works_and_writing_is_refused(
    disk, roots, commands, cli, tmp_path
):
    disk.put(roots["merged"])
    data = disk.path / "data"
    disk.leave(0)
    cli("sql", "FROM briefs", data=data, preexec_fn=disk.enter)
    disk.mount("ro")
    for _, arguments in commands.values():
        done = cli(*arguments, data=data, status=3, preexec_fn=disk.enter)
        assert f"briefhouse: can't use {data}" in done.stderr
        assert "Read-only file system. Make it writable" in done.stderr
    declared = commands["nightly"][1][-1]
    for arguments in (
        ["sql", "FROM briefs"],
        ["search", "pilots"],
        ["status"],
        ["sources", "list", "--sources", declared],
    ):
        cli(*arguments, data=data, preexec_fn=disk.enter)
    assert differences(DataRoot(roots["merged"]), disk.copy(tmp_path / "data")) == []
