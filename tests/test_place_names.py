"""The name of a place in a sentence."""

import pytest

from villes_internet.french import of_name, to_name


@pytest.mark.parametrize(
    ("name", "of", "to"),
    [
        ("Gray", "de Gray", "à Gray"),
        ("Arcueil", "d’Arcueil", "à Arcueil"),
        ("Évry-Courcouronnes", "d’Évry-Courcouronnes", "à Évry-Courcouronnes"),
        ("Yvetot", "d’Yvetot", "à Yvetot"),
        ("Yutz", "de Yutz", "à Yutz"),
        ("Le Mans", "du Mans", "au Mans"),
        ("Les Abymes", "des Abymes", "aux Abymes"),
        ("La Rochelle", "de La Rochelle", "à La Rochelle"),
        ("L’Haÿ-les-Roses", "de L’Haÿ-les-Roses", "à L’Haÿ-les-Roses"),
        ("Lesneven", "de Lesneven", "à Lesneven"),
        (
            "Communauté urbaine du Creusot",
            "de la Communauté urbaine du Creusot",
            "à la Communauté urbaine du Creusot",
        ),
        ("CA du Pays de Dreux", "de la CA du Pays de Dreux", "à la CA du Pays de Dreux"),
        ("Eurométropole de Strasbourg", "de l’Eurométropole de Strasbourg",
         "à l’Eurométropole de Strasbourg"),
        ("Métropole de Lyon", "de la Métropole de Lyon", "à la Métropole de Lyon"),
        ("Bordeaux Métropole", "de Bordeaux Métropole", "à Bordeaux Métropole"),
    ],
)  # fmt: skip
def test_a_name_takes_its_preposition_with_it(name: str, of: str, to: str) -> None:
    assert of_name(name) == of
    assert to_name(name) == to
