"""Score the cut of unknown pages: `python -m benchmarks.articles [--each]`.

92 pages of 23 templates, each with plain and with hashed class names, with little and with much
around the article. trafilatura reads the same pages. Exits 1 if ours is below the bar or below it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from statistics import mean

from benchmarks.articles.pieces import Article, Furniture, article
from benchmarks.articles.score import Score, score
from benchmarks.articles.templates import TEMPLATES
from benchmarks.invented import Writer
from extractors.readers.html.page import Page

_BAR = 0.96
_VARIANTS = 4

Reader = Callable[[str], str]


def pages(seed: int = 0) -> Iterator[tuple[str, Article, str]]:
    """Yield every template's pages with the article that each of them has."""
    for nth, (name, make) in enumerate(TEMPLATES.items()):
        for variant in range(_VARIANTS):
            number = 1 + nth * _VARIANTS + variant + 1_000 * seed
            art = article(number)
            writer = Writer(9_000 + number)
            yield (
                name,
                art,
                make(art, Furniture(writer, heavy=variant % 2 == 1, hashed=variant >= 2)),
            )


def ours(html: str) -> str:
    """Return the text that our reader takes for the article, what the page sets aside left out."""
    blocks = Page(html, url="https://quiet.example/a").read().blocks
    return "\n".join(block.text for block in blocks if not block.marginal)


def main() -> int:
    """Score all readers and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--each", action="store_true", help="print every template's F1 too")
    parser.add_argument("--seed", type=int, default=0, help="other articles on the same templates")
    options = parser.parse_args()
    import trafilatura  # of the extra "bench": tests read these pages without it

    readers: dict[str, Reader] = {
        "ours": ours,
        "trafilatura": lambda html: trafilatura.extract(html) or "",
        "trafilatura, recall": lambda html: trafilatura.extract(html, favor_recall=True) or "",
    }
    scores: dict[str, list[Score]] = {name: [] for name in readers}
    for template, art, html in pages(options.seed):
        row = {name: score(read(html), art) for name, read in readers.items()}
        for name, found in row.items():
            scores[name].append(found)
        if options.each:
            print(f"{template:22}", *(f"{name} {found.f1:.2f}" for name, found in row.items()))
    means = {name: mean(found.f1 for found in all_) for name, all_ in scores.items()}
    for name, all_ in scores.items():
        print(
            f"{name:20} {len(all_)} pages: precision {mean(s.precision for s in all_):.3f}, "
            f"recall {mean(s.recall for s in all_):.3f}, F1 {means[name]:.3f}, "
            f"{sum(s.f1 < 0.9 for s in all_)} pages below 0.9"
        )
    return 0 if means["ours"] >= max(_BAR, means["trafilatura"]) else 1


if __name__ == "__main__":
    sys.exit(main())
