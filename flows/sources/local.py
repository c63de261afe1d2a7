"""Collecting from this machine: folders, files and archives of pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flows.sources.model import Collected, Failure, Source
from flows.sources.sink import Sink
from warehouse.errors import WarehouseError
from warehouse.landing import Capture


def collect_local(source: Source, sink: Sink, leave_out: Path) -> Collected:
    """Store what is new of a source on this machine; ``leave_out`` is the data root."""
    done = Collected(source)
    try:
        for item in _items(source, leave_out):
            if isinstance(item, Failure):
                sink.refuse(source.name, item)
                if item.whole:
                    done.failed(item)
            else:
                sink.store(item)
    except WarehouseError:
        raise
    except Exception as error:  # no night is lost to what nobody foresaw in one source
        message = f"collecting failed: {type(error).__name__}: {error}; please report it"
        failure = Failure(source.location, "source-error", message, whole=True)
        sink.refuse(source.name, failure)
        done.failed(failure)
    return done


def _items(source: Source, leave_out: Path) -> Iterator[Capture | Failure]:
    from flows.sources.folder import collect_folder

    return collect_folder(source, leave_out)
