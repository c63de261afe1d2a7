"""Shapes: how the blocks of one section become developments, statements or links."""
