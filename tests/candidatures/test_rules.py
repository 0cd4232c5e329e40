"""What a deposit asks for: engagements in their versions, conditions of admission."""

from collections.abc import Collection
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from candidatures import pdf, services
from candidatures.admission import standings
from candidatures.models import Acceptance, Candidature, Condition, Deposit, Engagement
from labels import services as labels
from tests.factories.candidatures import (
    ConditionFactory,
    EngagementFactory,
    complete,
    contributor,
    referent,
)
from tests.factories.labels import NOW, EditionFactory
from tests.factories.users import UserFactory
from villes_internet.mail.models import Message
from villes_internet.refusals import Refusal
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def odile() -> User:
    staff: User = UserFactory(staff=True)
    return staff


@pytest.fixture
def candidature() -> Candidature:
    """Its edition is open by the clock of the machine too."""
    return complete(edition=EditionFactory(real=True))


@pytest.fixture
def agent(candidature: Candidature) -> User:
    return referent(candidature.territory)


def deposit(
    candidature: Candidature,
    by: User,
    *,
    accepted: Collection[int] = (),
    declared: Collection[int] = (),
) -> Deposit:
    return services.deposit(candidature, by=by, at=NOW, accepted=accepted, declared=declared)


# --- Engagements -------------------------------------------------------------------


def test_nothing_is_deposited_unless_each_engagement_is_accepted(
    candidature: Candidature, agent: User
) -> None:
    first, second = (EngagementFactory(edition=candidature.edition) for _ in range(2))
    with pytest.raises(Refusal, match="Un engagement n’est pas accepté"):
        deposit(candidature, agent, accepted={first.pk})
    assert not Deposit.objects.exists()
    made = deposit(candidature, agent, accepted={first.pk, second.pk})
    accepted = Acceptance.objects.filter(deposit=made)
    assert {one.engagement for one in accepted} == {first, second}
    assert {(one.accepted_by, one.accepted_at) for one in accepted} == {(agent, NOW)}


def test_under_a_deposit_a_changed_engagement_is_another_version(
    candidature: Candidature, agent: User, odile: User
) -> None:
    engagement = EngagementFactory(edition=candidature.edition, text="Le premier texte")
    made = deposit(candidature, agent, accepted={engagement.pk})
    engagement.text = "Le second texte"
    new = services.change_engagement(engagement, by=odile, at=NOW)
    assert (new.version, new.position) == (2, engagement.position)
    assert list(Engagement.objects.of(candidature.edition)) == [new]
    kept = made.acceptances.get().engagement
    assert (kept.text, kept.version, kept.replaced_by) == ("Le premier texte", 1, new)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf.receipt(made))).pages)
    assert "Le premier texte" in text
    assert "version 1" in text
    assert "Le second texte" not in text


def test_under_no_deposit_it_changes_in_place(candidature: Candidature, odile: User) -> None:
    engagement = EngagementFactory(edition=candidature.edition)
    engagement.text = "Un autre texte"
    assert services.change_engagement(engagement, by=odile, at=NOW).pk == engagement.pk
    assert Engagement.objects.get().version == 1
    assert candidature.edition.journal.get().what.startswith("Dépôt")


def test_what_was_accepted_on_a_page_left_open_is_not_the_new_version(
    candidature: Candidature, agent: User, odile: User
) -> None:
    engagement = EngagementFactory(edition=candidature.edition)
    deposit(complete(edition=candidature.edition), _agent_of_last(), accepted={engagement.pk})
    engagement.text = "Un autre texte"
    services.change_engagement(engagement, by=odile, at=NOW)
    with pytest.raises(Refusal, match="vient d’en changer le texte"):
        deposit(candidature, agent, accepted={engagement.pk})


def _agent_of_last() -> User:
    return referent(Candidature.objects.latest("pk").territory)


