"""From a template to a tagged PDF (PDF/UA-1), the same bytes for the same content."""

import hashlib
import logging
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from villes_internet.fonts import LATO, SERIF

try:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
except OSError as error:  # WeasyPrint is there, Pango is not
    logging.getLogger(__name__).warning("pdf_unavailable", extra={"reason": str(error)})
    weasyprint = None

FACES = [
    ("Lato", 400, "normal", LATO / "Lato-Regular.ttf"),
    ("Lato", 400, "italic", LATO / "Lato-Italic.ttf"),
    ("Lato", 700, "normal", LATO / "Lato-Bold.ttf"),
    ("Source Serif Pro", 400, "normal", SERIF / "SourceSerifPro-Regular.ttf"),
    ("Source Serif Pro", 600, "normal", SERIF / "SourceSerifPro-Semibold.ttf"),
]


class PdfUnavailableError(Exception):
    """This machine cannot draw PDF documents; the sentence is for the person who asked for one."""

    def __init__(self) -> None:
        super().__init__(
            "Les documents PDF ne sont pas disponibles sur ce serveur : il y manque la "
            "bibliothèque Pango. Rien n’est perdu ; prévenez l’association."
        )


def font_faces() -> str:
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
        f'src: url("{path.as_uri()}"); }}\n'
        for family, weight, style, path in FACES
    )


def render(template: str, context: Mapping[str, Any]) -> bytes:
    """Draw `template` (which extends pdf/base.html) with the house's fonts and pdf.css.

    Raises PdfUnavailableError where Pango is missing.
    """
    if weasyprint is None:
        raise PdfUnavailableError
    html = render_to_string(template, {"demonstration": settings.DEMONSTRATION, **context})
    fonts = FontConfiguration()
    stylesheets = [
        weasyprint.CSS(string=font_faces(), font_config=fonts),
        weasyprint.CSS(filename=stylesheet(), font_config=fonts),
    ]
    document: bytes = weasyprint.HTML(string=html).write_pdf(
        stylesheets=stylesheets,
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
    )
    return document


def stylesheet() -> str:
    path = finders.find("css/pdf.css")
    assert isinstance(path, str)  # noqa: S101  # it ships with the project
    return path
