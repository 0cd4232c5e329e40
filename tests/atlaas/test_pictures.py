"""The picture of a page, asked for by a social network: public, kept, drawn once, never early."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from atlaas.models import Sheet
from atlaas.pictures import SITE, SheetPicture, TerritoryPicture, sheet_of, territory_of
from labels.models import Award
from labels.pictures import panel_of
from tests.factories.atlaas import SheetFactory
from tests.factories.labels import (
    NOW,
    AwardFactory,
    DigitalServiceFactory,
    EditionFactory,
    MentionFactory,
)
from tests.factories.territories import CommuneFactory, EpciFactory
from villes_internet.drawing.responses import FRESH_FOR, version
from villes_internet.territories.models import Territory

pytestmark = pytest.mark.django_db

ODD = [
    "Où va le « numérique »\u202f? L’été, à l’ombre d’un Œil",
    "Le bus 🚌 <b>passe</b> & repasse",
    "1\u202f000 idées\u00a0: 100\u00a0%",
    "\r\n\t",
    "W" * 140,
    "Un titre très long pour vérifier qu’une fiche à rallonge tient dans l’image " * 2,
]


def picture_url(territory: Territory) -> str:
    return reverse("atlaas:territory_picture", args=[territory.code])


def kept() -> list[str]:
    """What the shared cache of pictures holds."""
    return list(caches["pictures"]._cache)  # type: ignore[attr-defined]


@pytest.fixture
def labelled() -> Award:
    award: Award = AwardFactory(level=3, territory__name="Vesoul")
    return award


def test_a_labelled_territory_shows_its_latest_panel(client: Client, labelled: Award) -> None:
    earlier = EditionFactory(year=2024, closes_in=-800, proclaimed_at=NOW)
    AwardFactory(edition=earlier, territory=labelled.territory, level=1)
    answer = client.get(picture_url(labelled.territory))
    assert answer.content == panel_of(labelled).draw(demonstration=True)
    assert answer["Content-Type"] == "image/png"


def test_a_territory_without_a_label_shows_no_arobase(client: Client) -> None:
    town = CommuneFactory(town=True, name="Gray")
    shown = TerritoryPicture("Gray", "Commune · 20\u202f000\u00a0habitants", "Haute-Saône (70)")
    assert territory_of(town) == shown
    assert client.get(picture_url(town)).content == shown.draw(demonstration=True)
    epci = EpciFactory(population=None)
    assert territory_of(epci).nature == "Communauté de communes"


def test_a_sheet_shows_its_title_its_territory_and_three_enjeux(client: Client) -> None:
    sheet = SheetFactory(title="Un bus", territory__name="Gray")
    sheet.services.set([DigitalServiceFactory(edition=sheet.edition) for _ in range(4)])
    names = tuple(sheet.theme_names[:3])
    shown = SheetPicture("Un bus", "Gray · Haute-Saône (70)", names)
    assert len(names) == 3
    assert sheet_of(sheet) == shown
    answer = client.get(reverse("atlaas:sheet_picture", args=[sheet.pk]))
    assert answer.content == shown.draw(demonstration=True)


@pytest.mark.parametrize("title", ODD)
def test_any_title_makes_a_light_picture(title: str) -> None:
    long = "Communauté d’agglomération Guingamp-Paimpol Agglomération de l’Armor à l’Argoat"
    drawn = SheetPicture(title, f"{long} · Côtes-d’Armor (22)", (title, long, "Œuvre"))
    content = drawn.draw(demonstration=True)
    assert Image.open(BytesIO(content)).size == (1200, 630)
    assert len(content) < 60_000


def test_whoever_has_it_already_is_told_so_and_nothing_is_drawn(
    client: Client, labelled: Award
) -> None:
    url = picture_url(labelled.territory)
    etag = client.get(url)["ETag"]
    assert not etag.startswith("W/")
    caches["pictures"].clear()
    again = client.get(url, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert again["Cache-Control"] == f"public, max-age={FRESH_FOR}"
    assert kept() == []


def test_it_is_drawn_once_for_all(client: Client, labelled: Award) -> None:
    shared = caches["pictures"]
    shared.set(version(panel_of(labelled)), b"drawn by another process")
    assert client.get(picture_url(labelled.territory)).content == b"drawn by another process"


def test_what_changes_in_the_picture_changes_its_version(
    client: Client, labelled: Award, settings: Any
) -> None:
    url = picture_url(labelled.territory)
    seen = [client.get(url)["ETag"]]
    for change in (
        lambda: Award.objects.update(level=4),
        lambda: Award.objects.update(is_ten=True),
        lambda: labelled.mentions.add(MentionFactory(edition=labelled.edition, green=True)),
        lambda: setattr(settings, "DEMONSTRATION", False),
        lambda: AwardFactory(
            edition=EditionFactory(year=2027, proclaimed_at=NOW), territory=labelled.territory
        ),
    ):
        change()
        seen.append(client.get(url, headers={"If-None-Match": seen[-1]}).headers["ETag"])
    assert len(set(seen)) == len(seen)


def test_what_does_not_show_in_it_keeps_its_version(client: Client, labelled: Award) -> None:
    url = picture_url(labelled.territory)
    before = client.get(url)["ETag"]
    Territory.objects.update(latitude=1.0)
    Award.objects.update(awarded_at=NOW + timedelta(days=1))
    assert client.get(url)["ETag"] == before
    assert client.get(f"{url}?anything=else")["ETag"] == before
    assert len(kept()) == 1


def test_the_merged_and_the_unknown(client: Client) -> None:
    successor = CommuneFactory()
    gone = CommuneFactory(vanished=True, successor=successor)
    assert client.get(picture_url(gone))["Location"] == picture_url(successor)
    assert client.get("/territoires/99999/apercu.png").status_code == 404
    assert client.get("/atlaas/999999/apercu.png").status_code == 404
    assert client.get("/palmares/1999/apercu.png").status_code == 404
    corsican = CommuneFactory(code="2A004")
    assert client.get("/territoires/2a004/apercu.png").content == client.get(
        picture_url(corsican)
    ).content  # fmt: skip


def test_an_edition_that_is_not_proclaimed_has_no_picture(client: Client) -> None:
    EditionFactory(year=2026, ceremony=True)
    assert client.get("/palmares/2026/apercu.png").status_code == 404
    EditionFactory(year=2025, closes_in=-400, proclaimed_at=NOW)
    assert client.get("/palmares/2025/apercu.png").status_code == 200


def test_head_tells_the_same_without_the_picture(client: Client, labelled: Award) -> None:
    url = picture_url(labelled.territory)
    shown, told = client.get(url), client.head(url)
    assert (told.status_code, told.content) == (200, b"")
    assert told["ETag"] == shown["ETag"]


def test_a_passer_by_gets_no_cookie(client: Client) -> None:
    answer = client.get(reverse("atlaas:picture"))
    assert answer.content == SITE.draw(demonstration=True)
    assert not answer.cookies


QUERIES = {"site": 0, "territory": 3, "unlabelled": 2, "sheet": 2, "palmares": 4}


@pytest.mark.parametrize("rows", [1, 3])
def test_a_picture_costs_the_same_however_much_it_shows(client: Client, rows: int) -> None:
    town = CommuneFactory()
    for year in range(2026, 2026 - rows, -1):
        edition = EditionFactory(year=year, closes_in=-400, proclaimed_at=NOW)
        award = AwardFactory(edition=edition, territory=town)
        award.mentions.set([MentionFactory(edition=edition) for _ in range(rows)])
    sheet: Sheet = SheetFactory(territory=town, edition=award.edition)
    sheet.services.set([DigitalServiceFactory(edition=sheet.edition) for _ in range(rows)])
    urls = {
        "site": reverse("atlaas:picture"),
        "territory": picture_url(town),
        "unlabelled": picture_url(CommuneFactory()),
        "sheet": reverse("atlaas:sheet_picture", args=[sheet.pk]),
        "palmares": reverse("labels:palmares_picture", args=[award.edition.year]),
    }
    found = {}
    for name, url in urls.items():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        found[name] = len(captured)
    assert found == QUERIES
