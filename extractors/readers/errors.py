"""What a reader says of a file that it can't read."""

from __future__ import annotations


class Unreadable(ValueError):
    """Bytes that no reader can make blocks of; ``reason`` is a fixed word, the text tells why."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
