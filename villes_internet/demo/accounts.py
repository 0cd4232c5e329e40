"""The people of the demonstration: what anyone may try, and as whom."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """`role` and `purpose` are in French: they are shown to whoever tries the platform.

    `territories` are the codes of the collectivités that the person acts for, `requests` those that
    they have asked for: there is a request for the staff to answer. `acts_as` is a role of theirs
    (`territories.choices.Role`).
    """

    email: str
    full_name: str
    role: str
    purpose: str
    is_staff: bool = False
    territories: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    acts_as: str = "contributor"


STAFF = "equipe@demo.example"

ACCOUNTS = (
    Account(
        email="agent.village@demo.example",
        full_name="Maryse Petitjean",
        role="Référente d’un village",
        purpose="présenter La Rochelle (Haute-Saône), 40 habitants, et déposer sa candidature",
        territories=("70450",),
        acts_as="referent",
    ),
    Account(
        email="agent.ville@demo.example",
        full_name="Karim Vandamme",
        role="Référent d’une ville",
        purpose="écrire à plusieurs la candidature de Quimper, puis la déposer",
        territories=("29232",),
        acts_as="referent",
    ),
    Account(
        email="agent.territoire@demo.example",
        full_name="Élise Schneider",
        role="Référente d’un territoire",
        purpose="présenter l’Eurométropole de Strasbourg",
        territories=("246700488",),
        acts_as="referent",
    ),
    Account(
        email="collegue@demo.example",
        full_name="Sophie Deroo",
        role="Contributrice",
        purpose="écrire avec le référent de Quimper, sans pouvoir déposer",
        territories=("29232",),
        requests=("200068120",),
    ),
    Account(
        email="lectrice@demo.example",
        full_name="Anne Le Goff",
        role="Lectrice",
        purpose="lire la candidature de Quimper, sans pouvoir la modifier",
        territories=("29232",),
        acts_as="reader",
    ),
    Account(
        email="juree@demo.example",
        full_name="Nadia Ferrand",
        role="Jurée",
        purpose="lire et noter les dossiers qui lui sont confiés",
    ),
    Account(
        email="jure@demo.example",
        full_name="Thomas Le Bihan",
        role="Juré",
        purpose="lire d’autres dossiers, et ne rien voir de celui dont il est déporté",
    ),
    Account(
        email="presidente@demo.example",
        full_name="Hélène Castaing",
        role="Présidente du jury",
        purpose="conduire la délibération, décider et proclamer",
    ),
    Account(
        email=STAFF,
        full_name="Inès Moreau",
        role="Équipe de l’association",
        purpose="répondre aux demandes, ouvrir une édition, composer le jury",
        is_staff=True,
    ),
)
