"""The living gallery: every component of the design system, in each of its states."""

from types import SimpleNamespace as Example

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from villes_internet.staff.permissions import StaffRequest, staff_required

SCORES = [
    (0, "0, absent"),
    (1, "1, amorcé"),
    (2, "2, engagé"),
    (3, "3, établi"),
    (4, "4, remarquable"),
    (5, "5, exemplaire"),
]
FAMILIES = {
    "Démocratie et services publics": {
        "Services publics": 4,
        "Démocratie locale": 2,
        "Identité": 0,
        "Médiation": 1,
    },
    "Vivre ensemble": {
        "Vie quotidienne": 3,
        "Solidarités": 1,
        "Cohésion sociale": 0,
        "Vie associative": 2,
    },
    "Partage des connaissances": {
        "Éducation": 6,
        "Culture et patrimoine": 2,
        "Coopération": 0,
        "Innovation": 1,
    },
    "Création de richesses": {
        "Développement économique": 1,
        "Emploi": 0,
        "Attractivité": 3,
        "Transition écologique": 12,
    },
}


class ExampleForm(forms.Form):
    title = forms.CharField(label="Titre de l’action", max_length=120)
    kind = forms.ChoiceField(
        label="Nature",
        choices=[("", "Choisir"), ("project", "Projet"), ("place", "Lieu"), ("event", "Événement")],
    )
    summary = forms.CharField(
        label="Résumé",
        help_text="120 mots au plus. Il paraîtra en tête de la fiche publique.",
        widget=forms.Textarea(attrs={"data-max-words": 120, "rows": 5}),
    )
    started_on = forms.DateField(
        label="Début", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    site = forms.URLField(
        label="Adresse du site",
        required=False,
        assume_scheme="https",
        help_text="Par exemple https://www.exemple.fr",
    )
    delivery = forms.ChoiceField(
        label="Mode de gestion",
        choices=[
            ("own", "En régie"),
            ("association", "Association financée"),
            ("other", "Délégué"),
        ],
        widget=forms.RadioSelect,
    )
    audiences = forms.MultipleChoiceField(
        label="Publics",
        required=False,
        help_text="Plusieurs réponses sont possibles.",
        choices=[("all", "Tous les habitants"), ("young", "Jeunes"), ("old", "Personnes âgées")],
        widget=forms.CheckboxSelectMultiple,
    )
    picture = forms.FileField(
        label="Photographie", required=False, help_text="JPEG ou PNG, 10 Mo au plus."
    )
    score = forms.TypedChoiceField(
        label="Impact pour les habitants",
        help_text="De 0 (absent) à 5 (exemplaire).",
        coerce=int,
        choices=SCORES,
        widget=forms.RadioSelect(attrs={"class": "score"}),
    )
    shared = forms.BooleanField(label="La collectivité accepte de partager librement cette action")


@require_safe
@staff_required
def gallery(request: StaffRequest) -> HttpResponse:
    pages = Paginator(range(740), 20)
    context = {
        "mentions": [
            Example(name="démocratie locale", green=False),
            Example(name="transition écologique", green=True),
        ],
        "levels": range(1, 6),
        "families": [
            Example(
                name=family,
                themes=[Example(name=name, count=count, url="#") for name, count in themes.items()],
            )
            for family, themes in FAMILIES.items()
        ],
        "steps": [
            Example(label="Collectivité", state="done", url="#"),
            Example(label="Actions", state="done", url="#"),
            Example(label="Questionnaire", state="current", url=""),
            Example(label="Relecture", state="todo", url=""),
            Example(label="Dépôt", state="todo", url=""),
        ],
        "scores": SCORES,
        "page_obj": pages.get_page(request.GET.get("page", 12)),
        "form": ExampleForm(
            initial={"title": "Fab lab de la médiathèque", "delivery": "own", "score": 3},
            auto_id="blank_%s",
        ),
        "invalid_form": ExampleForm({"title": "Fab lab", "summary": "Un atelier ouvert à tous."}),
    }
    return render(request, "staff/gallery.html", context)
