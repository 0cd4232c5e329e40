"""What the charter says of each component: its name, when it serves, when something else does."""

from __future__ import annotations

from dataclasses import dataclass

from villes_internet.staff import charter


@dataclass(frozen=True)
class Component:
    """`code` names its template, or the class of what pages write themselves."""

    code: str
    name: str
    use: str
    avoid: str

    @property
    def is_template(self) -> bool:
        return self.code in charter.takes()

    @property
    def takes(self) -> str:
        return charter.takes().get(self.code, "")


@dataclass(frozen=True)
class Family:
    """A chapter of the charter, drawn by a template of the same name."""

    code: str
    title: str
    components: tuple[Component, ...] = ()

    @property
    def template(self) -> str:
        return f"staff/gallery/{self.code}.html"


FAMILIES = (
    Family("couleurs", "Couleurs"),
    Family("typographie", "Typographie"),
    Family("espacements", "Espacements et grille"),
    Family(
        "signes",
        "Signes du label",
        (
            Component(
                "panel",
                "Panneau",
                "Le signe du label, tel qu’à l’entrée de la ville : un par page, ou une rangée.",
                "Comme décor : il n’annonce qu’un label attribué.",
            ),
            Component(
                "arobases",
                "Arobases",
                "Dans une ligne de liste ou un titre, pour dire un niveau de label.",
                "Pour une note, une estimation ou un classement.",
            ),
            Component(
                "ten_badge",
                "Territoire d’Excellence Numérique",
                "À côté des arobases de qui en porte le titre.",
                "Sans les arobases : le titre s’y ajoute.",
            ),
            Component(
                "mention_badge",
                "Mention",
                "À côté du label auquel elle s’ajoute.",
                "Pour un enjeu ou un thème : c’est une étiquette ordinaire.",
            ),
            Component(
                "mosaic",
                "Mosaïque des enjeux",
                "Pour lire d’un regard ce que des actions couvrent, et ce qu’elles laissent.",
                "Pour comparer des collectivités entre elles.",
            ),
            Component(
                "map",
                "Carte du label",
                "Où sont les labellisées d’une édition, avec le même en mots et en tableau.",
                "Deux fois dans une page, ou pour moins d’une dizaine de points.",
            ),
            Component(
                "locator",
                "Situation",
                "À côté du département d’une collectivité, écrit en toutes lettres.",
                "Pour plusieurs collectivités : c’est la carte.",
            ),
            Component(
                "sprite",
                "Pictogrammes",
                "À côté d’un mot, pour le retrouver plus vite.",
                "Seuls : un pictogramme ne remplace pas un mot.",
            ),
        ),
    ),
    Family(
        "actions",
        "Actions",
        (
            Component(
                "button",
                "Bouton",
                "Pour agir. Un seul bouton principal par page ; le nom commence par un verbe.",
                "Pour aller lire autre chose : c’est un lien.",
            ),
            Component(
                "dialog",
                "Fenêtre de confirmation",
                "Pour ce qui efface, à la place d’une page qui demande la même chose.",
                "Pour une erreur, un formulaire long, ou ce que personne n’a demandé.",
            ),
        ),
    ),
    Family(
        "messages",
        "Messages et états",
        (
            Component(
                "alert",
                "Alerte",
                "Ce qu’il faut savoir avant de continuer : ce qui s’est passé, et que faire.",
                "Pour ce qui vient de réussir, ou pour mettre un paragraphe en valeur.",
            ),
            Component(
                "toast",
                "Message du moment",
                "Ce qui vient de réussir. Il se lève au-dessus de la page, et part de lui-même.",
                "Pour une erreur, ou pour ce qui n’est écrit nulle part ailleurs.",
            ),
            Component(
                "badge",
                "Étiquette",
                "Un état, ou un thème, en un ou deux mots.",
                "Pour un lien ou un bouton : une étiquette ne s’actionne pas.",
            ),
            Component(
                "phase_badge",
                "Phase d’une édition",
                "À côté du nom d’une édition.",
                "Pour l’état d’une candidature.",
            ),
            Component(
                "empty",
                "Rien à montrer",
                "À la place d’une liste vide : pourquoi, et que faire.",
                "Pour une erreur, ou à côté d’une liste qui a des lignes.",
            ),
        ),
    ),
    Family(
        "formulaires",
        "Formulaires",
        (
            Component(
                "field",
                "Champ",
                "Chaque question d’un formulaire : ce qui est attendu se lit avant la saisie.",
                "Pour filtrer une liste : c’est le panneau de filtres.",
            ),
            Component(
                "choose",
                "Choix d’une ligne",
                "Dans une liste, décider de chaque ligne d’un seul geste.",
                "Pour une question d’un formulaire : c’est un champ.",
            ),
            Component(
                "error_summary",
                "Résumé des erreurs",
                "En tête d’un formulaire refusé : chaque erreur mène à son champ.",
                "Pour une règle du label : c’est une alerte.",
            ),
            Component(
                "score_scale",
                "Note",
                "Une note du jury : chaque degré a un nom.",
                "Pour un choix qui n’a pas d’ordre.",
            ),
            Component(
                "help",
                "Aide repliée",
                "Comment bien répondre, avec un exemple, en tête de page ou de section.",
                "Pour ce que tout le monde doit lire : c’est l’aide du champ.",
            ),
        ),
    ),
    Family(
        "listes",
        "Listes et recherche",
        (
            Component(
                "filters",
                "Panneau de filtres",
                "Au-dessus d’une longue liste : ce qui la restreint se voit et se retire.",
                "Pour moins d’une vingtaine de lignes.",
            ),
            Component(
                "sort_header",
                "Tableau et colonnes triables",
                "Des lignes que l’on compare ; sur un téléphone, chaque ligne devient une carte.",
                "Pour mettre en page, ou pour une seule colonne.",
            ),
            Component(
                "pagination",
                "Pages d’une liste",
                "Sous une liste de plus d’une page.",
                "Pour les étapes d’une démarche.",
            ),
            Component(
                "card",
                "Carte",
                "Une chose qui a sa propre page, parmi d’autres : toute la carte répond.",
                "Pour encadrer un texte.",
            ),
            Component(
                "definitions",
                "Définitions",
                "Des renseignements, chacun avec son nom.",
                "Pour comparer plusieurs choses : c’est un tableau.",
            ),
            Component(
                "difference",
                "Différence",
                "Deux versions d’un texte en une : ce qui est retiré, ce qui est ajouté.",
                "Pour deux textes sans rapport : montrez-les l’un après l’autre.",
            ),
            Component(
                "timeline",
                "Chronologie",
                "Un journal, un calendrier : ce qui s’est passé, ou viendra.",
                "Pour les étapes que l’on parcourt soi-même.",
            ),
            Component(
                "disclosure",
                "Repli",
                "Ce que peu de personnes liront, sous un titre qui dit ce qu’il contient.",
                "Pour ce qu’il faut avoir lu avant d’agir.",
            ),
            Component(
                "prose",
                "Texte suivi",
                "Un texte de plusieurs paragraphes, à la bonne largeur de lecture.",
                "Autour d’un formulaire ou d’une liste de cartes.",
            ),
        ),
    ),
    Family(
        "chiffres",
        "Chiffres et personnes",
        (
            Component(
                "figure",
                "Chiffre clé",
                "Deux à quatre chiffres en tête de page ; un chiffre inconnu est dit inconnu.",
                "Pour plus de quatre chiffres : c’est un tableau.",
            ),
            Component(
                "bars",
                "Barres",
                "Comparer quelques grandeurs : la barre montre, le chiffre dit.",
                "Pour une évolution dans le temps, ou plus de douze lignes.",
            ),
            Component(
                "progress",
                "Avancement",
                "Ce qui est fait sur ce qui est à faire.",
                "Pour un chargement, ou un total que l’on ignore.",
            ),
            Component(
                "avatar",
                "Personne",
                "À côté d’un nom, pour le retrouver dans une liste.",
                "À la place du nom : les initiales ne suffisent pas.",
            ),
        ),
    ),
    Family(
        "reperes",
        "Se repérer",
        (
            Component(
                "breadcrumb",
                "Fil d’Ariane",
                "En tête de toute page qui en a une au-dessus d’elle.",
                "Sur l’accueil et les pages du menu.",
            ),
            Component(
                "tabs",
                "Onglets",
                "Passer d’une page à l’autre d’un même ensemble.",
                "Pour cacher une partie d’une page : c’est un repli.",
            ),
            Component(
                "stepper",
                "Étapes",
                "Une démarche de trois à six étapes, dans l’ordre.",
                "Pour un calendrier : c’est une chronologie.",
            ),
            Component(
                "contents",
                "Sommaire d’une page",
                "À côté d’un long texte, ses titres l’un sous l’autre.",
                "Pour passer d’une page à l’autre : ce sont des onglets.",
            ),
            Component(
                "top_link",
                "Haut de la page",
                "Au bas d’une page de plus de trois écrans.",
                "Sur une page courte.",
            ),
        ),
    ),
    Family("themes", "Clair et sombre"),
)
COMPONENTS = {component.code: component for family in FAMILIES for component in family.components}
# What every page wears, without asking.
FRAME = {code: charter.takes()[code] for code in ("crumb", "footer", "outside")}
