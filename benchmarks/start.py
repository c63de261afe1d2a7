"""What it costs to start: `python -m benchmarks.start [--runs N]`. Exits 1 if a bar is missed.

- `ingest` of one document into a fresh root, against a bare import of the libraries it stands on;
- `nightly` with nothing new on a running Prefect server, against an empty flow there;
- `briefhouse --help`, against the import of its command-line library alone.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.pairs import report, time_pairs

ROOT = Path(__file__).parent.parent
BRIEFHOUSE = str(Path(sys.executable).parent / "briefhouse")
SAMPLE = str(ROOT / "samples" / "fdd" / "2024-12-03-ration-cards.txt")
EMPTY_FLOW = """
import asyncio
from prefect import flow

@flow(persist_result=False)
async def empty():
    pass

asyncio.run(empty())
"""


def main() -> int:
    """Run the three comparisons."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    env = {k: v for k, v in os.environ.items() if k not in ("PREFECT_API_URL", "BRIEFHOUSE_DATA")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # users have bytecode
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        met = [_ingest(scratch, runs, env), _nightly(scratch, runs, env), _help(runs, env)]
    return 0 if all(met) else 1


def _ingest(scratch: Path, runs: int, env: dict[str, str]) -> bool:
    data = scratch / "one"
    pairs = time_pairs(
        [BRIEFHOUSE, "ingest", SAMPLE, "--data", str(data)],
        [sys.executable, "-c", "import duckdb, pyarrow, bs4, requests"],
        runs=runs,
        env=env,
        before_a=lambda: shutil.rmtree(data, ignore_errors=True),
    )
    name = "ingest of one document / bare import of duckdb, pyarrow, bs4, requests"
    return report(name, pairs, 6)


def _nightly(scratch: Path, runs: int, env: dict[str, str]) -> bool:
    sources = scratch / "sources.toml"
    sources.write_text(
        f'[[source]]\nname = "samples"\nkind = "folder"\npath = "{ROOT / "samples"}"\n', "utf-8"
    )
    command = [BRIEFHOUSE, "nightly", "--sources", str(sources), "--data", str(scratch / "night")]
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    with _server(scratch, env) as url:
        pairs = time_pairs(
            command,
            [sys.executable, "-c", EMPTY_FLOW],
            runs=runs,
            env={**env, "PREFECT_API_URL": url, "PREFECT_HOME": str(scratch / "prefect")},
        )
    return report("nightly with nothing new / empty flow, on a running server", pairs, 1.5)


def _help(runs: int, env: dict[str, str]) -> bool:
    pairs = time_pairs(
        [BRIEFHOUSE, "--help"], [sys.executable, "-c", "import typer"], runs=3 * runs, env=env
    )
    return report("briefhouse --help / import typer", pairs, 2)


@contextmanager
def _server(scratch: Path, env: dict[str, str]) -> Iterator[str]:
    """Run a Prefect server on loopback; yields its API address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "prefect", "server", "start", "--port", str(port)]
    quiet = {"PREFECT_HOME": str(scratch / "prefect"), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    server = subprocess.Popen(
        command, env={**env, **quiet}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}/api"
    try:
        _wait(f"{url}/health")
        yield url
    finally:
        server.terminate()
        server.wait(30)


def _wait(url: str) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)


if __name__ == "__main__":
    sys.exit(main())