def test_an_engagement_withdrawn_is_asked_no_more_and_one_moves_among_the_others(
    candidature: Candidature, agent: User, odile: User
) -> None:
    first, second, third = (EngagementFactory(edition=candidature.edition) for _ in range(3))
    for _ in range(4):
        services.move_rule(third, up=True, by=odile, at=NOW)
    for _ in range(2):
        services.retire_rule(first, by=odile, at=NOW)
    assert list(Engagement.objects.of(candidature.edition)) == [third, second]
    deposit(candidature, agent, accepted={second.pk, third.pk})


def test_what_is_asked_changes_no_more_once_candidatures_are_closed(odile: User) -> None:
    edition = EditionFactory(closed=True)
    with pytest.raises(Refusal, match="closes"):
        services.add_rule(EngagementFactory.build(edition=edition), by=odile, at=NOW)


@pytest.mark.parametrize("rule", ["engagement", "condition"])
def test_a_text_sent_too_late_is_shown_again(client: Client, odile: User, rule: str) -> None:
    edition = EditionFactory(closed=True)
    client.force_login(odile)
    typed = {"title": "Un bel engagement", "label": "Une belle condition", "checked_by": "staff"}
    answer = client.post(
        reverse(f"depositing:add_{rule}", args=[edition.year]), typed | {"text": "Nous promettons"}
    )
    assert answer.status_code == 409
    assert typed["title" if rule == "engagement" else "label"] in answer.content.decode()
    assert "closes" in answer.content.decode()


def test_the_next_edition_asks_the_same(candidature: Candidature, odile: User) -> None:
    edition = candidature.edition
    engagement = EngagementFactory(edition=edition, version=3)
    condition = ConditionFactory(edition=edition, is_blocking=False, declared=True)
    services.retire_rule(EngagementFactory(edition=edition), by=odile, at=NOW)
    following = EditionFactory.build(year=edition.year + 1, real=True)
    labels.create_edition(following, by=odile, at=NOW)
    [copy] = Engagement.objects.of(following)
    assert (copy.title, copy.text, copy.version) == (engagement.title, engagement.text, 1)
    [same] = Condition.objects.of(following)
    assert (same.label, same.is_blocking, same.checked_by) == (
        condition.label,
        False,
        condition.checked_by,
    )


# --- Conditions --------------------------------------------------------------------


def check(candidature: Candidature, condition: Condition, by: User, *, is_met: bool) -> None:
    note = "" if is_met else "Cotisation non reçue"
    services.check_condition(candidature, condition, is_met=is_met, note=note, by=by, at=NOW)


def test_a_blocking_condition_that_is_not_met_refuses_the_deposit_until_it_is(
    candidature: Candidature, agent: User, odile: User
) -> None:
    condition = ConditionFactory(edition=candidature.edition)
    check(candidature, condition, odile, is_met=False)
    with pytest.raises(Refusal, match="n’est pas remplie"):
        deposit(candidature, agent)
    check(candidature, condition, odile, is_met=True)
    made = deposit(candidature, agent)
    assert made.admission == [
        {"label": condition.label, "checked_by": "staff", "is_met": True, "note": ""}
    ]


def test_one_that_does_not_block_or_that_nobody_checked_yet_lets_it_through(
    candidature: Candidature, agent: User, odile: User
) -> None:
    ConditionFactory(edition=candidature.edition)
    warned = ConditionFactory(edition=candidature.edition, is_blocking=False)
    check(candidature, warned, odile, is_met=False)
    assert [one["is_met"] for one in deposit(candidature, agent).admission] == [None, False]


def test_what_the_territory_declares_is_declared_to_deposit(
    candidature: Candidature, agent: User
) -> None:
    condition = ConditionFactory(edition=candidature.edition, declared=True)
    warned = ConditionFactory(edition=candidature.edition, declared=True, is_blocking=False)
    with pytest.raises(Refusal, match="remplit la condition"):
        deposit(candidature, agent, declared={warned.pk})
    made = deposit(candidature, agent, declared={condition.pk})
    assert [one["is_met"] for one in made.admission] == [True, False]


