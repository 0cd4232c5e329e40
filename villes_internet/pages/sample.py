"""The pages that stand for all the others where the site's accessibility is judged.

The RGAA asks for such a sample: the accessibility statement lists it, and the tests look closest
at it.
"""

from typing import NamedTuple


class SampledPage(NamedTuple):
    """A page by its French title and the name of its address; a page of error has none."""

    title: str
    address: str = ""


class Readers(NamedTuple):
    """Who reads these pages, as the statement says it."""

    who: str
    pages: tuple[SampledPage, ...]


SAMPLE = (
    Readers(
        "Pour toutes et tous",
        (
            SampledPage("Accueil", "atlaas:home"),
            SampledPage("Contact", "pages:contact"),
            SampledPage("Mentions légales", "pages:legal_notice"),
            SampledPage("Données personnelles", "pages:personal_data"),
            SampledPage("Déclaration d’accessibilité", "pages:accessibility"),
            SampledPage("Plan du site", "pages:site_map"),
            SampledPage("Aide", "pages:help"),
            SampledPage("Connexion", "account_request_login_code"),
            SampledPage("Recherche d’une collectivité", "atlaas:territories"),
            SampledPage("Recherche dans Atlaas", "atlaas:sheets"),
            SampledPage("Palmarès d’une édition", "labels:palmares"),
            SampledPage("Page d’une collectivité", "atlaas:territory"),
            SampledPage("Fiche de pratique", "atlaas:sheet"),
            SampledPage("Page d’erreur"),
        ),
    ),
    Readers(
        "Pour les collectivités",
        (
            SampledPage("Partie du questionnaire d’une candidature", "candidatures:section"),
            SampledPage("Présentation d’une action", "candidatures:add_initiative"),
            SampledPage("Dépôt de la candidature", "candidatures:deposit"),
        ),
    ),
    Readers("Pour le jury", (SampledPage("Lecture d’un dossier", "jury:review"),)),
    Readers(
        "Pour l’équipe",
        (SampledPage("Demandes de rattachement", "territories_staff:memberships"),),
    ),
)
