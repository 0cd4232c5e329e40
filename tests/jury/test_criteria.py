"""The criteria of an edition: edited by the staff until somebody scores with them."""

import pytest
from django.test import Client
from django.urls import reverse

from jury import services
from jury.models import Criterion, JuryEntry, JuryRules
from tests.factories.candidatures import deposited
from tests.factories.jury import CriterionFactory, JurorFactory, reviewed
from tests.factories.labels import NOW, EditionFactory, ThemeFactory
from tests.factories.users import UserFactory
from villes_internet.refusals import Refusal

pytestmark = pytest.mark.django_db


def sent(criterion: Criterion, **changed: object) -> dict[str, object]:
    fields = {"id": criterion.pk, "name": criterion.name, "weight": criterion.weight} | changed
    return {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        **{f"form-0-{name}": value for name, value in fields.items()},
    }


def test_staff_change_the_weight_of_a_criterion(client: Client) -> None:
    criterion = CriterionFactory(weight=10)
    client.force_login(UserFactory(staff=True))
    address = reverse("jury_staff:criteria", args=[criterion.edition.year])
    assert client.post(address, sent(criterion, weight=25)).status_code == 302
    criterion.refresh_from_db()
    assert criterion.weight == 25


def test_a_weight_of_nothing_is_shown_again_with_its_reason(client: Client) -> None:
    criterion = CriterionFactory(weight=10)
    client.force_login(UserFactory(staff=True))
    address = reverse("jury_staff:criteria", args=[criterion.edition.year])
    answer = client.post(address, sent(criterion, weight=0))
    assert answer.status_code == 422
    assert "Un critère pèse au moins 1" in answer.content.decode()


def test_once_a_review_has_begun_the_criteria_no_longer_change() -> None:
    edition = EditionFactory(reading=True)
    criterion = CriterionFactory(edition=edition, weight=10)
    reviewed(JurorFactory(edition=edition), deposited(edition))
    criterion.weight = 25
    with pytest.raises(Refusal, match="ne changent plus"):
        services.change_criteria(edition, criteria=[criterion], by=UserFactory(), at=NOW)
    assert Criterion.objects.get().weight == 10


def test_the_criteria_of_another_edition_are_out_of_reach(client: Client) -> None:
    here, elsewhere = CriterionFactory(), CriterionFactory(edition__year=2030, weight=10)
    client.force_login(UserFactory(staff=True))
    address = reverse("jury_staff:criteria", args=[here.edition.year])
    client.post(address, sent(elsewhere, weight=25))
    elsewhere.refresh_from_db()
    assert elsewhere.weight == 10


def test_staff_say_which_dossiers_a_criterion_is_asked_of(client: Client) -> None:
    criterion = CriterionFactory()
    theme = ThemeFactory(edition=criterion.edition)
    client.force_login(UserFactory(staff=True))
    address = reverse("jury_staff:criteria", args=[criterion.edition.year])
    reach = {"candidate_types": ["village", "ville"], "theme_code": theme.code}
    assert client.post(address, sent(criterion, **reach)).status_code == 302
    criterion.refresh_from_db()
    assert criterion.candidate_types == ["village", "ville"]
    assert criterion.theme_code == theme.code
    assert not criterion.is_required  # its box was not ticked
    assert criterion.applies_to("village", {theme.code})
    assert not criterion.applies_to("village", set())
    assert not criterion.applies_to("territoire", {theme.code})


def test_the_enjeu_of_another_edition_is_refused_in_a_sentence(client: Client) -> None:
    criterion = CriterionFactory()
    client.force_login(UserFactory(staff=True))
    address = reverse("jury_staff:criteria", args=[criterion.edition.year])
    answer = client.post(address, sent(criterion, theme_code="ailleurs"))
    assert answer.status_code == 422
    assert "Cet enjeu n’est pas de cette édition" in answer.content.decode()


THRESHOLDS = {
    "two_from": 30,
    "three_from": 45,
    "four_from": 60,
    "five_from": 75,
    "threshold_margin": 3,
    "disagreement_from": 25,
    "minimum_sample": 4,
}


def test_staff_change_the_thresholds_and_the_journal_says_so(client: Client) -> None:
    edition = EditionFactory(reading=True, real=True)
    client.force_login(UserFactory(staff=True))
    address = reverse("jury_staff:thresholds", args=[edition.year])
    assert client.post(address, THRESHOLDS).status_code == 302
    rules = JuryRules.objects.get(edition=edition)
    assert {name: getattr(rules, name) for name in THRESHOLDS} == THRESHOLDS
    assert "5\N{NO-BREAK SPACE}@ dès 75" in JuryEntry.objects.get().what


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"three_from": 20}, "Les seuils montent de 2 à 5 arobases"),
        ({"four_from": "beaucoup"}, "de 0 à 100 points"),
        ({"five_from": 101}, "de 0 à 100 points"),
        ({"minimum_sample": 1}, "de 2 à 100 évaluations"),
    ],
)
def test_thresholds_that_mean_nothing_are_shown_again_with_why(
    client: Client, changed: dict[str, object], sentence: str
) -> None:
    edition = EditionFactory(reading=True, real=True)
    client.force_login(UserFactory(staff=True))
    answer = client.post(
        reverse("jury_staff:thresholds", args=[edition.year]), THRESHOLDS | changed
    )
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not JuryRules.objects.filter(edition=edition).exists()


def test_the_thresholds_of_a_proclaimed_edition_no_longer_change() -> None:
    edition = EditionFactory(proclaimed_at=NOW)
    with pytest.raises(Refusal, match="ne changent plus"):
        services.change_thresholds(edition, rules=JuryRules(), by=UserFactory(), at=NOW)
