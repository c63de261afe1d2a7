"""The text part of an e-mail: flowed lines joined as the standard says, the signature set aside."""

from __future__ import annotations

import re
from email.message import Message

from extractors.model import Block
from extractors.readers.mail.mime import content
from extractors.readers.text import text_blocks

_SIGNATURE = re.compile(r"^-- ?$", re.M)
_MAX_SIGNATURE = 1_500  # characters; more below a line of two hyphens is no signature


def text_part(part: Message) -> list[Block]:
    """Take a ``text/plain`` part apart into blocks."""
    text = content(part).replace("\r\n", "\n")
    signature = ""
    marks = list(_SIGNATURE.finditer(text))
    if marks and len(text) - marks[-1].end() <= _MAX_SIGNATURE:
        text, signature = text[: marks[-1].start()], text[marks[-1].end() :]
    if str(part.get_param("format", "")).lower() == "flowed":
        text = unflow(text, delete_space=str(part.get_param("delsp", "")).lower() == "yes")
    own = text_blocks(text)
    return own + [block._replace(marginal=True) for block in text_blocks(signature)]


def unflow(text: str, *, delete_space: bool = False) -> str:
    """Join the lines of ``format=flowed`` text (RFC 3676): a space at a line's end says go on."""
    joined: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        words = line.lstrip(">")
        depth = len(line) - len(words)
        words = words[1:] if words.startswith(" ") else words  # stuffed
        flows = words.endswith(" ")
        if flows and delete_space:
            words = words[:-1]
        if open_depth == depth and joined:
            joined[-1] += words
        else:
            joined.append(">" * depth + (" " if depth else "") + words)
        open_depth = depth if flows else None
    return "\n".join(joined)
