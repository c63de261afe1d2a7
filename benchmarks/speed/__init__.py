"""How many documents a second: `python -m benchmarks.speed`."""
