"""What was shown of a file, handed back with the confirmation: signed, so that nobody changes it.

Nothing is kept on the server between the two: there is nothing to expire, to lose or to read there.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex

from django.core import signing

from candidatures.importing.lines import Entry
from candidatures.models import Candidature
from villes_internet.refusals import Refusal
from villes_internet.spreadsheets.cells import readable
from villes_internet.users.models import User

LIFETIME = timedelta(hours=24)
LONGEST = 4 * 1024 * 1024  # characters, below what Django takes of a form
LONGEST_NAME = 80
START_AGAIN = (
    "Rien n’a été ajouté à la candidature. Revenez à la page de l’import, puis envoyez de nouveau "
    "le fichier."
)


@dataclass(frozen=True)
class Sealed:
    """`reference` names this import for ever: it is done once, however often it is confirmed.

    `known` are the titles, folded, that were shown as being in the dossier already.
    """

    reference: str
    name: str
    known: list[str]
    entries: list[Entry]


def seal(
    entries: Sequence[Entry],
    *,
    name: str,
    known: Collection[str],
    candidature: Candidature,
    by: User,
) -> str:
    """Raises Refusal when it is too long to come back."""
    data = {
        "reference": token_hex(4).upper(),
        "name": readable(name)[:LONGEST_NAME],
        "known": sorted(known),
        "entries": [[entry.line, entry.data] for entry in entries],
    }
    sealed = signing.dumps(data, salt=_salt(candidature, by), compress=True)
    if len(sealed) > LONGEST:
        raise Refusal(
            "Ce fichier contient trop de texte pour un seul import : partagez-le en deux. Rien n’a "
            "été ajouté à la candidature."
        )
    return sealed


def unseal(sealed: str, *, candidature: Candidature, by: User) -> Sealed:
    """Raises Refusal when it is not what this person was shown for this candidature, or too old."""
    try:
        data = signing.loads(sealed, salt=_salt(candidature, by), max_age=LIFETIME)
    except signing.SignatureExpired as error:
        raise Refusal(f"Cet aperçu a plus de vingt-quatre heures. {START_AGAIN}") from error
    except signing.BadSignature as error:
        raise Refusal(f"Cet aperçu n’est pas celui de votre fichier. {START_AGAIN}") from error
    entries = [Entry(line, fields) for line, fields in data["entries"]]
    return Sealed(data["reference"], data["name"], data["known"], entries)


def _salt(candidature: Candidature, by: User) -> str:
    return f"candidatures.importing.{candidature.pk}.{by.pk}"
