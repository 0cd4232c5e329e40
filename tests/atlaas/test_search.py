"""Finding a practice sheet: French words, whatever their accents and endings."""

import pytest
from django.test import Client
from django.urls import reverse

from atlaas.models import Sheet
from tests.factories.atlaas import SheetFactory
from tests.factories.labels import DigitalServiceFactory
from tests.factories.territories import CommuneFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "words",
    [
        "médiathèque",
        "mediatheques",
        "MÉDIATHÈQUES ouvertes",
        "dimanches médiathèque",
        '"médiathèque ouverte"',
        "médiathèque -piscine",
    ],
)
def test_a_sheet_is_found_by_the_stem_of_its_words(words: str) -> None:
    wanted = SheetFactory(title="Une médiathèque ouverte le dimanche")
    SheetFactory(title="Le budget participatif descend dans la rue")
    assert list(Sheet.objects.search(words)) == [wanted]


def test_a_word_of_the_title_counts_more_than_one_of_the_text() -> None:
    in_text = SheetFactory(title="Un lieu pour tous", results="Un budget participatif a suivi.")
    in_title = SheetFactory(title="Budget participatif")
    assert list(Sheet.objects.search("budget participatif")) == [in_title, in_text]


@pytest.mark.parametrize("words", ["'", "&&", "OR OR", "a" * 300, "\\", "-", '"'])
def test_no_input_breaks_the_search(client: Client, words: str) -> None:
    SheetFactory()
    assert client.get(reverse("atlaas:sheets"), {"q": words}).status_code == 200


def test_filters_narrow_together(client: Client) -> None:
    wanted = SheetFactory(title="Ici et maintenant")
    wanted.services.set([DigitalServiceFactory(edition=wanted.edition, theme__code="emploi")])
    SheetFactory(title="Ailleurs et demain")
    page = client.get(reverse("atlaas:sheets"), {"enjeu": "emploi", "region": "27"})
    assert "Ici et maintenant" in page.content.decode()
    assert "Ailleurs et demain" not in page.content.decode()


def test_the_address_of_a_sheet_follows_its_title(client: Client) -> None:
    sheet = SheetFactory(title="Été numérique")
    answer = client.get(reverse("atlaas:sheet_short", args=[sheet.pk]))
    assert (answer.status_code, answer["Location"]) == (301, f"/atlaas/{sheet.pk}-ete-numerique/")
    old = client.get(reverse("atlaas:sheet", args=[sheet.pk, "ancien-titre"]))
    assert old["Location"] == f"/atlaas/{sheet.pk}-ete-numerique/"


def test_the_page_of_a_merged_commune_leads_to_its_successor(client: Client) -> None:
    successor = CommuneFactory(name="Commune-Nouvelle")
    gone = CommuneFactory(vanished=True, successor=successor)
    SheetFactory(title="Partagée avant la fusion", territory=gone)
    answer = client.get(reverse("atlaas:territory", args=[gone.code]), follow=True)
    assert answer.redirect_chain[0][0] == reverse("atlaas:territory", args=[successor.code])
    assert "Partagée avant la fusion" in answer.content.decode()


def test_an_unknown_territory_is_not_found(client: Client) -> None:
    assert client.get(reverse("atlaas:territory", args=["99999"])).status_code == 404
