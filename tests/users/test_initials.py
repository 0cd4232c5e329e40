"""A person is found again by their initials and their colour."""

import pytest
from django.template.loader import render_to_string

from villes_internet.users.models import DISCS, User


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Inès Moreau", "IM"),
        ("Jean-Luc de la Tour", "JT"),
        ("  élise   ô  ", "ÉÔ"),
        ("Zoé", "Z"),
        ("ß", "S"),
        ("« Zoé » (mairie) Roy", "ZR"),
        ("李 小龙", "李小"),
        ("---", "-"),
        ("", "M"),
    ],
)
def test_initials_are_those_of_the_first_and_the_last_word(name: str, initials: str) -> None:
    assert User(email="mairie@arcueil.example", full_name=name).initials == initials


def test_a_colour_lasts_and_all_of_them_serve() -> None:
    people = [User(email=f"personne{number}@mairie.example") for number in range(200)]
    assert {person.disc for person in people} == set(range(1, DISCS + 1))
    assert [person.disc for person in people] == [User(email=p.email).disc for p in people]


def test_a_disc_is_silent_beside_a_name_and_says_it_alone() -> None:
    person = User(email="ines@mairie.example", full_name="Inès <b> Moreau")
    beside = render_to_string("components/avatar.html", {"person": person})
    assert 'aria-hidden="true">IM</span>' in beside
    alone = render_to_string("components/avatar.html", {"person": person, "named": True})
    assert 'role="img" aria-label="Inès &lt;b&gt; Moreau"' in alone
