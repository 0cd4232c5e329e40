"""From templates to the words of a letter."""

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.template import Context, engines
from django.template.backends.django import DjangoTemplates

LINE = 76  # characters: what a mail program shows, and quotes, without breaking it itself


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What its reader will see; `html` says the same as `text`."""

    subject: str
    text: str
    html: str = ""


def render(template: str, context: Mapping[str, object]) -> Letter:
    """The letter of `<template>.subject.txt`, `.txt` and `.html`; only the last one is escaped."""
    return Letter(
        subject=_on_one_line(_render(f"{template}.subject.txt", context)),
        text=folded(_render(f"{template}.txt", context)),
        html=_render(f"{template}.html", context, autoescape=True).strip(),
    )


def sender() -> str:
    """« Villes Internet <label@…> », even where the setting holds an address alone."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or "Villes Internet", address))


def letterhead() -> dict[str, object]:
    """What emails/base.html and base.txt say of the association in every letter."""
    return {
        "site_url": settings.SITE_URL,
        "association": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        "demonstration": settings.DEMONSTRATION,
    }


def folded(text: str) -> str:
    """Each paragraph on lines that any window holds; an address or « 23 h 59 » stays whole."""
    lines = "\n".join(_folded(line) for line in text.strip().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"


def _folded(line: str) -> str:
    if len(line) <= LINE:
        return line
    return textwrap.fill(line, LINE, break_long_words=False, break_on_hyphens=False)


def _on_one_line(text: str) -> str:
    """The spaces that no line may break at stay what they are."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def _render(name: str, context: Mapping[str, object], *, autoescape: bool = False) -> str:
    engine = engines["django"]
    if not isinstance(engine, DjangoTemplates):
        raise TypeError("Letters are written in Django's templates")
    values = letterhead() | dict(context)
    return engine.engine.get_template(name).render(Context(values, autoescape=autoescape))
