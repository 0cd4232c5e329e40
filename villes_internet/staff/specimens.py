"""What the components of the charter are shown with: ordinary French, and the hardest cases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace as Example

import django_filters
from django import forms
from django.http import QueryDict

from villes_internet.filters import FilterSet
from villes_internet.french import plural
from villes_internet.territories.cartography import NAMED, Location, place
from villes_internet.users.models import DISCS, User

LONGEST_NAME = "Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson"  # 45 letters: no commune has more
SCORES = [
    (0, "0, absent"),
    (1, "1, amorcé"),
    (2, "2, engagé"),
    (3, "3, établi"),
    (4, "4, remarquable"),
    (5, "5, exemplaire"),
]
THEMES = {
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


class SpecimenForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Titre de l’action", max_length=120)
    kind = forms.ChoiceField(
        label="Nature",
        choices=[("", "Choisir"), ("project", "Projet"), ("place", "Lieu"), ("event", "Événement")],
    )
    summary = forms.CharField(
        label="Résumé",
        help_text="Il paraîtra en tête de la fiche publique.",
        widget=forms.Textarea(attrs={"data-max-words": 120, "rows": 5}),
    )
    context = forms.CharField(
        label="Contexte", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 4})
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
    code = forms.CharField(label="Code de l’édition", disabled=True, required=False, initial="2027")
    shared = forms.BooleanField(label="La collectivité accepte de partager librement cette action")


class SpecimenFilter(FilterSet):
    """A list narrowed by words and by three choices."""

    q = django_filters.CharFilter(label="Mots")
    region = django_filters.ChoiceFilter(
        label="Région",
        empty_label="Toutes",
        choices=[("bretagne", "Bretagne"), ("paca", "Provence-Alpes-Côte d’Azur")],
    )
    type = django_filters.ChoiceFilter(
        label="Type", empty_label="Tous", choices=[("ville", "ville"), ("village", "village")]
    )
    annee = django_filters.ChoiceFilter(
        label="Édition", empty_label="Toutes", choices=[("2026", "2026"), ("2025", "2025")]
    )


def filters() -> dict[str, SpecimenFilter]:
    """Nothing asked, then as much as can be."""
    asked = QueryDict("plein-q=bus+numérique&plein-region=paca&plein-type=ville&tri=nom")
    nobody = User.objects.none()
    return {
        "untouched": SpecimenFilter(QueryDict(), nobody, prefix="vide"),
        "narrowed": SpecimenFilter(asked, nobody, prefix="plein"),
    }


def form() -> SpecimenForm:
    initial = {"title": "Fab lab de la médiathèque", "delivery": "own"}
    return SpecimenForm(initial=initial, auto_id="vierge_%s")


def refused_form() -> SpecimenForm:
    return SpecimenForm({"title": "Fab lab", "summary": "Un atelier ouvert à tous."})


def mosaic() -> Example:
    """What labels.mosaic lays, by hand: the ground knows nothing of the apps above it."""
    return Example(
        families=[
            Example(name=family, themes=[_tile(*tile) for tile in themes.items()])
            for family, themes in THEMES.items()
        ],
        shades=[
            Example(weight=1, least=1, most=4),
            Example(weight=2, least=5, most=8),
            Example(weight=3, least=9, most=None),
        ],
    )


def _tile(name: str, count: int) -> Example:
    services = [Example(name=f"Service {rank + 1}", count=int(rank < count)) for rank in range(9)]
    return Example(
        code="exemple",
        name=name,
        count=count,
        weight=min(3, (count + 3) // 4),
        services=services,
        covered=services[:count],
    )


def label_map() -> Example:
    """What labels.label_map draws: a town of each kind of point, in two régions."""
    rennes = _point("35238", "Rennes", 5, "35", (48.11, -1.68), is_ten=True)
    quimper = _point("29232", "Quimper", 3, "29", (48.0, -4.1))
    areas = [Example(code="35", name="Ille-et-Vilaine", count=3, weight=2, is_zoomed=False)]
    areas += [Example(code="29", name="Finistère", count=1, weight=1, is_zoomed=False)]
    island = Example(code="975", name="Saint-Pierre-et-Miquelon", count=1)
    regions = [("53", "Bretagne", 4, areas), ("975", island.name, 1, [island])]
    return Example(
        count=5,
        points=[rennes, quimper, _point("29019", LONGEST_NAME, None, "29", (48.39, -4.49))],
        unplaced=[_point("97502", "Saint-Pierre", 1, island.name, None)],
        departments=areas,
        overseas=[island],
        regions=[
            Example(code=code, name=name, count=count, areas=areas)
            for code, name, count, areas in regions
        ],
        frames=NAMED,
        shades=[Example(weight=weight, least=weight, most=weight) for weight in (1, 2, 3)],
        radii=[6, 8, 9, 11, 12],
        has_ten=True,
        has_hollow=True,
    )


def _point(
    code: str,
    name: str,
    level: int | None,
    department: str,
    at: tuple[float, float] | None,
    *,
    is_ten: bool = False,
) -> Example:
    latitude, longitude = at or (None, None)
    return Example(
        code=code,
        name=name,
        words="niveau non connu" if level is None else f"{level}\u00a0arobase{plural(level)}",
        radius=4 + 2 * (level or 1),
        is_ten=is_ten,
        is_hollow=level is None,
        department=department,
        place=place(department, latitude=latitude, longitude=longitude),
    )


def people() -> list[User]:
    """One for each colour of disc, then the hardest names."""
    names = ["Inès Moreau", "Jean-Luc de la Tour", "Élise Ô", "Zoé", "Amadou Ba", "Lucie Klein"]
    found: dict[int, User] = {}
    number = 0
    while len(found) < DISCS:
        person = User(email=f"personne{number}@exemple.fr", full_name=names[number % len(names)])
        found.setdefault(person.disc, person)
        number += 1
    return [found[disc] for disc in sorted(found)]


def entries() -> list[Example]:
    by = User(email="camille@exemple.fr", full_name="Camille Ferrand")
    return [
        Example(at=datetime(2026, 3, 2, 8, 5, tzinfo=UTC), what="Candidature commencée", by=by),
        Example(at=datetime(2026, 11, 1, 9, 30, tzinfo=UTC), what="Pièce jointe retirée", by=None),
        Example(at=date(2026, 11, 15), what="Dépôts jusqu’à 23\u202fh\u202f59", now=True),
        Example(at=date(2027, 2, 1), what="Cérémonie et proclamation"),
    ]


def steps() -> list[Example]:
    return [
        Example(label="Collectivité", state="done", url="#reperes"),
        Example(label="Actions", state="done", url="#reperes"),
        Example(label="Questionnaire", state="current", url=""),
        Example(label="Relecture", state="todo", url=""),
        Example(label="Dépôt", state="todo", url=""),
    ]


def context() -> dict[str, object]:
    """All of them, for the template of the gallery."""
    return {
        "longest_name": LONGEST_NAME,
        "mentions": [
            Example(name="démocratie locale", green=False),
            Example(name="transition écologique", green=True),
        ],
        "levels": range(1, 6),
        "mosaic": mosaic(),
        "map": label_map(),
        "locations": [
            Location("29", place("29", latitude=48.0, longitude=-4.1)),
            Location("93", place("93", latitude=48.9, longitude=2.48)),
            Location("973", None),
        ],
        "phases": [
            Example(label="en préparation"),
            Example(label="candidatures ouvertes", kind="warning"),
            Example(label="lecture par le jury", kind="info"),
            Example(label="proclamée", kind="success"),
        ],
        "form": form(),
        "refused_form": refused_form(),
        "choose_form": SpecimenForm(initial={"delivery": "own"}, auto_id="choix_%s"),
        "scores": SCORES,
        "filters": filters(),
        "rows": [
            Example(label="Population", value="22\u202f408 habitants"),
            Example(label="Intercommunalité", value=LONGEST_NAME),
            Example(label="Coût", value=""),
        ],
        "questions": [
            Example(
                label="Quelle place les habitants ont-ils dans vos choix numériques\u202f?",
                value="Un conseil de vingt personnes tirées au sort.\nIl rend un avis public.",
            ),
            Example(label="Un service a-t-il été arrêté\u202f? Pourquoi\u202f?", value=""),
        ],
        "pieces": [
            Example(text="Le bus passe "),
            Example(text="chaque mois", is_removed=True),
            Example(text="chaque semaine", is_added=True),
            Example(text=" devant la mairie."),
        ],
        "entries": entries(),
        "by_level": {5: 30, 4: 62, 3: 81, 2: 40, 1: 0},
        "by_type": {
            "territoire": 12,
            "ville": 1_169,
            "village de moins de 3\u202f000 habitants": 1,
        },
        "people": people(),
        "tabs": [
            Example(label="Volonté politique", url="#reperes", here=True),
            Example(label="Inclusion et médiation numériques", url="#reperes", here=False),
            Example(label="Démocratie locale", url="#reperes", here=False),
        ],
        "steps": steps(),
    }
