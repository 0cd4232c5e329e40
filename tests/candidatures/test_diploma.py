"""The diploma that a territory downloads once the results are public."""

import pytest
from django.test import Client
from django.urls import reverse

from candidatures import services
from candidatures.models import Candidature
from tests.factories.candidatures import contributor, deposited
from tests.factories.labels import NOW, AwardFactory, EditionFactory
from villes_internet import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def laureate() -> Candidature:
    candidature = deposited(EditionFactory(ceremony=True))
    award = AwardFactory(edition=candidature.edition, territory=candidature.territory)
    services.return_results(candidature, award=award, letter="Bravo.", at=NOW)
    return candidature


def test_it_is_downloaded_by_the_territory(client: Client, laureate: Candidature) -> None:
    client.force_login(contributor(laureate.territory))
    answer = client.get(reverse("candidatures:diploma", args=[laureate.pk]))
    assert answer.content.startswith(b"%PDF-")
    assert f"diplome-2027-{laureate.territory.code}.pdf" in answer["Content-Disposition"]


def test_a_server_that_cannot_draw_it_says_so(
    client: Client, laureate: Candidature, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "weasyprint", None)
    client.force_login(contributor(laureate.territory))
    answer = client.get(reverse("candidatures:diploma", args=[laureate.pk]))
    assert answer.status_code == 503
    assert "bibliothèque Pango" in answer.content.decode()


def test_there_is_none_before_the_results(client: Client) -> None:
    candidature = deposited(EditionFactory(ceremony=True))
    client.force_login(contributor(candidature.territory))
    assert client.get(reverse("candidatures:diploma", args=[candidature.pk])).status_code == 404
