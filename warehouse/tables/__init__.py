"""The tables, by what they hold; `warehouse.schema` is the whole of them."""
