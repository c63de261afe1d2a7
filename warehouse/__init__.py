"""Keeping the record: landing, lake, and the published nights."""
