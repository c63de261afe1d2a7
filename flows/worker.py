"""What runs inside a parsing worker, which imports neither duckdb nor pyarrow."""

from __future__ import annotations

from extractors.extract import extract
from extractors.model import Extraction


def work(body: bytes, uri: str, content_type: str) -> Extraction:
    """Take one document apart."""
    return extract(body, uri=uri, content_type=content_type)
