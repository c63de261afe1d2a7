"""The documentation says what the code does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from docs.generate import HERE, PAGES
from flows.cli import app
from flows.sources.keys import KEYS
from flows.sources.model import KINDS
from warehouse.schema import PUBLISHED
from warehouse.table import describe

ROOT = HERE.parent
COMMANDS = {command.name or command.callback.__name__ for command in app.registered_commands} | {
    group.name for group in app.registered_groups
}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_generated_pages_are_current(name: str) -> None:
    assert (HERE / name).read_text("utf-8") == PAGES[name](), "run `make docs`"


def test_every_table_and_column_has_a_description() -> None:
    for table in PUBLISHED:
        assert table.doc, table.name
        for field in table.fields:
            assert describe(field), f"{table.name}.{field.name}"


@pytest.mark.parametrize("page", ["README.md", "docs/tour.sh"])
def test_the_commands_that_pages_show_exist(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    shown = set(re.findall(r"^\s*(?:\.venv/bin/)?briefhouse (\w+)", text, re.M))
    assert shown and shown <= COMMANDS


def test_local_links_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *HERE.glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_kind_of_source_is_documented() -> None:
    page = (HERE / "sources.md").read_text("utf-8")
    assert all(f"**{kind}**" in page for kind in KINDS)


def test_every_package_is_installed() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    listed = set(declared["tool"]["setuptools"]["packages"])
    found = {
        str(path.parent.relative_to(ROOT)).replace("/", ".")
        for top in ("extractors", "flows", "warehouse")
        for path in (ROOT / top).rglob("__init__.py")
    }
    assert listed == found


def test_no_index_address_is_pinned() -> None:
    pins = (ROOT / "constraints.txt").read_text("utf-8")
    assert "://" not in pins and "--" not in pins
    assert not Path(ROOT / "uv.lock").exists() or "uv.lock" in (ROOT / ".gitignore").read_text()


def test_every_key_of_a_source_is_documented() -> None:
    page = (HERE / "sources.md").read_text("utf-8")
    for name, key in KEYS.items():
        kinds = "all" if set(key.kinds) == set(KINDS) else ", ".join(key.kinds)
        assert f"| `{name}` | {kinds} | {key.doc} |" in page
