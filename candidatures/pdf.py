"""The receipt of a deposit, with the whole dossier."""

from candidatures.models import Deposit
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
