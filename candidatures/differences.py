"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Piece:
    """Some words that stayed, that were taken out, or that were put in."""

    text: str
    is_removed: bool = False
    is_added: bool = False


def differences(before: str, after: str) -> list[Piece]:
    """The words of both in reading order: what was taken out comes before what took its place.

    Spaces and line breaks alone make no difference.
    """
    old, new = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, [one.strip() for one in old], [one.strip() for one in new])
    return list(_apart(_pieces(matcher, old, new)))


def _apart(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """With a space between two words that came from the two texts."""
    last = ""
    for piece in pieces:
        if last and not last[-1].isspace() and not piece.text[0].isspace():
            yield Piece(" ")
        yield piece
        last = piece.text


def _pieces(matcher: SequenceMatcher[str], old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, left, left_end, right, right_end in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("".join(new[right:right_end]))
            continue
        yield from _marked("".join(old[left:left_end]), is_removed=True)
        yield from _marked("".join(new[right:right_end]), is_added=True)


def _marked(text: str, *, is_removed: bool = False, is_added: bool = False) -> Iterator[Piece]:
    """The words, then the space after them, which is not marked."""
    words = text.rstrip()
    if words:
        yield Piece(words, is_removed, is_added)
    if words != text:
        yield Piece(text[len(words) :])
