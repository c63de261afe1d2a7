"""Declarative profiles, one TOML file a publisher."""
