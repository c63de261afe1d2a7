"""How well forms of names are joined: precision and recall on invented people."""
