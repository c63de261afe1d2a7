"""Prefect for real: a server, a work pool, deployments, a worker, and flow runs that are recorded.

A test of the wiring, not of Prefect: that the deployments exist with their schedule, that a worker
runs them, and that what they ingest is published.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

REPOSITORY = Path(__file__).resolve().parents[2]
SEEDS = REPOSITORY.parent / "shared" / "seeds"
PREFECT = Path(sys.executable).parent / "prefect"


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _patient_session():
    """Return a session that asks again where the server says 503, as Prefect's own client does.

    The server answers so, having changed nothing, while its SQLite database is locked.
    """
    session = requests.Session()
    session.trust_env = False
    again = Retry(
        total=None, connect=0, read=0, other=0, status=12, backoff_factor=0.5, backoff_max=8,
        status_forcelist={503}, allowed_methods=None,
    )  # fmt: skip
    session.mount("http://", HTTPAdapter(max_retries=again))
    return session


class Prefect:
    """A running server, and its command line; ends whatever it started."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        port = _free_port()
        self.api = f"http://127.0.0.1:{port}/api"
        self.home = home
        self.environment = {
            **environment,
            "PREFECT_HOME": str(home),
            "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
            "PREFECT_API_URL": self.api,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "NO_PROXY": "127.0.0.1,localhost",
            "no_proxy": "127.0.0.1,localhost",
            "PATH": f"{PREFECT.parent}{os.pathsep}{os.environ.get('PATH', '')}",
            "NO_COLOR": "1",
            "COLUMNS": "200",
        }
        self._started: list[subprocess.Popen] = []
        self.start("server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui")
        self._session = _patient_session()
        self._wait_for_server()

    def start(self, *arguments: str) -> None:
        """Start a command of Prefect in a process group of its own."""
        log = (self.home / f"{'-'.join(arguments[:2])}.log").open("w")
        self._started.append(
            subprocess.Popen(
                [PREFECT, *arguments], env=self.environment, cwd=self.home,
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )
        )  # fmt: skip
        log.close()

    def __call__(self, *arguments: object, cwd: Path | None = None, timeout: float = 120) -> str:
        """Run a command of Prefect to its end and return what it says."""
        done = subprocess.run(
            [PREFECT, *map(str, arguments)], env=self.environment, cwd=cwd or self.home,
            capture_output=True, text=True, timeout=timeout, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{arguments}: {done.stdout}\n{done.stderr}\n{self.logs()}"
        return done.stdout

    def run(
        self, deployment: str, environment: dict[str, str] | None = None, /, **parameters: object
    ) -> str:
        """Have a deployment run with these parameters; return the id of the flow run."""
        named = f"{self.api}/deployments/name/{deployment}"
        found = self._session.get(named, timeout=30).json()
        create = f"{self.api}/deployments/{found['id']}/create_flow_run"
        body = {"parameters": parameters, "job_variables": {"env": environment or {}}}
        answer = self._session.post(create, json=body, timeout=30)
        answer.raise_for_status()
        return answer.json()["id"]

    def wait(self, flow_run: str) -> dict:
        """Wait for the end of a flow run and return it."""
        deadline = time.monotonic() + 200
        while time.monotonic() < deadline:
            run = self._session.get(f"{self.api}/flow_runs/{flow_run}", timeout=30).json()
            if run["state_type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED"):
                return run
            time.sleep(0.5)
        pytest.fail(f"the flow run does not end\n{self.logs()}")

    def ask(self, path: str, **filters: object) -> list[dict]:
        """Ask the server's API for a list."""
        answer = self._session.post(f"{self.api}/{path}/filter", json=filters, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def logs(self) -> str:
        return "\n".join(
            f"--- {log.name}\n{log.read_text()[-3000:]}" for log in self.home.glob("*.log")
        )

    def _wait_for_server(self) -> None:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            assert self._started[0].poll() is None, self.logs()
            try:
                if self._session.get(f"{self.api}/health", timeout=2).ok:
                    return
            except requests.RequestException:
                pass
            time.sleep(0.3)
        pytest.fail(f"the server does not answer\n{self.logs()}")

    def stop(self) -> None:
        for process in reversed(self._started):
            _end(process)


def _end(process: subprocess.Popen) -> None:
    """End a process and all that belongs to its session."""
    for number, patience in ((signal.SIGTERM, 10), (signal.SIGKILL, 10)):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            break
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue
    process.wait()


@pytest.fixture(scope="module")
def prefect(tmp_path_factory, cli):
    """A server with the work pool ``briefhouse``, both deployments, and a worker."""
    home = tmp_path_factory.mktemp("prefect")
    server = Prefect(home, cli.environment())
    try:
        server("work-pool", "create", "briefhouse", "--type", "process")
        server.start("worker", "start", "--pool", "briefhouse", "--name", "test")
        server("deploy", "--all", "--no-prompt", cwd=REPOSITORY)
        yield server
    finally:
        server.stop()


def _published(cli, data):
    query = "SELECT title FROM briefs ORDER BY title"
    rows = json.loads(cli("sql", query, "--format", "json", data=data).stdout)
    return [row["title"] for row in rows]


def test_both_deployments_are_listed(prefect):
    listed = prefect("deployment", "ls")
    assert "nightly/nightly" in listed
    assert "ingest/ingest" in listed
    assert "briefhouse" in listed


def test_nightly_has_its_schedule_and_runs_once_at_a_time(prefect):
    deployments = {d["name"]: d for d in prefect.ask("deployments")}
    assert set(deployments) >= {"nightly", "ingest", "backfill", "reprocess", "maintain"}
    (schedule,) = deployments["nightly"]["schedules"]
    assert schedule["active"] is True
    assert schedule["schedule"]["cron"] == "15 3 * * *"
    assert schedule["schedule"]["timezone"] == "Etc/UTC"
    assert deployments["nightly"]["global_concurrency_limit"]["limit"] == 1
    assert deployments["nightly"]["concurrency_options"]["collision_strategy"] == "ENQUEUE"
    assert deployments["ingest"]["schedules"] == []


@pytest.fixture(scope="module")
def runs(prefect, draft, tmp_path_factory):
    """A run of each deployment, side by side: name -> (id of the flow run, data root)."""
    base = tmp_path_factory.mktemp("runs")
    (base / "box").mkdir()
    (base / "box" / "mills.html").write_bytes(draft(title="Mills Close").html())
    (base / "box" / "empty.txt").write_bytes(b"")
    (base / "walkout.txt").write_bytes(draft().text())
    sources = base / "sources.toml"
    sources.write_text('[[source]]\nname = "inbox"\nkind = "folder"\npath = "box"\n')
    paths = [str(base / "walkout.txt"), *([str(SEEDS)] if SEEDS.exists() else [])]
    one, other = base / "ingested", base / "nightly"
    return {
        "ingest": (prefect.run("ingest/ingest", paths=paths, data=str(one)), one),
        "nightly": (
            prefect.run("nightly/nightly", sources=str(sources), data=str(other)),
            other,
        ),
    }


def test_a_worker_runs_ingest(prefect, runs, cli, draft):
    flow_run, data = runs["ingest"]
    run = prefect.wait(flow_run)
    assert run["state_type"] == "COMPLETED", prefect.logs()
    titles = _published(cli, data)
    assert draft().title in titles
    assert len(titles) == (2 if SEEDS.exists() else 1)
    # one task a source and one a landing file, never one a document
    tasks = prefect.ask("task_runs", flow_runs={"id": {"any_": [flow_run]}})
    names = sorted(task["name"].rsplit("-", 1)[0] for task in tasks)
    assert set(names) == {"collect", "extract"}
    assert names.count("collect") == (2 if SEEDS.exists() else 1)


def test_a_worker_runs_nightly(prefect, runs, cli):
    """A document that fails is a line in the books, not a failed night."""
    flow_run, data = runs["nightly"]
    run = prefect.wait(flow_run)
    assert run["state_type"] == "COMPLETED", prefect.logs()
    assert _published(cli, data) == ["Mills Close"]


def _said(prefect, flow_run, last):
    """Return what a run logged, once a line has ``last``: logs come some seconds behind its end."""
    asked = {"logs": {"flow_run_id": {"any_": [flow_run]}}, "sort": "TIMESTAMP_ASC"}
    for _ in range(60):
        said = [log["message"] for log in prefect.ask("logs", **asked)]
        if any(last in line for line in said):
            break
        time.sleep(0.5)
    return said


def test_a_worker_runs_maintain_and_reprocess(prefect, runs, cli):
    flow_run, data = runs["nightly"]
    prefect.wait(flow_run)
    started = {}
    for name in ("maintain", "reprocess"):
        started[name] = prefect.run(f"{name}/{name}", data=str(data))
        assert prefect.wait(started[name])["state_type"] == "COMPLETED", prefect.logs()
    compacted = "landing files: 1, now 1"
    assert compacted in _said(prefect, started["maintain"], compacted)
    said = _said(prefect, started["reprocess"], "Today's code reads the same; nothing to publish.")
    assert "fdd: 1 brief, 0 changed, 0 lost a value" in said
    assert "Today's code reads the same; nothing to publish." in said
    assert _published(cli, data) == ["Mills Close"]


def test_a_flow_that_could_do_nothing_has_failed_and_says_why(prefect, runs, cli, tmp_path):
    """A profile that reads less now, and a data root that is none."""
    flow_run, data = runs["ingest"]
    prefect.wait(flow_run)
    (tmp_path / "mine").mkdir()
    fdd = (REPOSITORY / "extractors" / "profiles" / "fdd.toml").read_text("utf-8")
    worse = fdd.replace("Latest Developments", "Nobody's Heading")
    (tmp_path / "mine" / "fdd.toml").write_text(worse, "utf-8")
    (tmp_path / "file").write_text("no folder")
    before = _published(cli, data)
    refused = prefect.run(
        "reprocess/reprocess", {"BRIEFHOUSE_PROFILES": str(tmp_path / "mine")}, data=str(data)
    )
    nowhere = prefect.run("maintain/maintain", data=str(tmp_path / "file" / "data"))
    for flow_run, why in ((refused, "too many briefs of fdd lose a value"), (nowhere, "can't use")):
        run = prefect.wait(flow_run)
        assert run["state_type"] == "FAILED", prefect.logs()
        assert why in run["state"]["message"]
    said = _said(prefect, refused, "rows removed")
    assert any("rows removed" in line for line in said), "\n".join(said)
    assert _published(cli, data) == before


def test_the_command_line_runs_as_a_flow_where_a_server_is_set(prefect, cli, draft, tmp_path):
    (tmp_path / "a.txt").write_bytes(draft().text())
    (tmp_path / "empty.txt").write_bytes(b"")
    before = len(prefect.ask("flow_runs"))
    environment = {
        name: value for name, value in prefect.environment.items() if name.startswith("PREFECT_")
    }
    done = cli(
        "ingest", "--prefect", tmp_path / "a.txt", tmp_path / "empty.txt",
        data=tmp_path / "data", env=environment, status=1,
    )  # fmt: skip
    assert "2 documents: 1 new, 1 rejected" in done.stdout
    assert _published(cli, tmp_path / "data") == [draft().title]
    runs = prefect.ask("flow_runs", sort="EXPECTED_START_TIME_DESC")
    assert len(runs) == before + 1
    newest = max(runs, key=lambda run: run["created"])
    assert newest["deployment_id"] is None
    assert newest["state"]["type"] == "COMPLETED"


def test_no_prefect_is_asked_for_none(prefect, cli, draft, tmp_path):
    (tmp_path / "a.txt").write_bytes(draft().text())
    before = len(prefect.ask("flow_runs"))
    environment = {
        name: value for name, value in prefect.environment.items() if name.startswith("PREFECT_")
    }
    cli("ingest", "--no-prefect", tmp_path / "a.txt", data=tmp_path / "data", env=environment)
    assert len(prefect.ask("flow_runs")) == before
