"""What a source wants to be asked with, kept as names of environment variables, never as values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

VARIABLE = re.compile(r"\$\{([A-Za-z_]\w*)\}")


class MissingVariable(ValueError):
    """An environment variable that a source names is not set."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"the environment has no variable {name}; set it, or mend sources.toml")


@dataclass(frozen=True, slots=True)
class Credentials:
    """Headers, a user with a password, a token and a proxy; each text may name ``${VARIABLE}``s.

    Values come from the environment when a source is asked: a declaration can be shown and logged.
    """

    headers: tuple[tuple[str, str], ...] = ()
    user: str | None = None
    password: str | None = None
    token: str | None = None
    proxy: str | None = None

    def resolve(self, environment: Mapping[str, str]) -> Credentials:
        """Return the same with all variables replaced; raises :class:`MissingVariable`.

        The result holds secrets: use it, and let go of it.
        """

        def value(text: str | None) -> str | None:
            return None if text is None else resolve(text, environment)

        return Credentials(
            tuple((name, resolve(text, environment)) for name, text in self.headers),
            value(self.user),
            value(self.password),
            value(self.token),
            value(self.proxy),
        )


def resolve(text: str, environment: Mapping[str, str]) -> str:
    """Replace each ``${NAME}`` in ``text``; raises :class:`MissingVariable`."""

    def value(found: re.Match[str]) -> str:
        if not (value := environment.get(found[1], "")):
            raise MissingVariable(found[1])
        return value

    return VARIABLE.sub(value, text)
