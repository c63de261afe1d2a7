"""One module a publisher: ``pages(writer)`` invents a brief and lays it out as they do."""
