"""Pictures of an action: described, credited, few, light, and private until the sheet is public."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from PIL import Image

import jury.services
from atlaas.models import Sheet, SheetIllustration
from atlaas.models.illustration import MEDIUM, SMALL
from candidatures import services, snapshot
from candidatures.models import Candidature, Initiative, InitiativeIllustration
from tests.factories.atlaas import SheetFactory, SheetIllustrationFactory, photograph
from tests.factories.candidatures import (
    CandidatureFactory,
    InitiativeFactory,
    contributor,
    deposit_last_day,
    illustrated,
    reader,
)
from tests.factories.jury import CriterionFactory, JurorFactory, reviewed
from tests.factories.labels import NOW, EditionFactory
from tests.files.test_store import document, kept, where_and_who
from tests.walk.cast import body_of
from villes_internet.calendar import start_of
from villes_internet.files.derivatives import shrink
from villes_internet.files.inspection import Content
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db

WORDS = "Une médiatrice et un homme âgé devant un écran."
SIZES = ("petite", "moyenne", "grande")


@pytest.fixture(autouse=True)
def store(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def initiative() -> Initiative:
    candidature = CandidatureFactory(edition=EditionFactory(real=True))
    made: Initiative = InitiativeFactory(candidature=candidature)
    return made


@pytest.fixture
def agent(initiative: Initiative) -> User:
    return contributor(initiative.candidature.territory)


def send(initiative: Initiative, content: bytes, *, by: User) -> InitiativeIllustration:
    upload = SimpleUploadedFile("image.jpg", content)
    return services.illustrate(
        initiative, upload=upload, alternative=WORDS, credit="La ville", by=by, at=NOW
    )


def plain(size: tuple[int, int], **options: Any) -> bytes:
    """A picture without detail, which every size holds well."""
    content = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(content, "JPEG", **options)
    return content.getvalue()


def ask(client: Client, address: str) -> tuple[int, str, str]:
    """Its status, its kind, and who may keep it."""
    answer = client.get(address)
    body_of(answer)
    assert not answer.cookies
    headers = answer.headers
    return answer.status_code, headers["Content-Type"], headers.get("Cache-Control", "")


def page_of(initiative: Initiative) -> str:
    return reverse("candidatures:illustrations", args=[initiative.candidature_id, initiative.pk])


# --- What is kept of a picture -------------------------------------------------------------------


def test_a_picture_is_kept_in_three_sizes_none_of_which_says_where_it_was_taken(
    initiative: Initiative, agent: User
) -> None:
    added = send(initiative, plain((3000, 2000), exif=where_and_who()), by=agent)
    widths = []
    for size in SIZES:
        stored = added.sized(size)
        assert stored is not None
        with Image.open(BytesIO(kept(stored))) as image:
            assert not image.getexif()
            widths.append(image.width)
    assert widths == [400, 800, 2400]
    assert (added.width, added.height, added.small_width) == (800, 533, 400)
    assert added.sized("immense") is None


def test_a_picture_full_of_detail_still_weighs_little(initiative: Initiative, agent: User) -> None:
    added = send(initiative, photograph((1600, 1600), grain=120), by=agent)
    assert added.medium.size <= MEDIUM[1]
    assert added.small.size <= SMALL[1]


def test_a_small_picture_is_not_blown_up() -> None:
    seen_through = BytesIO()
    Image.new("RGBA", (64, 48), (255, 0, 0, 128)).save(seen_through, "PNG")
    content = Content(data=seen_through.getvalue(), content_type="image/png")
    small = shrink(content, longest=800, most=27_000)
    assert (small.width, small.height, small.content_type) == (64, 48, "image/webp")
    with Image.open(BytesIO(small.data)) as image:
        assert image.mode == "RGBA"


def test_only_a_picture_illustrates(initiative: Initiative, agent: User) -> None:
    with pytest.raises(ValidationError, match="Le contenu de ce fichier n’est pas accepté"):
        send(initiative, document(), by=agent)
    assert not InitiativeIllustration.objects.exists()


# --- The rules -----------------------------------------------------------------------------------


def test_an_action_has_three_pictures_at_the_most(initiative: Initiative, agent: User) -> None:
    for _ in range(3):
        illustrated(initiative, by=agent, at=NOW)
    with pytest.raises(Refusal, match="au plus 3 images"):
        illustrated(initiative, by=agent, at=NOW)
    assert initiative.illustrations.count() == 3


def test_the_same_picture_sent_twice_is_there_once(initiative: Initiative, agent: User) -> None:
    content = photograph((60, 40))
    assert send(initiative, content, by=agent) == send(initiative, content, by=agent)
    assert initiative.illustrations.count() == 1
    assert initiative.candidature.journal.filter(what__startswith="Image ajoutée").count() == 1


def test_adding_a_picture_leaves_the_text_that_a_colleague_is_writing_alone(
    initiative: Initiative, agent: User
) -> None:
    illustrated(initiative, by=agent, at=NOW)
    initiative.refresh_from_db()
    assert initiative.passages == {}


def test_a_picture_of_an_action_removed_meanwhile_is_refused(
    initiative: Initiative, agent: User
) -> None:
    services.remove_initiative(Initiative.objects.get(), by=agent, at=NOW)
    with pytest.raises(Refusal, match="a retiré cette action"):
        illustrated(initiative, by=agent, at=NOW)


def test_who_only_reads_neither_adds_nor_removes(initiative: Initiative, agent: User) -> None:
    added = illustrated(initiative, by=agent, at=NOW)
    someone = reader(initiative.candidature.territory)
    with pytest.raises(Forbidden):
        illustrated(initiative, by=someone, at=NOW)
    with pytest.raises(Forbidden):
        services.remove_illustration(added, by=someone, at=NOW)
    assert initiative.illustrations.get() == added


@pytest.mark.parametrize("alternative", ["", "image", "Photo 2", "IMG_2041", "bus.JPG"])
def test_a_picture_is_described_in_words(
    client: Client, initiative: Initiative, agent: User, alternative: str
) -> None:
    client.force_login(agent)
    sent = {
        "file": SimpleUploadedFile("bus.jpg", photograph((60, 40))),
        "alternative": alternative,
        "credit": "La ville",
    }
    answer = client.post(page_of(initiative), sent)
    assert answer.status_code == 422
    assert 'value="La ville"' in answer.content.decode()
    assert not initiative.illustrations.exists()


def test_the_database_keeps_no_picture_without_words() -> None:
    with pytest.raises(IntegrityError, match="sheetillustration_described_and_credited"):
        SheetIllustrationFactory(alternative="")


def test_what_was_typed_for_one_picture_too_many_is_shown_again(
    client: Client, initiative: Initiative, agent: User
) -> None:
    client.force_login(agent)
    for _ in range(3):
        illustrated(initiative, by=agent, at=NOW)
    assert "retirez d’abord la moins utile" in client.get(page_of(initiative)).content.decode()
    upload = SimpleUploadedFile("bus.jpg", photograph((60, 40)))
    sent = {"file": upload, "alternative": WORDS, "credit": "La ville"}
    answer = client.post(page_of(initiative), sent)
    assert answer.status_code == 409
    assert WORDS + "</textarea>" in answer.content.decode()


def test_a_removed_picture_is_gone_from_its_address(
    client: Client, initiative: Initiative, agent: User
) -> None:
    added = illustrated(initiative, by=agent, at=NOW)
    client.force_login(agent)
    dossier = initiative.candidature_id
    address = reverse("candidatures:illustration", args=[dossier, added.pk, "petite"])
    assert ask(client, address)[0] == 200
    keys = [initiative.candidature_id, initiative.pk, added.pk]
    assert client.post(reverse("candidatures:remove_illustration", args=keys)).status_code == 302
    assert client.get(address).status_code == 404


# --- Who sees it ---------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_a_picture_of_a_draft_is_for_its_territory_alone(
    client: Client, initiative: Initiative, agent: User, size: str
) -> None:
    added = illustrated(initiative, by=agent, at=NOW)
    address = reverse("candidatures:illustration", args=[initiative.candidature_id, added.pk, size])
    assert client.get(address).headers["Location"].startswith("/comptes/")
    other = contributor(CandidatureFactory(edition=initiative.candidature.edition).territory)
    client.force_login(other)
    assert client.get(address).status_code == 404
    client.force_login(agent)
    status, kind, keeping = ask(client, address)
    assert (status, keeping) == (200, "private, max-age=300")
    assert kind.startswith("image/")
    assert not SheetIllustration.objects.exists()


def proclaimed(candidature: Candidature) -> None:
    edition = candidature.edition
    CriterionFactory(edition=edition)
    chair = JurorFactory(edition=edition, chair=True)
    reviewed(JurorFactory(edition=edition), candidature)
    jury.services.decide(
        candidature, level=3, mentions=[], is_ten=False, letter="", by=chair,
        at=start_of(edition.deliberates_on) + timedelta(hours=9),
    )  # fmt: skip
    jury.services.proclaim(edition, by=chair, at=start_of(edition.ceremony_on) + timedelta(hours=9))


def test_a_picture_is_public_with_its_sheet_and_only_then(client: Client) -> None:
    edition = EditionFactory(real=True, ceremony=True)
    candidature = CandidatureFactory(edition=edition)
    agent = contributor(candidature.territory)
    began = start_of(edition.opens_on) + timedelta(days=1)
    kept_back = InitiativeFactory(candidature=candidature, is_shared=False)
    shared = InitiativeFactory(candidature=candidature)
    illustrated(kept_back, by=agent, at=began)
    first = illustrated(shared, by=agent, at=began)
    second = illustrated(shared, by=agent, at=began)
    deposit_last_day(candidature)
    assert not SheetIllustration.objects.exists()
    proclaimed(candidature)
    sheet = Sheet.objects.get()
    pictures = list(sheet.illustrations.in_order())
    assert [one.file_id for one in pictures] == [first.file_id, second.file_id]
    assert SheetIllustration.objects.count() == 2
    page = client.get(sheet.get_absolute_url()).content.decode()
    for one in pictures:
        address = reverse("atlaas:illustration", args=[sheet.pk, one.pk, "moyenne"])
        assert f'src="{address}"' in page
        assert ask(client, address) == (200, "image/webp", "public, max-age=3600")
    assert f'alt="{pictures[0].alternative}"' in page
    assert page.count('loading="lazy"') == 2
    elsewhere = SheetFactory()
    assert client.get(f"/atlaas/{elsewhere.pk}/images/{pictures[0].pk}/moyenne/").status_code == 404


def test_a_sheet_published_again_shows_the_pictures_of_the_new_action() -> None:
    source = SheetFactory()
    SheetIllustrationFactory(sheet=source)
    edition = EditionFactory(real=True, ceremony=True)
    candidature = CandidatureFactory(edition=edition)
    initiative = InitiativeFactory(candidature=candidature, source_sheet=source)
    at = start_of(edition.opens_on) + timedelta(days=1)
    new = illustrated(initiative, by=contributor(candidature.territory), at=at)
    deposit_last_day(candidature)
    proclaimed(candidature)
    assert [one.file_id for one in source.illustrations.all()] == [new.file_id]


def test_the_jury_reads_the_pictures_of_what_it_was_entrusted_with(client: Client) -> None:
    edition = EditionFactory(real=True, reading=True)
    candidature = CandidatureFactory(edition=edition)
    at = start_of(edition.opens_on) + timedelta(days=1)
    initiative = InitiativeFactory(candidature=candidature)
    added = illustrated(initiative, by=contributor(candidature.territory), at=at)
    deposit_last_day(candidature)
    client.force_login(JurorFactory(edition=edition, chair=True).user)
    page = client.get(reverse("jury:review", args=[edition.year, candidature.pk])).content.decode()
    address = reverse("jury:illustration", args=[edition.year, candidature.pk, added.pk, "moyenne"])
    assert f'src="{address}"' in page
    assert ask(client, address)[0] == 200
    client.force_login(JurorFactory(edition=edition).user)  # nothing was entrusted to them
    assert client.get(address).status_code == 404


def test_the_snapshot_says_what_each_picture_shows(initiative: Initiative, agent: User) -> None:
    added = send(initiative, plain((1000, 500)), by=agent)
    [action] = snapshot.take(initiative.candidature)["initiatives"]
    assert action["illustrations"] == [
        {
            "id": added.pk, "alternative": WORDS, "credit": "La ville",
            "width": 800, "height": 400, "small_width": 400,
        }
    ]  # fmt: skip


def test_the_page_of_the_action_shows_its_pictures(
    client: Client, initiative: Initiative, agent: User
) -> None:
    illustrated(initiative, by=agent, at=NOW)
    client.force_login(agent)
    address = reverse(
        "candidatures:change_initiative", args=[initiative.candidature_id, initiative.pk]
    )
    page = client.get(address).content.decode()
    assert f'alt="{WORDS}"' in page
