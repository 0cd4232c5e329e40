"""How the fields of every form are drawn: a text says how long it may be, before it is refused."""

from functools import cached_property
from typing import NamedTuple

from django.forms import BoundField, Textarea
from django.forms.renderers import TemplatesSetting


class Limit(NamedTuple):
    """The longest text that a field takes: « 120 mots », « 3 000 caractères »."""

    most: int
    unit: str


class Field(BoundField):
    """A field within its form. `limit` is None for what is too short to be counted."""

    @cached_property
    def limit(self) -> Limit | None:
        widget = self.field.widget
        if not isinstance(widget, Textarea):
            return None
        if words := widget.attrs.get("data-max-words"):
            return Limit(words, "mot")
        characters = getattr(self.field, "max_length", None)
        return Limit(characters, "caractère") if characters else None

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        if described is None or not self.limit or not self.auto_id:
            return described
        return f"{described} {self.auto_id}_count".strip()


class Renderer(TemplatesSetting):
    """The project's own templates, around the project's own fields."""

    bound_field_class = Field
