"""Collecting from this machine: folders, files and archives of pages."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from flows.sources.folder import collect_folder
from flows.sources.looks import Looks, Unchanged, keep_looks, load_looks
from flows.sources.model import Collected, Failure, Source
from flows.sources.sink import Sink
from warehouse.errors import WarehouseError
from warehouse.root import DataRoot


class Local:
    """One source on this machine: collected, and then, once landing has it, remembered."""

    def __init__(self, source: Source, root: DataRoot, settle: float) -> None:
        self._source = source
        self._root = root
        self._settle = settle
        digest = hashlib.sha256(source.name.encode("utf-8", "surrogatepass")).hexdigest()
        self._path = root.path / "state" / f"{digest[:16]}.json"
        self._looks = Looks()

    def collect(self, sink: Sink) -> Collected:
        """Store what is new; files that did not change are not read."""
        done = Collected(self._source, asked=True)
        name = self._source.name
        before, unsettled = load_looks(self._path), sink.unsettled()
        self._looks = Looks({uri: look for uri, look in before.items() if uri not in unsettled})
        try:
            for item in collect_folder(
                self._source, self._root.path, looks=self._looks, settle=self._settle
            ):
                if isinstance(item, Unchanged):
                    sink.again(name, item.uri, datetime.now(UTC))
                elif isinstance(item, Failure):
                    sink.refuse(name, item)
                    if item.whole:
                        done.failed(item)
                else:
                    sink.store(item)
        except WarehouseError:
            raise
        except Exception as error:  # no night is lost to what nobody foresaw in one source
            message = f"collecting failed: {type(error).__name__}: {error}; please report it"
            failure = Failure(self._source.location, "source-error", message, whole=True)
            sink.refuse(name, failure)
            done.failed(failure)
        now = {uri: look for uri, look in self._looks.now.items() if not sink.is_forgotten(uri)}
        self._looks = Looks(self._looks.before, now)
        return done

    def remember(self) -> None:
        """Remember how the files looked; not before what they held is in landing."""
        if self._looks.now or self._looks.before:
            keep_looks(self._path, self._looks.now)
