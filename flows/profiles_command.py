"""``briefhouse profiles``: what profiles there are, and help for whoever writes one."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from extractors.profile import Profiles
    from flows.profile_trial import Trial

profiles_app = typer.Typer(
    help="List, show and try the profiles of publishers.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@profiles_app.command("list")
def list_profiles() -> None:
    """Show every profile: its versions, the days they are valid for, hosts and sections."""
    from flows.profiles import OVERVIEW, overview
    from flows.table import write_listing

    write_listing(OVERVIEW, overview(_profiles()), sys.stdout)


@profiles_app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A profile's name.")],
) -> None:
    """Print the file of a profile, and how it is understood."""
    from flows.profiles import reading, source_of
    from flows.settings import load_settings

    print(source_of(name, load_settings().profiles))
    for profile in _profiles().known:
        if profile.name == name:
            print("\n".join(f"# {line}" for line in reading(profile)))


@profiles_app.command()
def test(
    profile: Annotated[Path, typer.Argument(metavar="FILE.toml", help="The profile's file.")],
    documents: Annotated[
        list[Path], typer.Argument(metavar="DOCUMENT...", help="Saved pages or texts.")
    ],
    golden: Annotated[
        Path | None,
        typer.Option(
            "--golden",
            metavar="PATH",
            help="Compare with this golden file; of several documents, with DOCUMENT.json in "
            "this folder.",
        ),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write what was found to --golden instead.")
    ] = False,
) -> None:
    """Apply a profile file to documents and show what it reads; exit 1 if one differs."""
    from flows.profile_trial import TrialError, account, missed, try_profile
    from flows.profiles import load_profile

    if write and golden is None:
        _usage("--write needs --golden PATH: where to write")
    versions = load_profile(profile)
    well = True
    trials: list[Trial] = []
    for nth, path in enumerate(documents):
        if nth:
            print()
        try:
            trial = try_profile(versions, path)
        except TrialError as error:
            print(f"briefhouse: {error}", file=sys.stderr)
            well = False
            continue
        trials.append(trial)
        for line in account(trial, path, versions[0].name):
            print(line)
        if golden is not None:
            several = len(documents) > 1 or golden.is_dir()
            target = golden / f"{path.name}.json" if several else golden
            well = _golden(trial, target, write=write) and well
    for line in missed(versions, trials):
        print(line)
    raise typer.Exit(0 if well else 1)


def _golden(trial: Trial, path: Path, *, write: bool) -> bool:
    """Compare with a golden file, or write it; tell whether there is no difference."""
    from flows.golden import differences, dump, view

    found = view(trial.brief)
    if write:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump(found), "utf-8")
        print(f"\nWritten: {path}. It holds what was found: read it against the document.")
        return True
    try:
        expected: Any = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        _usage(f"{path}: no golden file: {error}")
    lines = differences(expected, found)
    print("\nAs in the golden file." if not lines else f"\nNot as in {path}:")
    for line in lines:
        print(line)
    return not lines


def _profiles() -> Profiles:
    from extractors.profile_file import shipped
    from flows.profiles import own_profiles
    from flows.settings import load_settings

    return own_profiles(load_settings().profiles) or shipped()


def _usage(message: str) -> NoReturn:
    print(f"briefhouse: {message}", file=sys.stderr)
    raise typer.Exit(2)
