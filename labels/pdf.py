"""The diploma handed to a laureate, drawn from a plain value."""

from datetime import date

from labels.laureate import Laureate
from villes_internet import pdf


def diploma(laureate: Laureate, *, proclaimed_on: date) -> bytes:
    """One page of A4 landscape. Raises villes_internet.pdf.PdfUnavailableError without Pango."""
    return pdf.render(
        "labels/pdf/diploma.html",
        {
            "laureate": laureate,
            "name_size": name_size(laureate.name),
            "proclaimed_on": proclaimed_on,
        },
    )


def name_size(name: str) -> str:
    """The size at which a name of this length fits the panel on two lines."""
    sizes = {20: "short", 34: "long", 70: "longest"}
    return next((size for longest, size in sizes.items() if len(name) <= longest), "smallest")
