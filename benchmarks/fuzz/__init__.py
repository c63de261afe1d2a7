"""Fuzzing of the extractors: damaged documents by the million, and what must hold of each."""
