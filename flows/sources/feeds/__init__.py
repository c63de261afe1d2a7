"""Feeds of every dialect, as bytes, to entries. Nothing here fetches."""
