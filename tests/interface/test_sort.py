"""A list is sorted by the columns that it offers, and by no other."""

import re

import pytest
from django.test import Client

from tests.factories.candidatures import CandidatureFactory, InitiativeFactory
from tests.factories.labels import EditionFactory
from tests.factories.territories import CommuneFactory
from tests.factories.users import UserFactory
from villes_internet.sorting import sorting

COLUMNS = {"nom": "sort_key", "date": "created_at"}


@pytest.mark.parametrize(
    ("asked", "fields", "direction"),
    [
        (None, ("sort_key", "pk"), "ascending"),
        ("", ("sort_key", "pk"), "ascending"),
        ("date", ("created_at", "pk"), "ascending"),
        ("-date", ("-created_at", "pk"), "descending"),
        ("created_at", ("sort_key", "pk"), "ascending"),
        ("-user__password", ("sort_key", "pk"), "ascending"),
    ],
)
def test_only_the_columns_on_offer_sort(
    asked: str | None, fields: tuple[str, ...], direction: str
) -> None:
    order = sorting(asked, COLUMNS)
    assert order.fields == fields
    assert order.direction == direction


@pytest.mark.django_db
def test_the_staff_sort_the_campaign(client: Client) -> None:
    edition = EditionFactory(real=True)
    for name, actions in (("Bièvres", 0), ("Arcueil", 2), ("Cachan", 1)):
        dossier = CandidatureFactory(edition=edition, territory=CommuneFactory(name=name))
        for _ in range(actions):
            InitiativeFactory(candidature=dossier)
    client.force_login(UserFactory(staff=True))

    def listed(query: str) -> tuple[list[str], str]:
        page = client.get(f"/gestion/editions/{edition.year}/candidatures/{query}").content.decode()
        names = re.findall(r'<th scope="row"><a href="/[^>]*>([^<]+)</a>', page)
        [head] = re.findall(r'aria-sort="(\w+)"[^>]*><a [^>]*>(\w+)', page)
        return names, " ".join(head)

    assert listed("") == (["Arcueil", "Bièvres", "Cachan"], "ascending Collectivité")
    assert listed("?tri=-collectivite")[0] == ["Cachan", "Bièvres", "Arcueil"]
    assert listed("?tri=-actions") == (["Arcueil", "Cachan", "Bièvres"], "descending Actions")
    assert listed("?tri=initiatives")[0] == ["Arcueil", "Bièvres", "Cachan"]
