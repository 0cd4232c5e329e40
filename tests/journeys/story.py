"""What the journey tells: one edition, a candidate of each type, a jury of three."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Collectivite:
    """A real one. Its agent types `search`, sees the `homonym` too, and takes the one `wanted`."""

    code: str
    name: str
    search: str
    wanted: str
    homonym: str
    level: int
    mention: str = ""
    is_ten: bool = False


@dataclass(frozen=True, kw_only=True)
class Action:
    """An action: its `title` and `summary` are in no other text of the site.

    `other_words` find it by other inflections of its title, without accents; `services` are those
    that it is linked to, each with its enjeu.
    """

    title: str
    summary: str
    other_words: str
    services: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Dossier:
    collectivite: Collectivite
    action: Action
    answers: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Story:
    year: int
    domain: str
    village: Dossier
    town: Dossier
    epci: Dossier

    @property
    def dossiers(self) -> tuple[Dossier, Dossier, Dossier]:
        return self.village, self.town, self.epci


VOLONTE = {
    "Que cherchez-vous à changer": "Que personne ne renonce à un droit faute d’écran.",
    "Un membre de l’assemblée": "Oui",
    "Quel est l’intitulé de cette délégation": "Vie du village et numérique",
}
MOYENS = {
    "Quel budget consacrez-vous": "4200,50",
    "Combien d’agents": "2",
}
HABITANTS = {
    "Quelle est l’adresse de votre site": "www.mairie.example",
    "Où un habitant peut-il": "Dans un lieu de la collectivité",
    "Comment savez-vous que vos services": "Un cahier à l’entrée, relu chaque mois en conseil.",
}
OF_A_VILLAGE = {
    **VOLONTE,
    **MOYENS,
    "Comment faites-vous beaucoup avec peu": "Le matériel vient du collège, l’aide des voisins.",
    **HABITANTS,
}
OF_A_TOWN = {
    **VOLONTE,
    "Que change l’éloignement": "Le matériel arrive en six semaines : nous réparons d’abord.",
    **MOYENS,
    "Où en sont vos services en ligne": "Déclaration publiée",
    **HABITANTS,
}
OF_AN_EPCI = {
    **VOLONTE,
    "Que partagez-vous entre les communes": "Une équipe de quatre médiatrices, depuis 2021.",
    **MOYENS,
    "Où en sont vos services en ligne": "Déclaration publiée",
    **HABITANTS,
}

WITH_SCRIPTS = Story(
    year=2041,
    domain="avec.example",
    village=Dossier(
        collectivite=Collectivite(
            code="70450",
            name="La Rochelle",
            search="La Rochelle",
            wanted="La Rochelle (70)",
            homonym="La Rochelle (17)",
            level=3,
            mention="Transition écologique",
        ),
        action=Action(
            title="Les veillées numériques du lavoir",
            summary="Chaque jeudi d’hiver, on apporte sa tablette et ses questions près du poêle.",
            other_words="veillee numerique lavoirs",
            services={
                "Budget participatif numérique": "Démocratie locale",
                "Site internet officiel": "Identité",
            },
        ),
        answers=OF_A_VILLAGE,
    ),
    town=Dossier(
        collectivite=Collectivite(
            code="97411",
            name="Saint-Denis",
            search="Saint-Denis",
            wanted="Saint-Denis (974)",
            homonym="Saint-Denis (93)",
            level=4,
            mention="Démocratie locale",
        ),
        action=Action(
            title="Le marché aux démarches du Barachois",
            summary="Un samedi par mois, six guichets s’installent entre les étals.",
            other_words="marches demarche barachois",
            services={
                "Budget participatif numérique": "Démocratie locale",
                "Compte citoyen": "Services publics",
            },
        ),
        answers=OF_A_TOWN,
    ),
    epci=Dossier(
        collectivite=Collectivite(
            code="246700488",
            name="Eurométropole de Strasbourg",
            search="Strasbourg",
            wanted="Eurométropole de Strasbourg (67)",
            homonym="Strasbourg (67)",
            level=5,
            is_ten=True,
        ),
        action=Action(
            title="La passerelle des médiatrices itinérantes",
            summary="Quatre médiatrices tiennent permanence à tour de rôle dans les gares.",
            other_words="mediatrice passerelles itinerante",
            services={
                "Données ouvertes": "Démocratie locale",
                "Compte citoyen": "Services publics",
                "Application mobile locale": "Identité",
            },
        ),
        answers=OF_AN_EPCI,
    ),
)

WITHOUT_SCRIPTS = Story(
    year=2042,
    domain="sans.example",
    village=Dossier(
        collectivite=Collectivite(
            code="73034",
            name="Beaufort",
            search="Beaufort",
            wanted="Beaufort (73)",
            homonym="Beaufort (59)",
            level=3,
            mention="Transition écologique",
        ),
        action=Action(
            title="Le chalet des écrans partagés",
            summary="Un chalet d’alpage prête des ordinateurs réparés par les lycéens.",
            other_words="chalets ecran partage",
            services={
                "Compte citoyen": "Services publics",
                "Données ouvertes": "Démocratie locale",
            },
        ),
        answers=OF_A_VILLAGE,
    ),
    town=Dossier(
        collectivite=Collectivite(
            code="17300",
            name="La Rochelle",
            search="La Rochelle",
            wanted="La Rochelle (17)",
            homonym="La Rochelle (70)",
            level=4,
            mention="Démocratie locale",
        ),
        action=Action(
            title="Les marées racontées aux riverains",
            summary="Des capteurs posés par les collégiens disent à chaque quai quand l’eau monte.",
            other_words="maree racontee riverain",
            services={
                "Données ouvertes": "Démocratie locale",
                "Application mobile locale": "Identité",
            },
        ),
        answers=OF_A_TOWN,
    ),
    epci=Dossier(
        collectivite=Collectivite(
            code="200040715",
            name="Grenoble-Alpes-Métropole",
            search="Grenoble",
            wanted="Grenoble-Alpes-Métropole (38)",
            homonym="Grenoble (38)",
            level=5,
            is_ten=True,
        ),
        action=Action(
            title="Les téléphériques bavards",
            summary="Dans chaque cabine, une borne explique les décisions de la semaine.",
            other_words="telepherique bavard",
            services={
                "Données ouvertes": "Démocratie locale",
                "Application mobile locale": "Identité",
            },
        ),
        answers=OF_AN_EPCI,
    ),
)
