"""Making a failing document smaller while it fails in the same way."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from benchmarks.fuzz.mutate import Case

_SECONDS = 3.0  # for one document; what is not small by then is small enough


def minimised(case: Case, fails: Callable[[Case], bool]) -> Case:
    """Leave out halves, quarters and so on of the body as long as ``fails`` holds."""
    until = time.monotonic() + _SECONDS
    body = case.body
    size = len(body) // 2
    while size:
        at = 0
        while at < len(body):
            smaller = body[:at] + body[at + size :]
            if time.monotonic() > until:
                return replace(case, body=body)
            if fails(replace(case, body=smaller)):
                body = smaller
            else:
                at += size
        size //= 2
    return replace(case, body=body)
