"""From templates to the words of a letter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.template import Context, engines
from django.template.backends.django import DjangoTemplates


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
        text=_render(f"{template}.txt", context).strip() + "\n",
        html=_render(f"{template}.html", context, autoescape=True).strip(),
    )


def _on_one_line(text: str) -> str:
    """The spaces that no line may break at stay what they are."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def _render(name: str, context: Mapping[str, object], *, autoescape: bool = False) -> str:
    engine = engines["django"]
    if not isinstance(engine, DjangoTemplates):
        raise TypeError("Letters are written in Django's templates")
    values = {"site_url": settings.SITE_URL, **context}
    return engine.engine.get_template(name).render(Context(values, autoescape=autoescape))
