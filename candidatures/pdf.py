"""The receipt of a deposit with the whole dossier, and the dossier alone."""

from datetime import datetime

from candidatures import snapshot
from candidatures.models import Candidature, Deposit
from villes_internet.pdf import render


def receipt(deposit: Deposit) -> bytes:
    """A PDF/UA of the receipt and the dossier as it was frozen.

    Raises PdfUnavailableError where the machine lacks the libraries.
    """
    candidature = deposit.candidature
    return render(
        "candidatures/pdf/receipt.html",
        {
            "deposit": deposit,
            "edition": candidature.edition,
            "territory": candidature.territory,
            "candidature": candidature,
            "dossier": deposit.snapshot,
            "acceptances": deposit.acceptances.select_related("engagement", "accepted_by").order_by(
                "engagement__position", "pk"
            ),
        },
    )


def receipt_name(deposit: Deposit) -> str:
    """« accuse-de-reception-2027-70450.pdf »; from the second deposit on, with its number."""
    candidature = deposit.candidature
    name = f"accuse-de-reception-{candidature.edition.year}-{candidature.territory.code}"
    return f"{name}-depot-{deposit.number}.pdf" if deposit.number > 1 else f"{name}.pdf"


def dossier(candidature: Candidature, deposit: Deposit | None, *, at: datetime) -> bytes:
    """A PDF/UA of what was deposited; of a draft, of what it says at that instant.

    The pages of a draft say « projet ». Raises PdfUnavailableError where the machine lacks the
    libraries.
    """
    return render(
        "candidatures/pdf/dossier.html",
        {
            "candidature": candidature,
            "edition": candidature.edition,
            "deposit": deposit,
            "dossier": deposit.snapshot if deposit else snapshot.take(candidature),
            "at": at,
        },
    )


def dossier_name(candidature: Candidature) -> str:
    """« candidature-2027-29232-quimper.pdf », « -projet » added until it is deposited."""
    territory = candidature.territory
    draft = "" if candidature.is_deposited else "-projet"
    return (
        f"candidature-{candidature.edition.year}-{territory.code}-{territory.slug[:80]}{draft}.pdf"
    )
