"""The name of a territory where there is little room: the object of a letter."""

import pytest

from villes_internet.territories.spelling import shortened


@pytest.mark.parametrize(
    ("name", "longest", "read"),
    [
        ("Les Aynans", 33, "Les Aynans"),
        ("Communauté urbaine du Creusot", 29, "Communauté urbaine du Creusot"),
        ("Communauté urbaine du Creusot", 28, "CU du Creusot"),
        (
            "Communauté d’agglomération de la Presqu’île de Guérande Atlantique (Cap Atlantique)",
            33,
            "CA de la Presqu’île de Guérande…",
        ),
        ("Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson", 33, "Saint-Remy-en-Bouzemont-Saint-Ge…"),
    ],
)
def test_a_long_name_loses_its_form_then_its_last_words(name: str, longest: int, read: str) -> None:
    assert shortened(name, longest) == read
    assert len(read) <= longest
