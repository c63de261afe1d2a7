"""Readers: the bytes of one format to a :class:`~extractors.model.Document`."""
