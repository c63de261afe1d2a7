"""Absurd pages: none crashes, hangs or takes the machine's memory, and no text of theirs is lost.

Each is read in a process of its own with a limit on memory and on the processor's time, so that a
crash is seen; how busy the machine is does not matter.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

_READ = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from extractors.readers.errors import Unreadable
from extractors.readers.html.page import Page
page = eval(sys.argv[1])
try:
    blocks = Page(page).read(*eval(sys.argv[2])).blocks
except Unreadable as error:
    print("refused", error.reason)
else:
    text = " ".join(block.text for block in blocks)
    print("read", len(blocks), text.count("Mill burns"))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
assert peak < 1500, f"{peak} MB"
"""


def _read(page: str, selectors: str = "()") -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", _READ, page, selectors],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()


@pytest.mark.slow
@pytest.mark.parametrize(
    "tags",
    [
        "<div>", "<ul><li>", "<b>", "<p>", "<table><tr><td>", "<blockquote>", "<a href='/x'>",
        "<svg><g>", "<b><p>", "<section><li>", "<h1><div>", "<details><summary>", "<x-y>",
    ],
)  # fmt: skip
def test_100_000_levels(tags: str) -> None:
    assert _read(f"{tags!r} * 100_000 + 'Mill burns'")[0] == "read"


@pytest.mark.slow
def test_100_000_levels_below_a_selector() -> None:
    assert _read("'<div>' * 100_000 + 'Mill burns'", "(['body > *', 'body'],)")[0] == "read"


def test_no_text_is_lost_in_depth() -> None:
    for tags in ("<div>", "<ul><li>", "<blockquote>", "<table><tr><td>", "<section><li>"):
        assert _read(f"'Mill burns' + {tags!r} * 9_000 + 'Mill burns'")[2] == "2", tags


@pytest.mark.slow
@pytest.mark.parametrize(
    "page",
    [
        "'<p>' + 'Mill burns and burns. ' * 4_500_000",  # 100 MB
        "'<p>' + 'x' * 50_000_000",
        "'<p>Mill burns ' + ''.join(f'<a href=/{i}>link {i}</a> ' for i in range(1_000_000))",
        "'<p>Mill burns</p>' + '<i></i>' * 1_000_000",
    ],
)
def test_too_large_pages_are_refused(page: str) -> None:
    assert _read(page) == ["refused", "too-large"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "page",
    [
        "'<p>Mill burns ' + ''.join(f'<a href=/{i}>link {i}</a> ' for i in range(30_000))",
        "'<p>Mill burns</p>' + '<i></i>' * 700_000",
        "'<p>Mill burns</p>' + '<div></div>' * 200_000",
        "'<p title=\"' + 'x' * 10_000_000 + '\">Mill burns</p>'",
        "'<p ' + ' '.join(f'a{i}=1' for i in range(100_000)) + '>Mill burns</p>'",
        "''.join(f'<p><font a={i}>' for i in range(20_000)) + 'Mill burns'",
        "''.join(f'<b a={i}>' for i in range(100_000)) + 'Mill burns'",
        "'<table><tr><td colspan=999999999 rowspan=999999999>Mill burns</table>'",
        "'<!DOCTYPE x [<!ENTITY a \"' + 'b' * 99 + '\">]>' + '<p>Mill burns ' + '&a;' * 900_000",
        "'<p>Mill burns</p>' + '<!--' * 1_000_000",
        "'<p>Mill burns</p>' + '<script>' * 300_000",
        "'<p>Mill burns</p>' + '<' * 1_000_000",
        "'<p>Mill burns</p>' + '<p>It was a long and rather dull night in the port.' * 30_000",
        "'<p>Mill burns</p>' + '</div></b></p>' * 100_000",
    ],
)
def test_large_and_odd_pages(page: str) -> None:
    assert _read(page)[0] == "read"


@pytest.mark.parametrize(
    "body",
    [
        "Mill\\x00 burns", "Mill burns\\ud800", "\\u202eMill burns\\u202c",
        "Mill burns\\ufdd0\\ufdd4",
        "Mill burns &#x110000; &#xD800; &#0; &bogus;", "<p a\\\"b=c>Mill burns", "<p =x>Mill burns",
        "<plaintext>Mill burns</b>", "<xmp>Mill burns</p></xmp>", "<a/b>Mill burns",
        "< p>Mill burns",
        "<ul>Mill burns<li></ul>", "<table>Mill burns<tr></table>", "<option>Mill burns",
        "<frameset><frame></frameset><p>Mill burns",
    ],
)  # fmt: skip
def test_odd_characters_and_tags(body: str) -> None:
    assert _read(f"'{body}'")[0] == "read"


@pytest.mark.slow
def test_text_of_its_own_at_every_level() -> None:
    """What each of thousands of nested elements says is read once, not once for each level."""
    page = "'<article>The tide came to the sea wall of Old Marrin again. ' * 3_000 + 'Mill burns'"
    assert _read(page)[0] == "read"


_EXTRACT = """
import sys
from extractors import extract
text = eval(sys.argv[1])
for uri in ("a.txt", "https://www.crisisgroup.org/a", "https://understandingwar.org/a"):
    assert extract(text.encode(), uri=uri, content_type="text/plain").brief is not None
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "'\\n\\n'.join(f'Mill {n}' for n in range(20_000))",
        "'\\n\\n'.join('Ada Vance' if n % 2 else 'Senior Fellow' for n in range(20_000))",
        "'Key Takeaways\\n\\n' * 40_000",
        "'Key Takeaways\\n' + '- Mill burns\\n- It rained.\\nShare\\n' * 7_000",
    ],
)
def test_many_short_lines_take_no_square_of_time(text: str) -> None:
    command = [sys.executable, "-c", _EXTRACT, text]
    done = subprocess.run(command, capture_output=True, text=True, timeout=90)
    assert done.returncode == 0, done.stderr[-2000:]
