"""What the tests share: invented briefs, a warehouse on a scripted clock, a web site, the CLI.

Nothing here is mocked: captures pass through landing, extraction, merge and publication, pages
come from a server on the loopback interface, and the command line is a process of its own where it
does more than read.
"""

from __future__ import annotations

import ctypes
import io
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from extractors.extract import extract
from warehouse.attempts import Attempt, Known
from warehouse.bounds import reason_to_hold
from warehouse.figures import Tally
from warehouse.landing import GONE, Capture, LandingWriter, documents, read_landing
from warehouse.ledger import Ledger, Page, SourceState
from warehouse.root import DataRoot
from warehouse.rows import stage
from warehouse.store import Run, open_store

REPOSITORY = Path(__file__).resolve().parents[1]
BRIEFHOUSE = Path(sys.executable).parent / "briefhouse"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run quick tests first, to hear soon of what is broken; on several processes they fill up."""
    parallel = os.environ.get("PYTEST_XDIST_WORKER") is not None
    items.sort(key=lambda item: (item.get_closest_marker("slow") is None) == parallel)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their argument: what is packed holds a time, and a test must keep its name.

    Several processes must find the same tests.
    """
    return argname if isinstance(val, bytes) else None


# --- invented briefs -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Draft:
    """An invented brief in FDD's layout; ``background`` is (title, author, address or None)."""

    title: str = "Harbor Pilots Walk Out in Port Vessa"
    day: date | None = date(2025, 3, 3)
    developments: Sequence[tuple[str, str]] = (
        (
            "Pilots Refuse Night Shifts",
            "Forty harbor pilots left their boats on March 2 after the port authority cut "
            "the crews of night tugs from five to three.",
        ),
        (
            "Grain Ships Wait Outside the Bar",
            "Eleven bulk carriers with wheat for the southern mills lay at anchor by noon, "
            "and insurers raised the daily premium twice.",
        ),
        (
            "Minister Offers Talks",
            "Transport Minister Odile Farrow invited the union to a meeting but ruled out "
            "“a settlement under the hook.”",
        ),
    )
    experts: Sequence[tuple[str, str, str]] = (
        (
            "A port without pilots is a beach with cranes. The authority saved two wages and "
            "lost a week of grain.",
            "Petra Lindqvist",
            "Senior Fellow",
        ),
        (
            "The union picked its hour well. Mills hold flour for nine days, and everybody at "
            "that table can count to nine.",
            "Amos Tregear",
            "Research Analyst",
        ),
    )
    background: Sequence[tuple[str, str, str | None]] = (
        ("Who Steers the Osk", "Petra Lindqvist", None),
        ("Tugs, Tariffs, and Tempers", "Amos Tregear and Petra Lindqvist", None),
    )

    @property
    def dateline(self) -> str | None:
        return f"{self.day:%B} {self.day.day}, {self.day.year} | Flash Brief" if self.day else None

    def text(self) -> bytes:
        """Return the brief as a plain text file."""
        lines = [self.dateline, self.title, "Latest Developments"]
        lines += [f"- {label}: {text}" for label, text in self.developments]
        lines += ["FDD Expert Response"]
        lines += [f"“{quote}” — {name}, {role}" for quote, name, role in self.experts]
        lines += ["FDD Background and Analysis"]
        lines += [f"“{title},” by {author}" for title, author, _ in self.background]
        return "\n".join(line for line in lines if line).encode()

    def html(self, *, canonical: str | None = None, note: str = "") -> bytes:
        """Return the brief as a web page; ``note`` is a comment that no reader sees."""
        items = "".join(
            f"<li><strong>{escape(label)}:</strong> {escape(text)}</li>\n"
            for label, text in self.developments
        )
        said = "".join(
            f"<p>“{escape(quote)}” — <strong>{escape(name)}</strong>, {escape(role)}</p>\n"
            for quote, name, role in self.experts
        )
        cited = ""
        for title, author, url in self.background:
            anchor = f'<a href="{escape(url)}">{escape(title)}</a>' if url else escape(title)
            cited += f"<p>“{anchor},” by {escape(author)}</p>\n"
        link = f'<link rel="canonical" href="{escape(canonical)}">' if canonical else ""
        dateline = f"<p>{self.dateline}</p>" if self.day else ""
        return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(self.title)}</title>{link}</head>