def test_a_check_is_journalled_and_told_to_the_referents_when_not_met(
    candidature: Candidature, agent: User, odile: User
) -> None:
    contributor(candidature.territory)
    condition = ConditionFactory(edition=candidature.edition)
    for is_met in (True, False, False):
        check(candidature, condition, odile, is_met=is_met)
    letter = Message.objects.get()
    assert letter.to == agent.email
    assert "Cotisation non reçue" in letter.text
    assert [line.what.rpartition(" ")[2] for line in candidature.journal.order_by("pk")] == [
        "remplie",
        "remplie",
    ]
    assert candidature.journal.filter(what__endswith="non remplie", by=odile).count() == 1
    [standing] = standings(candidature)
    assert (standing.state, standing.is_refusing) == ("non remplie", True)


def test_the_database_wants_to_know_why_it_is_not_met(
    candidature: Candidature, odile: User
) -> None:
    condition = ConditionFactory(edition=candidature.edition)
    with pytest.raises(IntegrityError, match="says_why"), transaction.atomic():
        services.check_condition(candidature, condition, is_met=False, note="", by=odile, at=NOW)


# --- The pages ---------------------------------------------------------------------


def test_the_deposit_page_asks_for_each_tick_and_the_fingerprint_of_what_was_read(
    client: Client, candidature: Candidature, agent: User
) -> None:
    engagement = EngagementFactory(edition=candidature.edition, title="Nous certifions")
    condition = ConditionFactory(edition=candidature.edition, declared=True)
    client.force_login(agent)
    address = reverse("candidatures:deposit", args=[candidature.pk])
    page = client.get(address)
    seen = page.context["form"]["seen"].value()
    refused = client.post(address, {"seen": seen})
    assert refused.status_code == 422
    assert "Acceptez cet engagement pour déposer" in refused.content.decode()
    ticked = {f"engagement_{engagement.pk}": "on", f"condition_{condition.pk}": "on"}
    services.duplicate_initiative(
        candidature.initiatives.get(), by=contributor(candidature.territory), at=NOW
    )
    late = client.post(address, ticked | {"seen": seen})
    assert late.status_code == 409
    assert "a modifié le dossier pendant que vous le relisiez" in late.content.decode()
    seen = client.get(address).context["form"]["seen"].value()
    assert client.post(address, ticked | {"seen": seen}).status_code == 302
    assert Deposit.objects.get().sha256 == seen


def test_the_dossier_says_early_who_may_apply_and_where_each_condition_stands(
    client: Client, candidature: Candidature, agent: User, odile: User
) -> None:
    condition = ConditionFactory(edition=candidature.edition)
    check(candidature, condition, odile, is_met=False)
    client.force_login(agent)
    page = client.get(reverse("candidatures:detail", args=[candidature.pk])).content.decode()
    for words in ("Qui peut candidater", "800\u00a0habitants", "Cotisation non reçue"):
        assert words in page
    assert reverse("candidatures:deposit", args=[candidature.pk]) not in page
    page = client.get(reverse("candidatures:deposit", args=[candidature.pk])).content.decode()
    assert "ne peut pas être déposée" in page
    assert "Déposer la candidature</button>" not in page


def test_the_staff_check_a_condition_on_the_candidature(
    client: Client, candidature: Candidature, agent: User, odile: User
) -> None:
    condition = ConditionFactory(edition=candidature.edition)
    client.force_login(odile)
    year = candidature.edition.year
    address = reverse("candidatures_staff:check", args=[year, candidature.pk, condition.pk])
    assert client.post(address, {"is_met": "not_met"}).status_code == 422
    assert client.post(address, {"is_met": "not_met", "note": "À régler"}).status_code == 302
    page = client.get(reverse("candidatures_staff:candidature", args=[year, candidature.pk]))
    assert "À régler" in page.content.decode()
    client.force_login(agent)
    assert client.get(address).status_code == 403
