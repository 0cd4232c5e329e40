from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict

from candidatures import passages
from candidatures.forms.lists import MAX_LINKS, LinksField, ToolsField
from candidatures.models import Initiative
from candidatures.recency import why_too_old
from labels.models import DigitalService, Edition
from villes_internet.fields import Field

MAX_SERVICES = 5
ADDRESS_OR_PHONE = re.compile(r"@|(?:\d[\s.-]?){9}")


@dataclass(frozen=True)
class Part:
    """Some passages of a long form, under a title of their own."""

    code: str
    title: str
    intro: str
    passages: tuple[str, ...]


PARTS = (
    Part(
        "essentiel",
        "L’essentiel",
        "Ce que l’on lit d’abord. Tout le reste est facultatif, et peut attendre.",
        ("title", "summary", "services", "kind", "mode", "dates"),
    ),
    Part(
        "recit",
        "Le récit",
        "D’où vient l’action, ce qu’elle cherche, comment elle se passe, ce qu’elle change.",
        ("context", "objectives", "course", "results"),
    ),
    Part(
        "pratique",
        "La pratique",
        "Ce qu’il faut savoir pour faire de même ailleurs.",
        ("audience", "partners", "tools", "cost_band", "links"),
    ),
    Part(
        "publication",
        "La publication",
        "Si la candidature est labellisée, l’action devient une fiche publique d’Atlaas.",
        ("is_shared", "contact"),
    ),
)

# The fields of a passage are those of the model, but for one that only the form has.
FIELDS = passages.PASSAGES | {"dates": ("started_on", "still_running", "ended_on")}


class Block(NamedTuple):
    """A passage as it is drawn; the version that is shown, of an action that exists."""

    code: str
    fields: list[Field]
    version: BoundField | None


class ServicesWidget(forms.CheckboxSelectMultiple):
    """The services as checkboxes, one fold for each enjeu, open where something is checked."""

    template_name = "candidatures/widgets/services.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["open"] = [
            index
            for _, options, index in context["widget"]["optgroups"]
            if any(option["selected"] for option in options)
        ]
        return context


