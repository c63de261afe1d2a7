"""How fast many feeds are collected, against the bound that politeness sets."""
