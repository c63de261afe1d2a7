"""The commands that are not in :mod:`flows.cli` itself, one module a topic."""
