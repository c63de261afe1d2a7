"""Taking briefs apart: bytes to rows' worth of values, by pure functions.

The one door for other programs is :func:`extract`.
"""

from extractors.extract import extract
from extractors.model import Brief, Extraction, Rejection

__all__ = ["Brief", "Extraction", "Rejection", "extract"]
