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
        },
    )


def receipt_name(deposit: Deposit) -> str:
    candidature = deposit.candidature
    return f"accuse-de-reception-{candidature.edition.year}-{candidature.territory.code}.pdf"
