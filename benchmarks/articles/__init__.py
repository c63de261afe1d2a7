"""Finding the article on pages of unknown templates: `python -m benchmarks.articles`."""
