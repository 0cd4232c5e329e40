"""A reader sees the whole candidature and changes nothing of it, by the pages or around them."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from candidatures import services
from candidatures.models import Answer, Candidature, Initiative
from candidatures.permissions import READS_ONLY, can_write
from tests.factories.candidatures import (
    QuestionFactory,
    complete,
    contributor,
    reader,
    referent,
)
from tests.factories.labels import NOW, EditionFactory
from tests.factories.territories import CommuneFactory, MembershipFactory
from tests.factories.users import UserFactory
from tests.walk.dossiers import pdf
from villes_internet.refusals import Forbidden
from villes_internet.territories.models import Membership
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidature() -> Candidature:
    return complete(edition=EditionFactory(real=True))


def test_who_writes(candidature: Candidature) -> None:
    town = candidature.territory
    people = {
        "référent·e": referent(town),
        "contributor": contributor(town),
        "reader": reader(town),
        "asked": MembershipFactory(territory=town, referent=True).user,
        "ended": MembershipFactory(territory=town, referent=True, ended=True).user,
        "neighbour": referent(CommuneFactory()),
        "staff": UserFactory(staff=True),
    }
    writing = {who for who, user in people.items() if can_write(user, candidature)}
    assert writing == {"référent·e", "contributor"}


def save(candidature: Candidature, by: User) -> object:
    question = QuestionFactory(edition=candidature.edition)
    return services.save_answers(candidature, values={question: ("Texte", 0)}, by=by, at=NOW)


def add(candidature: Candidature, by: User) -> object:
    return services.add_initiative(
        candidature, initiative=Initiative(title="Action"), services=[], by=by, at=NOW
    )


def change(candidature: Candidature, by: User) -> object:
    initiative = candidature.initiatives.get()
    return services.save_passages(
        initiative, values={"title": ({"title": "Un autre titre"}, 0)}, by=by, at=NOW
    )


def remove(candidature: Candidature, by: User) -> object:
    services.remove_initiative(candidature.initiatives.get(), by=by, at=NOW)
    return None


def attach(candidature: Candidature, by: User) -> object:
    upload = SimpleUploadedFile("piece.pdf", pdf("pièce"))
    return services.attach(candidature, upload=upload, by=by, at=NOW)


def deposit(candidature: Candidature, by: User) -> object:
    return services.deposit(candidature, by=by, at=NOW)


def start(candidature: Candidature, by: User) -> object:
    edition = EditionFactory(year=candidature.edition.year + 1)
    return services.start(territory=candidature.territory, edition=edition, by=by, at=NOW)


@pytest.mark.parametrize("act", [save, add, change, remove, attach, deposit, start])
def test_no_service_writes_for_a_reader(
    act: Callable[[Candidature, User], object], candidature: Candidature
) -> None:
    with pytest.raises(Forbidden, match="lecteur·rice"):
        act(candidature, reader(candidature.territory))


PAGES = ("section", "add_initiative", "change_initiative", "remove_initiative", "attachments")


@pytest.mark.parametrize("page", PAGES)
def test_each_page_says_so_in_place_of_its_form(
    page: str, client: Client, candidature: Candidature
) -> None:
    QuestionFactory(edition=candidature.edition)
    client.force_login(reader(candidature.territory))
    rest: list[object] = ["volonte"] if page == "section" else []
    if page in {"change_initiative", "remove_initiative"}:
        rest = [candidature.initiatives.get().pk]
    answer = client.get(reverse(f"candidatures:{page}", args=[candidature.pk, *rest]))
    html = answer.content.decode()
    assert READS_ONLY in html
    main = html.partition("<main")[2].partition("</main")[0]
    assert not re.search(r'<form[^>]*method="post"', main)


def test_the_overview_shows_all_and_offers_nothing_to_write(
    client: Client, candidature: Candidature
) -> None:
    client.force_login(reader(candidature.territory))
    html = client.get(reverse("candidatures:detail", args=[candidature.pk])).content.decode()
    assert READS_ONLY in html
    assert "Ajouter une action" not in html
    assert "Le dépôt est clos" not in html
    assert f'href="/rattachements/{candidature.territory.code}/equipe/"' in html


def test_who_became_a_reader_while_writing_loses_no_word(
    client: Client, candidature: Candidature
) -> None:
    question = QuestionFactory(edition=candidature.edition)
    user = contributor(candidature.territory)
    Membership.objects.filter(user=user).update(role="reader")
    client.force_login(user)
    answer = client.post(
        reverse("candidatures:section", args=[candidature.pk, "volonte"]),
        {f"q{question.pk}": "Un long texte", f"v{question.pk}": "0"},
    )
    assert answer.status_code == 403
    assert "Un long texte" in answer.content.decode()
    assert READS_ONLY in answer.content.decode()
    assert not Answer.objects.exists()


def test_a_reader_is_not_offered_to_start_one(client: Client) -> None:
    EditionFactory(real=True)
    town = CommuneFactory()
    client.force_login(reader(town))
    html = client.get(reverse("candidatures:index")).content.decode()
    assert "Commencer la candidature" not in html
    assert "Aucune candidature à lire pour l’instant" in html
