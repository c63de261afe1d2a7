"""Quality: how much of a brief comes out right, field by field, against truth that is known.

`python -m benchmarks.quality` scores the golden corpus: the hand-written samples and some hundreds
of invented briefs that are printed anew from a fixed seed. docs/quality.md tells the rest.
"""
