"""Fetching over HTTP: politely, within limits, and from addresses of the public network alone."""
