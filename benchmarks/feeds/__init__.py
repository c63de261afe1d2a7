"""Invented feeds, mutated: what is read of them is compared with feedparser."""
