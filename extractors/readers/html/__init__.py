"""HTML: where the article is, what the page says of itself, and its blocks."""
