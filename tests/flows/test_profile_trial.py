"""Trying a profile: a layout of its own needs TOML alone, and what slipped is told."""

from __future__ import annotations

import pytest

from extractors.profile import ProfileError
from flows.profile_trial import account, missed, try_profile
from flows.profiles import load_profile, own_profiles

PROFILE = """
name = "tamarind"
publisher = "tamarind"
version = 1
organisations = ["Tamarind Observatory"]

[recognise]
hosts = ["tamarind.example"]
kinds = ["Signal"]

[page]
article = [".sheet"]
drop = [".share"]

[[section]]
name = "developments"
headings = ["The fortnight in signals"]
shape = "headed"

[[section]]
name = "statements"
headings = ["From the desks"]
shape = "named"

[[section]]
name = "context"
headings = ["What to watch"]
shape = "prose"
"""
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Water tables fall</title>
<link rel="canonical" href="https://www.tamarind.example/water"></head><body>
<div class="sheet"><div class="meta">Issued 14 October 2025 · Signal No. 212</div>
<h1>Water tables fall</h1><p class="share">Share this signal with a friend</p>
<p>Three provinces of Oumrane pump more than the rains return.</p>
<h3>The fortnight in signals</h3>
<dl><dt>Quotas stay where they were</dt><dd>The water board left the quotas of 2016 in force.</dd>
<dt>Date growers dig deeper</dt><dd>Growers registered 310 new wells in September.</dd></dl>
<h3>From the desks</h3>
<p><strong>Inès Okoro-Vance</strong>, Head of the Water Desk</p>
<blockquote><p>A quota drawn on an old map is a licence to drain.</p></blockquote>
<h3>What to watch</h3><p>The board meets again in November.</p></div></body></html>"""


@pytest.fixture
def tried(tmp_path):
    """Try the profile, with a part of it replaced, on the page; return the lines shown."""

    def run(old="", new=""):
        assert old in PROFILE
        file, page = tmp_path / "tamarind.toml", tmp_path / "page.html"
        file.write_text(PROFILE.replace(old, new, 1) if old else PROFILE, "utf-8")
        page.write_text(PAGE, "utf-8")
        versions = load_profile(file)
        trial = try_profile(versions, page)
        lines = [*account(trial, page, versions[0].name), *missed(versions, [trial])]
        return [" ".join(line.split()) for line in lines]

    return run


def test_a_layout_unlike_any_other_needs_no_python(tried):
    lines = tried()
    assert "Recognised." in lines
    assert (
        "published 2025-10-14" in lines and "kind Signal" in lines
    )  # its number is not the kind's
    at = lines.index("developments: 2")
    assert lines[at + 1 : at + 5] == [
        "Quotas stay where they were | The water board left the quotas of 2016 in force.",
        "Date growers dig deeper | Growers registered 310 new wells in September.",
        "statements: 1",
        "Inès Okoro-Vance | Head of the Water Desk | A quota drawn on an old map is a licence to "
        "drain.",
    ]
    assert "in none of these documents:" not in lines
    assert not any("Share this" in line for line in lines)


def test_headings_and_selectors_that_are_nowhere_are_told(tried):
    # what "From the desk" should open, the shape above takes as one of its own headlines
    assert tried("From the desks", "From the desk")[-2:] == [
        "in none of these documents:",
        "heading: from the desk",
    ]
    assert "article: .shet" in tried(".sheet", ".shet")
    assert "drop: .sharing" in tried(".share", ".sharing")


def test_a_section_that_gave_no_row_is_told(tried):
    told = "statements: their heading is there and no row came of it; try another shape"
    assert told in tried('"named"', '"quotations"')
    assert told not in tried()


def test_a_host_of_somebody_else_is_told(tried):
    lines = tried("tamarind.example", "www.fdd.org")
    assert "host fdd.org: of the profile fdd, too; one's own goes before it" in lines


def test_a_profile_without_publisher_is_nobody_s(tried):
    lines = tried('publisher = "tamarind"')
    assert lines[1].startswith("Not recognised")
    assert "the profile has no `publisher`: it is nobody's, and recognises nothing" in lines


def test_a_selector_that_is_none_is_refused(tried):
    with pytest.raises(ProfileError, match=r"\[page\]: `article`: 'div\[' is no CSS selector"):
        tried(".sheet", "div[")


def test_two_of_one_s_own_may_not_have_one_host(tmp_path):
    (tmp_path / "a.toml").write_text(PROFILE.replace('name = "tamarind"', 'name = "a"', 1))
    (tmp_path / "b.toml").write_text(PROFILE.replace('name = "tamarind"', 'name = "b"', 1))
    with pytest.raises(ProfileError, match=r"`hosts` 'tamarind.example' is in .*a\.toml, too"):
        own_profiles(tmp_path)
