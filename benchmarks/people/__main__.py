"""``python -m benchmarks.people``: precision and recall of joining names, over many drawings."""

from __future__ import annotations

from benchmarks.people.score import score


def main() -> None:
    """Print the figures of five drawings of 300 people, and of all of them."""
    total = [0, 0, 0]
    for seed in range(5):
        found = score(seed, 300)
        total = [a + b for a, b in zip(total, (found.right, found.joined, found.true), strict=True)]
        print(f"seed {seed}: {found}")
    right, joined, true = total
    print(f"all: precision {right / joined:.4f}, recall {right / true:.4f} of {true} pairs")


if __name__ == "__main__":
    main()
