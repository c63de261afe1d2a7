"""Long monotonous documents: no rule looks at all other lines for each line.

Each is read in a process of its own with a limit on the processor's time that a rule which does so
exceeds many times over; how busy the machine is does not matter.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

_READ = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from extractors import extract
brief = extract(eval(sys.argv[1]).encode(), uri=sys.argv[2]).brief
print(len(brief.blocks))
"""
_DAYS = "[(d, m, y) for y in range(2000, 2060) for m in ('May', 'June') for d in range(1, 29)]"
_PROSE = "Ships came to the bay before the ice did and the board told all of them to leave it"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("document", "uri"),
    [
        (f"'\\n'.join(f'Updated {{m}} {{d}}, {{y}}' for d, m, y in {_DAYS} * 4)", "a.txt"),
        ("'\\n'.join(f'Harbor Watch {i} | 2' for i in range(60_000))", "a.txt"),
        (
            f"'\\n'.join(f'{_PROSE}, {{i}}.\\nThe bay {{i}}' for i in range(30_000))",
            "https://www.chathamhouse.org/a",
        ),
        ("''.join(f'<blockquote>We saw ship {i}.</blockquote>' for i in range(20_000))", "a.html"),
        (
            "'\\n'.join(f'Key Takeaways\\nMay 3, 2025 | Policy Brief\\n- Lock {i} shut.' "
            "for i in range(8_000))",
            "https://www.atlanticcouncil.org/a.txt",
        ),
        ("'<div><a href=/a>The locks of the canal</a></div>' * 10_000", "a.html"),
    ],
)
def test_time_grows_as_the_lines_do(document: str, uri: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _READ, document, uri],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > 1_000
