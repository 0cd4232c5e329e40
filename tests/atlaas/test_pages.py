"""What the public pages bring together: neighbours, practices alike, the whole mosaïque."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from atlaas.library import library
from atlaas.models import Sheet
from tests.factories.atlaas import SheetFactory
from tests.factories.labels import AwardFactory, DigitalServiceFactory, EditionFactory
from tests.factories.territories import CommuneFactory

pytestmark = pytest.mark.django_db


def test_practices_alike_share_services_and_come_from_elsewhere() -> None:
    sheet = SheetFactory()
    one, two, other = (DigitalServiceFactory(edition=sheet.edition) for _ in range(3))
    sheet.services.set([one, two])
    SheetFactory(territory=sheet.territory, services=[one, two])
    SheetFactory(services=[other])
    near = SheetFactory(services=[one, two])
    less_near = SheetFactory(services=[two, other])
    assert list(Sheet.objects.akin_to(sheet)) == [near, less_near]


def test_a_practice_names_its_enjeux_in_the_order_of_the_mosaique() -> None:
    sheet = SheetFactory()
    services = [
        DigitalServiceFactory(edition=sheet.edition, theme__position=position)
        for position in (3, 1, 2)
    ]
    sheet.services.set(services)
    third, first, second = (service.theme.name for service in services)
    assert Sheet.objects.with_details().get().theme_names == [first, second, third]


def test_practices_alike_are_found_across_editions() -> None:
    earlier = SheetFactory(services=[DigitalServiceFactory(code="bus")])
    later = EditionFactory(year=2028, ceremony=True, proclaimed_at=timezone.now())
    sheet = SheetFactory(edition=later)
    sheet.services.set([DigitalServiceFactory(edition=later, code="bus")])
    assert list(Sheet.objects.akin_to(sheet)) == [earlier]


def test_the_page_of_a_territory_names_the_laureates_of_its_department(client: Client) -> None:
    award = AwardFactory(territory=CommuneFactory(name="Proche"))
    AwardFactory(
        edition=EditionFactory(year=2020, ceremony=True, proclaimed_at=timezone.now()),
        territory=CommuneFactory(name="Jadis"),
    )
    here = CommuneFactory(name="Ici", department=award.territory.department)
    page = client.get(reverse("atlaas:territory", args=[here.code])).content.decode()
    assert "Dans le même département" in page
    assert "Proche" in page
    assert "Jadis" not in page


def test_a_territory_is_not_its_own_neighbour(client: Client) -> None:
    award = AwardFactory()
    page = client.get(reverse("atlaas:territory", args=[award.territory.code])).content.decode()
    assert "Dans le même département" not in page


def test_searching_a_town_shows_its_latest_label(client: Client) -> None:
    AwardFactory(territory=CommuneFactory(name="Arcueil"), level=4)
    page = client.get(reverse("atlaas:territories"), {"q": "arcueil"}).content.decode()
    assert 'aria-label="4 arobases"' in page


def test_the_library_is_weighed_anew_when_a_sheet_is_published() -> None:
    assert library().sheets == 0
    sheet = SheetFactory()
    sheet.services.set([DigitalServiceFactory(edition=sheet.edition)])
    assert sum(library().weights.services.values()) == 1
    SheetFactory(services=[DigitalServiceFactory(edition=sheet.edition)])
    assert library().sheets == 2
    assert sum(library().weights.services.values()) == 2


def test_the_library_is_weighed_once_as_long_as_it_stays(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    SheetFactory()
    library()
    with django_assert_num_queries(1):
        library()


def test_the_library_puts_forward_one_practice_of_a_territory() -> None:
    first = SheetFactory()
    again = SheetFactory(territory=first.territory)
    elsewhere = SheetFactory()
    assert library().highlights == (elsewhere.pk, again.pk)
