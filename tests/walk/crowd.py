"""The public site as full as it gets, and the address of each of its pages."""

from __future__ import annotations

from atlaas.models import Sheet
from atlaas.models.illustration import MOST_ILLUSTRATIONS
from labels.models import DigitalService, Edition, Mention
from labels.services import create_edition
from labels.views.palmares import PER_PAGE as AWARDS_PER_PAGE
from tests.factories.atlaas import SheetContactFactory, SheetFactory, SheetIllustrationFactory
from tests.factories.labels import NOW, AwardFactory, EditionFactory
from tests.factories.territories import CommuneFactory
from tests.walk.addresses import every_address
from tests.walk.people import ANONYMOUS
from tests.walk.rights import READ

MOST_BYTES = 100_000  # over the wire, for a page that was never visited
MOST_REQUESTS = 12
PARAGRAPH = "Un minibus aménagé s’arrête chaque semaine devant la mairie. " * 40


def crowd() -> Sheet:
    """A palmarès and a library with more than a page each; returns a long sheet."""
    town = CommuneFactory(town=True)
    edition = proclaimed(year=2026)
    mentions = Mention.objects.filter(edition=edition)[:2]
    AwardFactory(edition=edition, territory=town).mentions.set(mentions)
    for _ in range(AWARDS_PER_PAGE + 5):
        AwardFactory(edition=edition).mentions.set(mentions)
    services = list(DigitalService.objects.filter(theme__edition=edition))
    for number in range(25):
        sheet: Sheet = SheetFactory(
            territory=town,
            edition=edition,
            services=services[number::25],
            summary=PARAGRAPH[:600],
            context=PARAGRAPH,
            objectives=PARAGRAPH,
            course=PARAGRAPH * 2,
            results=PARAGRAPH,
        )
    SheetContactFactory(sheet=sheet)
    SheetIllustrationFactory.create_batch(MOST_ILLUSTRATIONS, sheet=sheet)
    return sheet


def proclaimed(*, year: int) -> Edition:
    """With the référentiel that the project ships, its enjeux and services whole."""
    edition = EditionFactory.build(year=year, ceremony=True, proclaimed_at=NOW)
    return create_edition(edition, by=None, at=NOW)


def public_urls(sheet: Sheet) -> list[str]:
    """Of all that a passer-by may read but what a letter alone leads to, and of a search."""
    known = {"code": sheet.territory.code, "slug": "x", "pk": sheet.pk, "year": sheet.edition.year}
    known |= {"section": "fiches"}
    known |= {"illustration_pk": sheet.illustrations.order_by("pk")[0].pk, "size": "moyenne"}
    urls = [
        address.url(known)
        for address in every_address().values()
        if READ.get(address.name, {}).get(ANONYMOUS, "").startswith("200")
        and address.namespace not in {"candidatures", "demo"}
    ]
    return [*urls, sheet.get_absolute_url(), "/territoires/?q=saint"]
