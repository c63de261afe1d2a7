# mypy: disable-error-code="import-not-found,import-untyped,untyped-decorator,misc"
"""Run by another Python, which has fundus: a list of pages as JSON in, a list of views out.

fundus reads sites for which somebody wrote a parser, and no others. This is the parser that its
guide would have one write for these pages: paragraphs of the article, its headings, and title, day
and authors from the metadata by fundus' own utilities. It imports nothing of this project.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any

from fundus.parser import ArticleBody, BaseParser, attribute
from fundus.parser.utility import (
    extract_article_body_with_selector,
    generic_author_parsing,
    generic_date_parsing,
)
from lxml.etree import XPath


class _Parser(BaseParser):
    _paragraphs = XPath("//article//p | //article//li | //main//p | //main//li")
    _headings = XPath("//article//*[self::h2 or self::h3 or self::h4]")

    @attribute
    def body(self) -> ArticleBody | None:
        return extract_article_body_with_selector(
            self.precomputed.doc,
            paragraph_selector=self._paragraphs,
            subheadline_selector=self._headings,
        )

    @attribute
    def title(self) -> str | None:
        found: str | None = self.precomputed.meta.get("og:title")
        return found

    @attribute
    def authors(self) -> list[str]:
        found: list[str] = generic_author_parsing(self.precomputed.ld.bf_search("author"))
        return found

    @attribute
    def publishing_date(self) -> datetime | None:
        found: datetime | None = generic_date_parsing(
            self.precomputed.ld.bf_search("datePublished")
            or self.precomputed.meta.get("article:published_time")
        )
        return found


def _view(page: str) -> dict[str, Any]:
    found = _Parser().parse(page, error_handling="suppress")
    day, body = found.get("publishing_date"), found.get("body")
    return {
        "title": found.get("title"),
        "day": day.date().isoformat() if day else None,
        "authors": list(found.get("authors") or []),
        "text": str(body) if body else "",
    }


if __name__ == "__main__":
    json.dump([_view(page) for page in json.load(sys.stdin)], sys.stdout)