<body><nav><a href="/">Home</a></nav><!-- {note} -->
<article>{dateline}
<h1>{escape(self.title)}</h1>
<h2>Latest Developments</h2>
<ul>{items}</ul>
<h2>FDD Expert Response</h2>
{said}<h2>FDD Background and Analysis</h2>
{cited}</article>
<footer>Imprint</footer></body></html>""".encode()

    def reworded(self, nth: int, old: str, new: str) -> Draft:
        """Return the brief with ``old`` replaced by ``new`` in its development ``nth``."""
        changed = [
            (label, text.replace(old, new) if i == nth else text)
            for i, (label, text) in enumerate(self.developments)
        ]
        assert changed != list(self.developments)
        return Draft(self.title, self.day, changed, self.experts, self.background)


@pytest.fixture(scope="session")
def draft() -> type[Draft]:
    """The class of invented briefs: ``draft(title=...).text()``."""
    return Draft


def _page(uri: str, body: bytes, at: datetime, source: str = "test") -> Capture:
    kind = "text/html; charset=utf-8" if b"<html" in body else None
    return Capture(source, uri, at, body, content_type=kind)


@pytest.fixture(scope="session")
def page() -> Callable[..., Capture]:
    """Make a capture: ``page(uri, body, at)``."""
    return _page


@pytest.fixture(scope="session")
def clock() -> Callable[..., datetime]:
    """The scripted time: ``clock(2, 5)`` is the second day's fifth hour, UTC."""
    return lambda day, hour=0: datetime(2025, 4, 1, tzinfo=UTC) + timedelta(day - 1, hours=hour)


@pytest.fixture(scope="session")
def samples() -> Path:
    """The invented briefs that the project ships."""
    return REPOSITORY / "samples"


def _nobodys(title: str, day: date, words: str) -> bytes:
    said = "".join(
        f"<p>{' '.join(f'{word}{k}' for word in words.split() * 2)}.</p>" for k in range(5)
    )
    return (
        f"<html><head><title>{title}</title><meta property='article:published_time' "
        f"content='{day}T08:00:00Z'></head><body><article><h1>{title}</h1>"
        f"<p>{day:%B} {day.day}, {day.year}</p>{said}</article></body></html>"
    ).encode()


@pytest.fixture(scope="session")
def nobodys() -> Callable[[str, date, str], bytes]:
    """A page of a publisher that no profile knows: title, day, and words of its own."""
    return _nobodys


# --- a warehouse on a scripted clock -------------------------------------------------------------


