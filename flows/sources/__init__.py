"""Collecting: every way in which a brief arrives, as captures. The only place that fetches."""
