"""The diploma: one page whatever the name, readable aloud, the same file twice."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from labels.laureate import Laureate, LaureateMention
from labels.pdf import diploma
from villes_internet import pdf

CEREMONY = date(2027, 2, 4)
FULL = Laureate(
    name="Communauté de communes du Pays de Saint-Rémy-en-Bouzemont-Nord",
    candidate_type_label="Territoire",
    edition_name="26e édition",
    year=2026,
    level=5,
    is_ten=True,
    mentions=(
        LaureateMention("démocratie locale"),
        LaureateMention("médiation numérique"),
        LaureateMention("transition écologique", green=True),
    ),
)


def words(document: bytes) -> str:
    (page,) = PdfReader(BytesIO(document)).pages
    return " ".join(page.extract_text().split())


def test_a_diploma_says_all_that_was_won_on_one_page() -> None:
    text = words(diploma(FULL, proclaimed_on=CEREMONY))
    assert "Communauté de communes du Pays de Saint-Rémy-en-Bouzemont-Nord" in text
    assert "Territoire Internet 2026" in text
    assert "Territoire d’Excellence Numérique" in text
    assert "démocratie locale · médiation numérique · transition écologique" in text
    assert "Proclamé le 4 février 2027" in text


@pytest.mark.parametrize("length", [1, 20, 21, 34, 35, 60, 70, 71, 160])
def test_any_name_fits_on_one_page(length: int) -> None:
    name = ("Saint-Rémy en Bouzemont " * 8)[:length].strip()
    laureate = Laureate(name, "Village", "26e édition", 2026, level=5, is_ten=True)
    assert "La présidence du jury" in words(diploma(laureate, proclaimed_on=CEREMONY))


def test_a_mention_without_arobase_has_its_diploma() -> None:
    laureate = Laureate(
        "Bras-sur-Meuse", "Village", "8e édition", 2006, None, False, (LaureateMention("libre"),)
    )
    text = words(diploma(laureate, proclaimed_on=CEREMONY))
    assert "Mention libre" in text
    assert "Excellence" not in text


def test_the_document_is_tagged_in_french_and_names_itself() -> None:
    reader = PdfReader(BytesIO(diploma(FULL, proclaimed_on=CEREMONY)))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert reader.metadata is not None
    assert reader.metadata.title == f"Diplôme 2026\u00a0: {FULL.name}"


def test_the_same_laureate_gives_the_same_bytes() -> None:
    assert diploma(FULL, proclaimed_on=CEREMONY) == diploma(FULL, proclaimed_on=CEREMONY)


def test_only_a_demonstration_says_that_it_is_one(settings: Any) -> None:
    settings.DEMONSTRATION = True
    assert "sans valeur officielle" in words(diploma(FULL, proclaimed_on=CEREMONY))
    settings.DEMONSTRATION = False
    assert "sans valeur officielle" not in words(diploma(FULL, proclaimed_on=CEREMONY))


def test_without_pango_the_refusal_is_a_french_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "weasyprint", None)
    with pytest.raises(pdf.PdfUnavailableError, match="Pango"):
        diploma(FULL, proclaimed_on=CEREMONY)