@dataclass
class Warehouse:
    """A data root whose nights a test does one by one, all in this process."""

    path: Path
    nth: int = 0

    @property
    def root(self) -> DataRoot:
        return DataRoot(self.path)

    @property
    def night_path(self) -> Path:
        return self.root.current.resolve(strict=True)

    def run(self) -> Run:
        """Return the next run; its name sorts behind those before it."""
        self.nth += 1
        started = datetime(2025, 4, 1, tzinfo=UTC) + timedelta(days=self.nth)
        return Run(f"{started:%Y%m%dT%H%M%SZ}-{self.nth:06x}", "test", started, "0")

    def land(self, run: Run, *captures: Capture) -> list[str]:
        """Put captures into landing; return its new files."""
        self.root.make()
        with LandingWriter(self.root, run.run_id) as writer:
            for capture in captures:
                writer.add(capture)
        return writer.files

    def stage(self, files: Sequence[str]) -> pa.Table:
        """Take landing files apart, without workers."""
        tables = []
        for name in files:
            landed = read_landing(self.root, name)
            found = [
                extract(d.body, uri=d.uri, content_type=d.content_type, hints=d.hints)
                for d in documents(landed)
            ]
            tables.append(stage(landed, found))
        return pa.concat_tables(tables)

    def night(
        self,
        *captures: Capture,
        others: Sequence[Attempt] = (),
        sources: Sequence[SourceState] = (),
    ) -> list[Attempt]:
        """Do one whole night with these captures; return the attempts."""
        run = self.run()
        files = self.land(run, *captures)
        with open_store(self.root) as store, store.writing():
            merged: list[Attempt] = []
            verdicts = store.judge([Tally(s.source, None) for s in sources])
            if files:
                staged = self.stage(files)
                verdicts = store.judge(store.tally(staged))
                merged = store.merge(run, staged, partial(reason_to_hold, verdicts))
            store.finish(run, run.started_at, merged, others, Ledger(sources), verdicts)
        return [*merged, *others]

    def merge(self, *captures: Capture) -> list[Attempt]:
        """Merge captures and publish nothing yet: the next night does."""
        run = self.run()
        files = self.land(run, *captures)
        with open_store(self.root) as store, store.writing():
            return store.merge(run, self.stage(files))

    def hold(self, *captures: Capture) -> list[Attempt]:
        """Do a night in which a check holds these captures back; return the attempts."""
        run = self.run()
        files = self.land(run, *captures)
        with open_store(self.root) as store, store.writing():
            merged = store.merge(run, self.stage(files), lambda source, profile: "too few briefs")
            store.finish(run, run.started_at, merged, (), Ledger())
        assert {a.outcome for a in merged} == {"held"}
        return merged

    def query(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the published night, opened as any client would."""
        with duckdb.connect(str(self.night_path / "warehouse.duckdb"), read_only=True) as night:
            night.execute("SET TimeZone = 'UTC'")
            return night.execute(sql, list(values)).fetchall()

    def dicts(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """Ask the published night; rows as dictionaries."""
        with duckdb.connect(str(self.night_path / "warehouse.duckdb"), read_only=True) as night:
            night.execute("SET TimeZone = 'UTC'")
            return night.execute(sql, list(values)).to_arrow_table().to_pylist()

    def value(self, sql: str, *values: Any) -> Any:
        """Ask the published night for one value."""
        return self.query(sql, *values)[0][0]


@pytest.fixture(scope="session")
def empty_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root with an empty lake: making one takes longer than copying it."""
    path = tmp_path_factory.mktemp("empty") / "data"
    with open_store(DataRoot(path)):
        pass
    return path


@pytest.fixture
def warehouse(tmp_path: Path, empty_root: Path) -> Warehouse:
    """An empty warehouse of the test's own."""
    shutil.copytree(empty_root, tmp_path / "data")
    return Warehouse(tmp_path / "data")


@pytest.fixture(scope="session")
def new_warehouse() -> type[Warehouse]:
    """The class of warehouses, for tests with several: ``new_warehouse(path)``."""
    return Warehouse


_CITED = Draft(
    title="Who Steers the Osk",
    day=date(2025, 2, 10),
    developments=[("River Pilots Split", "The pilots of the Osk left the guild on February 9.")],
    experts=[("A river is a road that moves.", "Dr. Petra Lindqvist", "Research Analyst")],
    background=[],
)
_CITING = Draft(
    title="Tugs Return to Port Vessa",
    day=date(2025, 3, 20),
    developments=[("Night Shifts Resume", "Su-35 fighters overflew the harbor as tugs returned.")],
    experts=[("They came back for the wages.", "Petra Lindqvist", "Director, Ports Program")],
    background=[("Who Steers the Osk", "Petra Lindqvist", None)],
)


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Warehouse:
    """A warehouse with all samples and an edited one among them. Only for reading."""
    made = Warehouse(tmp_path_factory.mktemp("sampled") / "data")
    first = datetime(2025, 4, 1, tzinfo=UTC)
    files = sorted(path for path in samples.rglob("*") if path.is_file())
    made.merge(
        *(
            _page(f"/in/{path.name}", path.read_bytes(), first + timedelta(seconds=i))
            for i, path in enumerate(files)
        ),
        _page("/in/walkout.txt", Draft().text(), first + timedelta(hours=1)),
        _page("/in/empty.txt", b"", first + timedelta(hours=2)),
        # what the walkout cites, and another brief that cites it
        _page("/in/osk.txt", _CITED.text(), first + timedelta(hours=3)),
        _page("https://citing.example/later", _CITING.html(), first + timedelta(hours=4)),
    )
    edited = Draft().reworded(0, "Forty", "Forty-two")
    made.night(
        _page("/in/walkout.txt", edited.text(), first + timedelta(days=1)),
        sources=[SourceState("test", "folder", "/in")],
    )
    return made


# --- a web site ----------------------------------------------------------------------------------


@dataclass
class Site:
    """A web site on the loopback interface.

    ``pages`` maps a path to (status, type, body), ``moved`` one to a Location.
    """

    base: str
    pages: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    """Path -> ETag: who names it is told that nothing changed."""
    retry_after: dict[str, str] = field(default_factory=dict)
    hanging: threading.Event = field(default_factory=threading.Event)
    """Set once somebody waits for a page below ``/hang``, which never comes."""
    released: threading.Event = field(default_factory=threading.Event)

    def put(self, path: str, body: bytes, kind: str = "text/html; charset=utf-8") -> str:
        """Serve ``body`` at ``path``; return its address."""
        self.pages[path] = (200, kind, body)
        return self.base + path

    def feed(self, path: str, *links: str) -> str:
        """Serve an RSS feed of ``links``; return its address."""
        items = "".join(f"<item><title>Brief</title><link>{link}</link></item>" for link in links)
        body = (
            '<?xml version="1.0"?><rss version="2.0"><channel><title>Briefs</title>'
            f"<link>{self.base}</link><description>Invented</description>{items}</channel></rss>"
        )
        return self.put(path, body.encode(), "application/rss+xml")


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        site = self.site
        site.asked.append(self.path)
        site.headers.append(dict(self.headers))
        if self.path.startswith("/hang"):
            site.hanging.set()
            site.released.wait(120)
            return
        status, kind, body = site.pages.get(self.path, (404, "text/plain", b"no such page"))
        tag = site.tags.get(self.path)
        if tag and self.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        self.send_response(status)
        if tag:
            self.send_header("ETag", tag)
        if self.path in site.retry_after:
            self.send_header("Retry-After", site.retry_after[self.path])
        self.send_header("Content-Type", kind)
        if self.path in site.moved:
            self.send_header("Location", site.moved[self.path])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site of the test's own."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    handler.site = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield handler.site
    finally:
        handler.site.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


# --- collecting from the web, without a warehouse -----------------------------------------------


@dataclass
class Gathered:
    """What one run over web sources brought, and what the next one is to remember of it."""

    captures: list[Capture]
    attempts: list[Attempt]
    sources: list[Any]
    pages: list[Page]
    known: dict[str, Known]
    robots: list[Any]
    closed: dict[str, datetime]

    @property
    def reasons(self) -> dict[str, str]:
        """Uri -> "captured", or why it was refused, or the outcome without a reason."""
        found = {capture.uri: "captured" for capture in self.captures}
        return found | {a.uri: a.reason or a.outcome for a in self.attempts}


class _Kept:
    def __init__(self) -> None:
        self.captures: list[Capture] = []

    def add(self, capture: Capture) -> None:
        self.captures.append(capture)


def _gather(
    *sources: Any,
    before: Gathered | None = None,
    mode: Any = None,
    forgotten: frozenset[str] = frozenset(),
    **settings: Any,
) -> Gathered:
    from flows.fetch.fetcher import Fetcher
    from flows.fetch.robots import RobotsCache
    from flows.settings import Settings
    from flows.sources.memory import Memory
    from flows.sources.model import Mode
    from flows.sources.sink import Sink
    from flows.sources.web import Web

    given = {"delay": 0, "allow_hosts": "127.0.0.0/8,localhost", **settings}
    known = before.known if before else {}
    robots = RobotsCache(before.robots if before else ())
    fetcher = Fetcher(
        Settings(**given), robots=robots, closed=before.closed if before else {},
        sleep=lambda seconds: None,
    )  # fmt: skip
    kept, memory = _Kept(), Memory(before.pages if before else (), known)
    publishers = {s.name: s.publisher for s in sources}
    sink = Sink(kept, known, lambda: None, publishers, forgotten)  # type: ignore[arg-type]
    try:
        done = Web(fetcher, memory, sink, Settings(**given), mode or Mode()).collect(sources)
    finally:
        fetcher.close()
    pages = {page.uri: page for page in (*(before.pages if before else ()), *memory.changed())}
    fresh = {
        c.uri: Known(c.sha256, c.fetched_at, "rejected", "gone", None, None)
        if c.status in GONE
        else Known(c.sha256, c.fetched_at, "new", None, None, f"b-{c.uri}")
        for c in kept.captures
    }
    return Gathered(
        kept.captures, sink.attempts, done, list(pages.values()), known | fresh,
        robots.files(), fetcher.closed(),
    )  # fmt: skip


@pytest.fixture(scope="session")
def gather() -> Callable[..., Gathered]:
    """Collect web sources once: ``gather(source, ..., before=what it gave the last time)``.

    Keywords are a ``mode``, tombstones (``forgotten``), and settings beside no delay and access to
    the loopback interface.
    """
    return _gather


# --- the command line ----------------------------------------------------------------------------


def clean_environment(**more: str) -> dict[str, str]:
    """Return an environment without settings of Briefhouse, Prefect or a proxy, and ``more``."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BRIEFHOUSE_", "PREFECT_")) and "proxy" not in name.lower()
    }
    fixed = {
        "BRIEFHOUSE_DELAY": "0",
        "BRIEFHOUSE_WORKERS": "1",  # starting another costs more than a test gives it to do
        "BRIEFHOUSE_ALLOW_HOSTS": "127.0.0.1",  # where the web site of the tests is
        "PYTHONUTF8": "1",
    }
    return {**kept, **fixed, **more}


class Cli:
    """The command ``briefhouse``; ``data`` becomes its ``--data``.

    Commands that only read run in this process, which tells the same (``test_cli`` compares) in a
    tenth of the time; all others, and whatever is given options of a process, run as one.
    """

    command = BRIEFHOUSE
    reading = frozenset("sql search explain history experts profiles doctor sources status".split())

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @staticmethod
    def environment(**more: str) -> dict[str, str]:
        return clean_environment(**more)

    def start(self, *arguments: object, data: Path | None = None, **more: Any) -> subprocess.Popen:
        """Start it and return at once; the caller ends it."""
        given = [*map(str, arguments), *(["--data", str(data)] if data else [])]
        return subprocess.Popen(
            [BRIEFHOUSE, *given],
            cwd=more.pop("cwd", self._folder),
            env=clean_environment(**more.pop("env", {})),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **more,
        )

    def __call__(
        self,
        *arguments: object,
        data: Path | None = None,
        status: int | None = 0,
        **more: Any,
    ) -> subprocess.CompletedProcess[str]:
        """Run it to its end and check its exit status."""
        here = bool(self.reading.intersection(map(str, arguments[:1]))) and not more.keys() - {
            "env",
            "cwd",
        }
        done = (self.here if here else self.process)(*arguments, data=data, **more)
        if status is not None:
            said = f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
            assert done.returncode == status, said
        return done

    def process(
        self, *arguments: object, data: Path | None = None, **more: Any
    ) -> subprocess.CompletedProcess[str]:
        """Run it to its end as a process."""
        process = self.start(*arguments, data=data, **more)
        try:
            out, err = process.communicate(timeout=90)
        finally:
            process.kill()
            process.wait()
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def here(
        self,
        *arguments: object,
        data: Path | None = None,
        cwd: Path | None = None,
        env: dict[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run it to its end in this process, in the same environment."""
        from flows.cli import called

        given = [*map(str, arguments), *(["--data", str(data)] if data else [])]
        environment = clean_environment(**(env or {}))
        with (
            pytest.MonkeyPatch.context() as patch,
            redirect_stdout(io.StringIO()) as out,
            redirect_stderr(io.StringIO()) as err,
        ):
            patch.chdir(cwd or self._folder)
            for name in os.environ.keys() - environment.keys():
                patch.delenv(name)
            for name, value in environment.items():
                patch.setenv(name, value)
            status = called(given)
        return subprocess.CompletedProcess(given, status, out.getvalue(), err.getvalue())

    def python(self, code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run Python code in the same environment."""
        return subprocess.run(
            [sys.executable, "-c", code, *map(str, arguments)],
            cwd=self._folder,
            env=clean_environment(),
            text=True,
            capture_output=True,
            timeout=90,
            check=False,
        )


@pytest.fixture(scope="session")
def cli(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """The command line, run in a folder of its own."""
    return Cli(tmp_path_factory.mktemp("cwd"))


_DAC_OVERRIDE, _DAC_READ_SEARCH, _CAPBSET_DROP = 1, 2, 24


@pytest.fixture(scope="session")
def humble() -> Callable[[], None] | None:
    """What makes a child process (``preexec_fn``) obey permissions even where root runs the tests.

    The child stays root, whose files it can read, but may not pass over permissions any more.
    """
    if os.geteuid() != 0:
        return None
    libc = ctypes.CDLL(None, use_errno=True)

    def drop() -> None:
        for capability in (_DAC_OVERRIDE, _DAC_READ_SEARCH):
            if libc.prctl(_CAPBSET_DROP, capability, 0, 0, 0) != 0:
                raise OSError(ctypes.get_errno(), "prctl")

    try:
        subprocess.run([sys.executable, "-c", ""], preexec_fn=drop, check=True)
    except (OSError, subprocess.SubprocessError):
        pytest.skip("runs as root and can't give up its capabilities here")
    return drop