class InitiativeForm(forms.ModelForm):  # type: ignore[type-arg]
    """An action: a practice of the territory, linked to services of the référentiel.

    The label takes those under two years old or still running (`candidatures.recency`). Of an
    action that exists, each passage has a hidden `v<code>`, its version shown; `passage` asks for
    one alone.
    """

    still_running = forms.BooleanField(label="Toujours en cours", required=False, initial=True)
    tools = ToolsField(
        label="Outils et licences",
        required=False,
        help_text="Les logiciels ou matériels qui la font vivre. Licence : le nom d’une licence "
        "libre, « propriétaire », ou rien si vous l’ignorez.",
    )
    links = LinksField(
        label="Liens",
        required=False,
        help_text=f"Une adresse web par ligne, {MAX_LINKS} au plus : la page de l’action, une "
        "vidéo, un bilan en ligne.",
        widget=forms.Textarea(attrs={"rows": 3, "inputmode": "url", "spellcheck": "false"}),
    )

    class Meta:
        model = Initiative
        fields = (
            "title",
            "summary",
            "services",
            "kind",
            "mode",
            "started_on",
            "ended_on",
            "context",
            "objectives",
            "course",
            "results",
            "audience",
            "partners",
            "tools",
            "cost_band",
            "links",
            "is_shared",
            "contact_role",
            "contact_email",
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "summary": forms.Textarea(attrs={"rows": 4}),
            "context": forms.Textarea(attrs={"rows": 5}),
            "objectives": forms.Textarea(attrs={"rows": 5}),
            "course": forms.Textarea(attrs={"rows": 6}),
            "results": forms.Textarea(attrs={"rows": 5}),
            "partners": forms.Textarea(attrs={"rows": 3}),
            "services": ServicesWidget(),
            "started_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ended_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "contact_email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        labels: ClassVar[dict[str, str]] = {"is_shared": "Publier cette action dans Atlaas"}
        help_texts: ClassVar[dict[str, str]] = {
            "services": f"De un à {MAX_SERVICES} services que cette action rend ou améliore, "
            "rangés par enjeu.",
            "started_on": "Seuls le mois et l’année sont montrés. Si vous ne connaissez que "
            "l’année, choisissez le 1er janvier.",
            "ended_on": "Seulement si elle est terminée, ou si sa fin est fixée.",
            "is_shared": "Les candidats au label partagent librement leurs pratiques, sous Licence "
            "Ouverte 2.0. Décochez la case si celle-ci ne doit pas être publique : le jury la "
            "lira, elle ne deviendra pas une fiche.",
            "contact_role": "Ce nom est publié, avec un lien « Être mis en relation ». Par "
            "exemple : service de la médiation numérique.",
            "contact_email": "Pour vous transmettre les messages. Elle n’est montrée ni au public "
            "ni au jury.",
        }
        error_messages: ClassVar[dict[str, dict[str, str]]] = {
            "services": {"required": "Choisissez au moins un service numérique."},
            "started_on": {"required": "Donnez la date de début, même approximative."},
        }

    def __init__(
        self,
        *args: Any,
        edition: Edition,
        today: date,
        passage: str | None = None,
        **kwargs: Any,
    ) -> None:
        self.codes = (passage,) if passage else tuple(FIELDS)
        kept = [name for code in self.codes for name in FIELDS[code]]
        self._meta = copy(self._meta)
        # Read of the instance: the services of a whole form alone, for it shows them.
        self._meta.fields = [name for name in kept if not passage or name != "services"]
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.today = today
        for name in set(self.fields) - set(kept):
            del self.fields[name]
        if "services" in self.fields:
            self.offer_services(named=not passage)
        if self.instance.pk:
            self.initial["still_running"] = self.instance.still_running
            for code in self.codes:
                self.fields[f"v{code}"] = forms.IntegerField(
                    initial=passages.version(self.instance, code),
                    min_value=0,
                    required=False,
                    widget=forms.HiddenInput,
                )

    def offer_services(self, *, named: bool) -> None:
        """Those of the edition; `named` where they are to be drawn, and not only checked."""
        field = self.fields["services"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        field.queryset = DigitalService.objects.filter(theme__edition=self.edition)
        if named:
            field.choices = _by_theme(field.queryset)

    def parts(self) -> Iterator[tuple[Part, list[Block]]]:
        """The passages in the order of the page, those of each part together."""
        for part in PARTS:
            yield part, [self.block(code) for code in part.passages]

    def block(self, code: str) -> Block:
        fields = [self[name] for name in FIELDS[code]]
        version = self[f"v{code}"] if f"v{code}" in self.fields else None
        return Block(code, fields, version)  # type: ignore[arg-type]

    def values(self) -> dict[str, tuple[passages.Value, int]]:
        """The valid passages with the version that each was written over."""
        return {
            code: (passages.plain(code, self.cleaned_data), self.cleaned_data[f"v{code}"] or 0)
            for code in self.codes
            if self._was_sent(code) and not self.wrong(code)
        }

    def _was_sent(self, code: str) -> bool:
        """Whether the page had it: an empty one is known by its version."""
        return any(name in self.data for name in (f"v{code}", *FIELDS[code]))

    def over(self, versions: Mapping[str, int]) -> InitiativeForm:
        """The same texts as typed, to show again after saving, over these versions where given."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        for code, version in versions.items():
            data[f"v{code}"] = str(version)
        self.data = data
        return self

    def wrong(self, code: str) -> list[str]:
        """What the form finds wrong with a passage, field after field."""
        names = (*FIELDS[code], f"v{code}")
        return [str(error) for name in names for error in self.errors.get(name, [])]

    def clean_services(self) -> Any:
        services = self.cleaned_data["services"]
        if len(services) > MAX_SERVICES:
            raise ValidationError(
                f"Choisissez au plus {MAX_SERVICES} services : ici {len(services)} sont cochés."
            )
        return services

    def clean_started_on(self) -> date:
        started_on: date = self.cleaned_data["started_on"]
        if started_on > self.today:
            raise ValidationError(
                "Cette date est à venir : le label accueille les actions qui ont commencé."
            )
        return started_on

    def clean_contact_role(self) -> str:
        role: str = self.cleaned_data["contact_role"]
        if ADDRESS_OR_PHONE.search(role):
            raise ValidationError(
                "Cette ligne est publiée : écrivez le nom d’un service ou d’une fonction, sans "
                "adresse électronique ni téléphone."
            )
        return role

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_dates(cleaned)
        role, email = cleaned.get("contact_role"), cleaned.get("contact_email")
        if role and not email and "contact_email" not in self.errors:
            self.add_error(
                "contact_email",
                "Donnez l’adresse à laquelle transmettre les messages : elle n’est pas publiée.",
            )
        if email and not role and "contact_role" not in self.errors:
            self.add_error(
                "contact_role",
                "Nommez le service ou la fonction que l’on pourra joindre par cette adresse.",
            )
        return cleaned

    def _check_dates(self, cleaned: dict[str, Any]) -> None:
        if "ended_on" not in self.fields:
            return
        started_on, ended_on = cleaned.get("started_on"), cleaned.get("ended_on")
        if "ended_on" in self.errors:
            return
        if cleaned.get("still_running") and ended_on:
            self.add_error(
                "ended_on",
                "L’action est dite toujours en cours, et une date de fin est donnée : effacez "
                "l’une, ou décochez l’autre.",
            )
        elif not cleaned.get("still_running") and not ended_on:
            self.add_error("ended_on", "Donnez la date de fin, ou cochez « Toujours en cours ».")
        elif started_on and ended_on and ended_on < started_on:
            self.add_error("ended_on", "La date de fin précède la date de début.")
        elif started_on and (sentence := why_too_old(started_on, ended_on, edition=self.edition)):
            self.add_error("ended_on", sentence)


def _by_theme(services: Any) -> list[tuple[str, list[tuple[int, str]]]]:
    groups: dict[str, list[tuple[int, str]]] = {}
    rows = services.order_by("theme__position", "position").values_list("pk", "name", "theme__name")
    for pk, name, theme in rows:
        groups.setdefault(theme, []).append((pk, name))
    return list(groups.items())
