"""What documents can do to the process that parses them. A document's first word says what.

Parsing processes import this by its name, from the folder that the test puts on the path.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time

from extractors.model import Brief, Extraction, Rejection

_hoard: list[bytearray] = []


def work(body: bytes, uri: str, content_type: str, hints: object = None) -> Extraction:
    """Do what the document says; what says nothing gives a brief of its text."""
    word, _, rest = body.decode("utf-8", "replace").partition(" ")
    if word == "LOOP":
        while True:
            pass
    elif word == "KILL":
        os.kill(os.getpid(), signal.SIGKILL)
    elif word == "STOP":
        os.kill(os.getpid(), signal.SIGSTOP)
    elif word == "EXIT":
        sys.exit(3)
    elif word == "SEGFAULT":
        ctypes.string_at(0)
    elif word == "ABORT":
        os.abort()
    elif word == "MEMORY":
        bytearray(10_000_000_000)
    elif word == "GROW":  # as a parser does, a little at a time
        pieces = []
        while True:
            pieces.append("x" * 1_000_000)
    elif word == "HOARD":
        _hoard.append(bytearray(b"x") * int(rest))
    elif word == "RECURSE":
        work(body, uri, content_type)
    elif word == "RAISE":
        raise RuntimeError("a defect of an extractor")
    elif word == "NATIVE":  # sleeps in native code, and lets nobody else in
        ctypes.PyDLL(None).sleep(60)
    elif word == "HUGE":
        return Extraction(brief=Brief("x" * int(rest), (), "", 1))
    elif word == "SLEEP":
        time.sleep(float(rest))
    return Extraction(rejection=Rejection("fine", f"{os.getpid()} {body.decode()}"))
