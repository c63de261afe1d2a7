"""Overviews above a tracker's countries, which are no country's."""

from __future__ import annotations

import pytest

from extractors import extract

OVERVIEW = "Eight situations worsened in August and two improved, one of them in Osk."
ONE = "Boatmen chained the harbour gates for five days. Lorries queued for thirty kilometres."
TWO = "Guards quarrelled over a gold dredger, which was towed to an island in the river."


def rows(body: str):
    page = f"<h1>CrisisWatch August 2025</h1><p>1 September 2025</p>{body}"
    page = f"<html><body><article>{page}</article></body></html>"
    uri = "https://www.crisisgroup.org/x"
    found = extract(page.encode(), uri=uri, content_type="text/html").brief
    assert found is not None
    return [(row.headline and row.headline.text, row.text.text) for row in found.developments]


@pytest.mark.parametrize("heading", ["Global Overview", "Conflict in Focus", "Africa"])
@pytest.mark.parametrize(
    "entry",
    ["<h3>{}</h3><p>{}</p>", "<p><strong>{}</strong></p><p>{}</p>", "<p>{}: {}</p>",
     "<p><strong>{}</strong> – {}</p>", "<ul><li><strong>{}</strong>: {}</li></ul>",
     "<p>{}<br>{}</p>"],
)  # fmt: skip
def test_text_above_the_first_country_is_no_development(heading, entry):
    body = f"<h2>{heading}</h2><p>{OVERVIEW}</p><p>{OVERVIEW}</p>"
    body += f"<h2>Asia</h2>{entry.format('Norland', ONE)}{entry.format('Velmar', TWO)}"
    assert rows(body) == [("Norland", ONE), ("Velmar", TWO)]


@pytest.mark.parametrize("entry", ["<p><strong>{}</strong> {}</p>", "<p>{}<br>{}</p>"])
def test_a_country_in_capitals_needs_no_mark(entry):
    body = f"<h2>Asia</h2>{entry.format('NORLAND', ONE)}{entry.format('VELMAR', TWO)}"
    assert rows(body) == [("NORLAND", ONE), ("VELMAR", TWO)]


def test_a_stressed_acronym_is_no_country():
    body = f"<h2>Asia</h2><h3>Norland</h3><p><strong>UN</strong> Envoy Ada Vance left. {ONE}</p>"
    assert [label for label, _ in rows(body)] == ["Norland"]
