"""What an action lists: web addresses, one a line; tools with their licence, in a small table."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from candidatures.forms.questions import CELL_MAX, TableWidget

MAX_LINKS = 8
MAX_TOOLS = 12
TOOL_COLUMNS = ["Outil", "Licence"]
LONGEST_LINK = 400  # characters


class LinksField(forms.CharField):
    """A list of whole web addresses; « www.commune.fr » is understood."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        links = [_address(rank, line) for rank, line in enumerate(lines, 1) if line]
        if len(links) > MAX_LINKS:
            raise ValidationError(
                f"Donnez au plus {MAX_LINKS} adresses : il y en a {len(links)}. "
                "Gardez celles qui aident le mieux à comprendre."
            )
        return list(dict.fromkeys(links))


def _address(rank: int, line: str) -> str:
    """Raises ValidationError when the line is no address of the web."""
    address = line if "://" in line else f"https://{line}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise ValidationError(
            f"Ligne {rank} : « {line[:80]} » n’est pas une adresse web. Copiez-la depuis la barre "
            "d’adresse du navigateur, par exemple https://www.commune.fr/page."
        ) from error
    if len(address) > LONGEST_LINK or "@" in address:
        raise ValidationError(
            f"Ligne {rank} : cette adresse est trop longue, ou contient une adresse électronique. "
            "Donnez celle de la page elle-même."
        )
    return address


class ToolsField(forms.Field):
    """Pairs: a tool and its licence, which may be unknown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=TableWidget(TOOL_COLUMNS), **kwargs)

    def clean(self, value: list[list[str]]) -> list[list[str]]:
        rows = [[cell.strip() for cell in row] for row in value]
        if any(len(cell) > CELL_MAX for row in rows for cell in row):
            raise ValidationError(f"Une case contient au plus {CELL_MAX} caractères.")
        for name, licence in rows:
            if not name:
                raise ValidationError(
                    f"Donnez le nom de l’outil dont la licence est « {licence} »."
                )
        if len(rows) > MAX_TOOLS:
            raise ValidationError(f"Donnez au plus {MAX_TOOLS} outils : il y en a {len(rows)}.")
        return rows
