"""No dossier opens before the declaration of confidentiality and interests is signed."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidatures.models import Candidature
from jury import services
from jury.models import Juror, JuryEntry, JuryRules
from labels.models import Edition
from tests.factories.candidatures import deposited
from tests.factories.jury import JurorFactory, assigned
from tests.factories.labels import EditionFactory
from tests.factories.users import UserFactory
from villes_internet.refusals import Forbidden, Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    edition: Edition = EditionFactory(real=True, reading=True)
    return edition


@pytest.fixture
def dossier(edition: Edition) -> Candidature:
    return deposited(edition)


@pytest.fixture
def juror(dossier: Candidature) -> Juror:
    found: Juror = JurorFactory(edition=dossier.edition, unsigned=True)
    assigned(found, dossier)
    return found


def page(name: str, juror: Juror, *more: int) -> str:
    return reverse(f"jury:{name}", args=[juror.edition.year, *more])


def sign(client: Client, juror: Juror, text: str, **more: str) -> int:
    fields = {"agreed": "on", "seen": text.replace("\n", "\r\n")} | more
    return client.post(page("declaration", juror), fields).status_code


def test_a_dossier_opens_once_it_is_signed_and_not_before(
    client: Client, juror: Juror, dossier: Candidature
) -> None:
    client.force_login(juror.user)
    review = page("review", juror, dossier.pk)
    refused = client.get(review)
    assert refused.status_code == 403
    assert "Signez d’abord la déclaration" in refused.content.decode()
    assert dossier.initiatives.get().title not in refused.content.decode()
    desk = client.get(page("dashboard", juror)).content.decode()
    assert "Une déclaration à signer d’abord" in desk
    assert review not in desk
    text = JuryRules.of(juror.edition).declaration
    assert sign(client, juror, text) == 302
    assert client.get(review).status_code == 200
    juror.refresh_from_db()
    assert juror.signed_text == text
    assert JuryEntry.objects.filter(what=f"Déclaration signée par {juror}").count() == 1


def test_nor_does_the_deliberation_for_the_chair(client: Client, edition: Edition) -> None:
    chair = JurorFactory(edition=edition, chair=True, unsigned=True)
    client.force_login(chair.user)
    assert client.get(page("deliberation", chair)).status_code == 403


def test_a_dossier_that_is_not_entrusted_still_does_not_exist(client: Client, juror: Juror) -> None:
    other = deposited(juror.edition)
    client.force_login(juror.user)
    assert client.get(page("review", juror, other.pk)).status_code == 404


def test_one_signs_the_text_that_one_read(client: Client, juror: Juror) -> None:
    client.force_login(juror.user)
    read = JuryRules.of(juror.edition).declaration
    staff = UserFactory(staff=True)
    services.change_declaration(juror.edition, text="Un autre texte.", by=staff, at=timezone.now())
    assert sign(client, juror, read) == 409
    juror.refresh_from_db()
    assert juror.signed_at is None
    assert sign(client, juror, "Un autre texte.") == 302


def test_a_box_is_ticked_to_sign(client: Client, juror: Juror) -> None:
    client.force_login(juror.user)
    assert sign(client, juror, JuryRules.of(juror.edition).declaration, agreed="") == 422
    juror.refresh_from_db()
    assert juror.signed_at is None


def test_signed_twice_it_is_signed_once_and_keeps_its_text(juror: Juror) -> None:
    text = JuryRules.of(juror.edition).declaration
    services.sign_declaration(juror, seen=text, at=timezone.now())
    staff = UserFactory(staff=True)
    services.change_declaration(juror.edition, text="Après.", by=staff, at=timezone.now())
    services.sign_declaration(juror, seen="Après.", at=timezone.now())
    juror.refresh_from_db()
    assert juror.signed_text == text


def test_only_the_staff_write_it(juror: Juror) -> None:
    with pytest.raises(Forbidden):
        services.change_declaration(juror.edition, text="Rien.", by=juror.user, at=timezone.now())
    with pytest.raises(Refusal):
        services.sign_declaration(juror, seen="Rien.", at=timezone.now())
