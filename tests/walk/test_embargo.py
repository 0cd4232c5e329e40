"""Before the proclamation, a candidature and its decision leave no trace outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

import jury.services
from candidatures.models import Candidature
from jury.models import Juror
from labels.models import Edition
from tests.factories.candidatures import InitiativeFactory, deposited, referent
from tests.factories.jury import CriterionFactory, JurorFactory, reviewed
from tests.factories.labels import AwardFactory, EditionFactory
from tests.factories.territories import CommuneFactory, EpciFactory, PerimeterFactory
from tests.walk.addresses import every_address
from tests.walk.cast import Cast, body_of, browser
from tests.walk.cells import address_of
from tests.walk.changes import WRITE
from tests.walk.dossiers import secret
from tests.walk.people import FORMER, JUROR, NEIGHBOUR, NEWCOMER, RECUSED, UNASSIGNED
from tests.walk.rights import READ
from villes_internet.calendar import start_of
from villes_internet.pages.machines import offered_sections
from villes_internet.territories.models import Territory

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = pytest.mark.django_db

PUBLIC = ("atlaas", "editions", "labels", "pages")  # namespaces
PAST, DECIDED = 2024, 2025
TITLE = secret("judged", "titre")
ABSENT = 9_999_999
NUMBERS = (
    "pk",
    "initiative_pk",
    "correction_pk",
    "document_pk",
    "question_pk",
    "attachment_pk",
    "illustration_pk",
    "number",
)


@pytest.fixture
def home() -> Territory:
    commune: Territory = CommuneFactory(name="Saint-Martin-le-Secret")
    PerimeterFactory(commune=commune, epci=EpciFactory())
    return commune


@pytest.fixture
def edition(home: Territory) -> Edition:
    AwardFactory(edition=EditionFactory(year=PAST, real=True, closes_in=-400))
    Edition.objects.filter(year=PAST).update(proclaimed_at=start_of(Edition.objects.get().opens_on))
    made: Edition = EditionFactory(year=DECIDED, real=True, ceremony=True)
    CriterionFactory(edition=made)
    referent(home)
    return made


def outside(home: Territory) -> dict[str, tuple[int, str, str]]:
    """All that a passer-by can obtain: each public address, each search, each guess."""
    return {url: seen(browser().get(url)) for url in sorted(guesses(home))}


def guesses(home: Territory) -> Iterator[str]:
    for address in every_address().values():
        if address.namespace not in (*PUBLIC, "candidatures", "jury", ""):
            continue
        known = {"code": home.code, "slug": home.slug, "section": "fiches"}
        known |= {"size": "moyenne", "suffix": "csv"}
        known |= {"uidb36": "1", "key": "k", "rest": "change/", "token": "1-1:forged"}
        for year in (PAST, DECIDED):
            for pk in (1, ABSENT):
                numbers = dict.fromkeys(NUMBERS, pk)
                yield address.url(known | numbers | {"year": year})
    for section in offered_sections():
        yield f"/sitemap-{section}.xml"
    epci = Territory.objects.exclude(pk=home.pk).get(members__commune=home)
    yield f"/territoires/{epci.code}/"
    for words in (TITLE, home.name, home.code, "resume"):
        for page in ("/atlaas/", "/territoires/", f"/palmares/{PAST}/", f"/palmares/{DECIDED}/"):
            yield f"{page}?q={words}"
    for criterion in (f"annee={DECIDED}", "departement=70", "region=27", "page=2", "enjeu=enjeu-0"):
        yield f"/atlaas/?{criterion}"


def seen(response: Response) -> tuple[int, str, str]:
    headers = {name: value for name, value in response.headers.items() if name != "Expires"}
    return (
        response.status_code,
        plain(body_of(response).decode(errors="surrogateescape")),
        str(sorted(headers.items())),
    )


def plain(html: str) -> str:
    """Without the token that differs in each form, nor the second at which a calendar was made."""
    return re.sub(r'(csrfmiddlewaretoken" value="|CSRFToken": "|DTSTAMP:)\w+', r"\1", html)


def decide(home: Territory, edition: Edition) -> Candidature:
    candidature = deposited(edition, territory=home)
    InitiativeFactory(candidature=candidature, title=TITLE)
    chair = JurorFactory(edition=edition, chair=True)
    reviewed(JurorFactory(edition=edition), candidature, words=secret("verdict", "avis"))
    jury.services.decide(
        candidature,
        level=5,
        mentions=[],
        is_ten=True,
        letter=secret("letter", "mot"),
        by=chair,
        at=start_of(edition.deliberates_on) + timedelta(hours=9),
    )
    return candidature


def test_until_the_proclamation_the_world_is_the_same_as_without_the_candidature(
    home: Territory, edition: Edition
) -> None:
    before = outside(home)
    assert len(before) > 40
    candidature = decide(home, edition)
    assert outside(home) == before
    chair = Juror.objects.get(edition=edition, is_chair=True)
    jury.services.proclaim(edition, by=chair, at=start_of(edition.ceremony_on) + timedelta(hours=9))
    after = outside(home)
    changed = {url for url in after if after[url] != before[url]}
    # The positive control: what the proclamation makes public is what could have leaked.
    assert {"/", "/palmares/", f"/palmares/{DECIDED}/", "/atlaas/", f"/territoires/{home.code}/",
            f"/atlaas/?q={TITLE}", "/sitemap.xml", "/sitemap-fiches.xml",
            "/sitemap-palmares.xml", "/sitemap-territoires.xml", "/atlaas/flux.atom",
            f"/territoires/{home.code}/apercu.png",
            f"/palmares/{DECIDED}/apercu.png"} <= changed  # fmt: skip
    assert TITLE in after["/atlaas/"][1]
    private = [url for url in changed if url.startswith(("/candidatures/", "/jury/", "/comptes/"))]
    assert private == []
    assert candidature.pk


def test_the_words_of_the_letter_stay_private_once_proclaimed(
    home: Territory, edition: Edition
) -> None:
    decide(home, edition)
    chair = Juror.objects.get(edition=edition, is_chair=True)
    jury.services.proclaim(edition, by=chair, at=start_of(edition.ceremony_on) + timedelta(hours=9))
    said = "".join(body for _, body, _ in outside(home).values())
    assert not re.search(r"zebre-(letter|verdict)-", said)


HIDDEN_FROM = (NEWCOMER, FORMER, NEIGHBOUR, JUROR, UNASSIGNED, RECUSED)


@pytest.mark.parametrize("who", HIDDEN_FROM)
def test_what_one_may_not_see_looks_like_what_does_not_exist(who: str, cast: Cast) -> None:
    """Same status, same words: a 404 of the database and one of the rights are one."""
    for scene, rule in READ.items():
        address = every_address()[address_of(scene)]
        if rule[who] == "404" and "pk" in address.parameters:
            there = seen(cast.browser(who).get(cast.url(scene)))
            known = dict.fromkeys(NUMBERS, ABSENT)
            assert there == seen(cast.browser(who).get(elsewhere(cast, scene, known))), scene


@pytest.mark.parametrize("who", [NEWCOMER, RECUSED])
def test_a_post_tells_no_more_than_a_get(who: str, cast: Cast) -> None:
    for scene, rule in WRITE.items():
        address = every_address()[address_of(scene)]
        if rule[who] == "404" and "pk" in address.parameters:
            known = dict.fromkeys(NUMBERS, ABSENT)
            there = seen(cast.browser(who).post(cast.url(scene)))
            assert there == seen(cast.browser(who).post(elsewhere(cast, scene, known))), scene


def elsewhere(cast: Cast, scene: str, changed: dict[str, int]) -> str:
    address = every_address()[address_of(scene)]
    known = dict(cast.arguments.get(address.namespace, {})) | dict(cast.arguments.get(scene, {}))
    return address.url(known | changed)


@pytest.mark.parametrize(("who", "door"), [(NEWCOMER, False), (NEIGHBOUR, False), (JUROR, True)])
def test_only_those_who_sit_are_shown_the_door_of_the_jury(
    who: str, door: bool, cast: Cast
) -> None:
    page = cast.browser(who).get("/comptes/").content.decode()
    assert ('href="/jury/"' in page) is door
