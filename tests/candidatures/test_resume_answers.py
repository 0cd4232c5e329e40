"""Resuming answers: those that were deposited, beside the present ones, never over them unasked."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidatures import services
from candidatures.choices import QuestionKind
from candidatures.models import Answer, Candidature, EarlierAnswer, Question
from candidatures.resuming import AnswersOfBefore, answers_of_before, offer, previous
from candidatures.values import from_list, from_rows
from tests.candidatures.resuming_cases import Town
from tests.factories.candidatures import (
    CandidatureFactory,
    InitiativeFactory,
    contributor,
    deposit_last_day,
    reader,
)
from tests.factories.labels import NOW
from tests.factories.territories import CommuneFactory
from villes_internet.calendar import start_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town(real=True)


def deposited(town: Town, values: dict[Question, str]) -> Candidature:
    dossier = town.answered(values)
    InitiativeFactory(candidature=dossier)
    return deposit_last_day(dossier)


def before(town: Town) -> AnswersOfBefore:
    earlier = previous(town.candidature)
    assert earlier
    return answers_of_before(town.candidature, earlier)


def page(town: Town, code: str = "volonte") -> str:
    return reverse("candidatures:resume_answers", args=[town.candidature.pk, code])


def write(town: Town, question: Question, value: str) -> Answer:
    services.save_answers(
        town.candidature, values={question: (value, 0)}, by=town.agent, at=timezone.now()
    )
    return Answer.objects.get(candidature=town.candidature, question=question)


def answer(town: Town, question: Question) -> str:
    found = Answer.objects.filter(candidature=town.candidature, question=question).first()
    return found.value if found else ""


@pytest.fixture
def agent(client: Client, town: Town) -> Client:
    client.force_login(town.agent)
    return client


def test_an_answer_is_put_to_the_question_of_the_same_code(town: Town, agent: Client) -> None:
    was, now = town.asked(now={"label": "Votre ambition, en une phrase ?"})
    deposited(town, {was: "Relier tout le monde"})
    shown = agent.get(page(town)).content.decode()
    assert "Relier tout le monde" in shown
    assert "La question a changé de mots" in shown
    agent.post(page(town), {f"r{now.pk}": "reprendre", f"v{now.pk}": 0})
    assert answer(town, now) == "Relier tout le monde"


def test_taking_all_of_a_section_only_fills_what_is_empty(town: Town, agent: Client) -> None:
    first = town.asked(code="une")
    second = town.asked(code="deux")
    third = town.asked(code="trois")
    deposited(town, {first[0]: "Un", second[0]: "Deux", third[0]: "Trois"})
    written = write(town, second[1], "Écrit cette année")
    agent.post(
        page(town),
        {"tout": "", f"r{third[1].pk}": "laisser"}
        | {f"v{one.pk}": 0 for _, one in (first, third)}
        | {f"v{second[1].pk}": written.version},
    )
    now = [answer(town, one) for _, one in (first, second, third)]
    assert now == ["Un", "Écrit cette année", ""]


def test_what_an_explicit_choice_replaces_stays_among_the_earlier_texts(
    town: Town, agent: Client
) -> None:
    was, now = town.asked()
    deposited(town, {was: "Le texte de 2027"})
    written = write(town, now, "Le texte de 2028")
    agent.post(page(town), {f"r{now.pk}": "reprendre", f"v{now.pk}": written.version})
    assert answer(town, now) == "Le texte de 2027"
    assert EarlierAnswer.objects.get().value == "Le texte de 2028"


def test_what_a_colleague_wrote_meanwhile_is_shown_and_kept(town: Town, agent: Client) -> None:
    was, now = town.asked()
    deposited(town, {was: "Le texte de 2027"})
    colleague = contributor(town.territory)
    services.save_answers(
        town.candidature, values={now: ("D’une collègue", 0)}, by=colleague, at=NOW
    )
    agent.post(page(town), {"tout": "", f"v{now.pk}": 0})  # it is not empty any more
    assert answer(town, now) == "D’une collègue"
    response = agent.post(page(town), {f"r{now.pk}": "reprendre", f"v{now.pk}": 0})
    assert response.status_code == 409
    assert colleague.full_name in response.content.decode()
    assert answer(town, now) == "D’une collègue"


def test_the_choices_and_columns_that_are_gone_are_named(town: Town) -> None:
    kinds = {"kind": QuestionKind.CHOICES}
    was, now = town.asked(
        code="enjeux", **kinds, choices=["Emploi", "Culture"], now={"choices": ["Culture", "Lien"]}
    )
    table, table_now = town.asked(
        code="equipe",
        kind=QuestionKind.TABLE,
        columns=["Métier", "Agents"],
        now={"columns": ["Métier"]},
    )
    deposited(town, {was: from_list(["Emploi", "Culture"]), table: from_rows([["Médiation", "6"]])})
    choices, rows = before(town).proposals
    assert (choices.value, choices.lost) == (from_list(["Culture"]), ("Emploi",))
    added, gone = choices.changes
    assert added.startswith("Nouvelles réponses proposées")
    assert ("Lien" in added, "Emploi" in gone) == (True, True)
    assert (rows.value, rows.lost) == (from_rows([["Médiation"]]), ("Agents",))
    assert (now.pk, table_now.pk) == (choices.question.pk, rows.question.pk)


def test_a_text_too_long_for_the_present_limit_is_shortened_on_the_spot(
    town: Town, agent: Client
) -> None:
    was, now = town.asked(now={"max_words": 3})
    deposited(town, {was: "Un deux trois quatre"})
    assert "à raccourcir" in agent.get(page(town)).content.decode()
    agent.post(page(town), {"tout": "", f"v{now.pk}": 0, f"q{now.pk}": "Un deux trois quatre"})
    assert answer(town, now) == ""
    taking = {f"r{now.pk}": "reprendre", f"v{now.pk}": 0}
    refused = agent.post(page(town), taking | {f"q{now.pk}": "Un deux trois toujours"})
    assert refused.status_code == 422
    assert "Un deux trois toujours" in refused.content.decode()
    agent.post(page(town), taking | {f"q{now.pk}": "Un deux trois"})
    assert answer(town, now) == "Un deux trois"


def test_a_text_that_is_too_long_is_not_resumed_whole_because_its_field_was_emptied(
    town: Town, agent: Client
) -> None:
    was, now = town.asked(now={"max_words": 3})
    deposited(town, {was: "Un deux trois quatre"})
    taking = {f"r{now.pk}": "reprendre", f"v{now.pk}": 0}
    for emptied in ({f"q{now.pk}": ""}, {}):
        refused = agent.post(page(town), taking | emptied)
        assert refused.status_code == 422
        assert "Gardez du texte ce qu’il faut reprendre" in refused.content.decode()
    assert answer(town, now) == ""


def test_a_text_shortened_while_a_colleague_answers_is_shown_again(
    town: Town, agent: Client
) -> None:
    was, now = town.asked(now={"max_words": 3})
    deposited(town, {was: "Un deux trois quatre"})
    write(town, now, "D’une collègue")
    taking = {f"r{now.pk}": "reprendre", f"q{now.pk}": "Un, deux, quatre"}
    shown = agent.post(page(town), taking | {f"v{now.pk}": 0})
    assert shown.status_code == 409
    assert "Un, deux, quatre" in shown.content.decode()
    agent.post(page(town), taking | {f"v{now.pk}": 1})
    assert answer(town, now) == "Un, deux, quatre"


def test_a_number_beyond_the_present_limit_is_not_resumed(town: Town, agent: Client) -> None:
    was, now = town.asked(kind=QuestionKind.NUMBER, now={"maximum": 10})
    deposited(town, {was: "12"})
    agent.post(page(town), {"tout": "", f"r{now.pk}": "reprendre", f"v{now.pk}": 0})
    assert answer(town, now) == ""


def test_a_question_that_resuming_another_opens_is_offered_with_it(
    town: Town, agent: Client
) -> None:
    opener = town.asked(code="elu", kind=QuestionKind.YES_NO)
    opened = town.asked(
        code="delegation",
        asked_if=[{"question": "elu", "operator": "is", "values": ["yes"]}],
    )
    deposited(town, {opener[0]: "yes", opened[0]: "Le numérique"})
    agent.post(page(town), {"tout": ""} | {f"v{one.pk}": 0 for one in (opener[1], opened[1])})
    assert (answer(town, opener[1]), answer(town, opened[1])) == ("yes", "Le numérique")


def test_what_is_not_asked_any_more_stays_readable(town: Town, agent: Client) -> None:
    was, _ = town.asked()
    gone = town.asked(code="fax", label="Votre fax ?", now={"code": "autre"})[0]
    deposited(town, {was: "Oui", gone: "Une belle phrase"})
    hub = agent.get(reverse("candidatures:resume", args=[town.candidature.pk])).content.decode()
    assert "Votre fax ?" in hub
    assert "Une belle phrase" in hub


def test_what_is_announced_is_what_there_is_to_resume(town: Town) -> None:
    was, _ = town.asked(code="une")
    never, _ = town.asked(code="deux", candidate_types=["ville"])
    deposited(town, {was: "Relier", never: "Jamais demandé"})
    found = offer(town.candidature)
    assert found
    assert found.answers == len(before(town).proposals) == 1


def test_a_draft_never_deposited_gives_nothing(town: Town, agent: Client) -> None:
    was, _ = town.asked()
    town.answered({was: "Un brouillon"})
    assert previous(town.candidature) is None
    assert agent.get(page(town)).status_code == 404
    hub = agent.get(reverse("candidatures:resume", args=[town.candidature.pk])).content.decode()
    assert "Un brouillon" not in hub


def test_what_was_typed_and_never_asked_is_not_what_was_deposited(town: Town) -> None:
    was, _ = town.asked(candidate_types=["epci"], now={"candidate_types": []})
    other, _ = town.asked(code="autre")
    deposited(town, {was: "Jamais envoyée", other: "Envoyée"})
    assert [one.earlier for one in before(town).proposals] == ["Envoyée"]


def test_the_answers_of_another_territory_are_never_there(town: Town, agent: Client) -> None:
    was, _ = town.asked()
    neighbour = CandidatureFactory(edition=town.before, territory=CommuneFactory())
    InitiativeFactory(candidature=neighbour)
    services.save_answers(
        neighbour,
        values={was: ("De la voisine", 0)},
        by=contributor(neighbour.territory),
        at=start_of(town.before.closes_on),
    )
    deposit_last_day(neighbour)
    assert agent.get(page(town)).status_code == 404
    deposited(town, {was: "De la commune"})
    assert "De la voisine" not in agent.get(page(town)).content.decode()


def test_who_only_reads_sees_it_all_and_changes_nothing(client: Client, town: Town) -> None:
    was, now = town.asked()
    deposited(town, {was: "Relier tout le monde"})
    client.force_login(reader(town.territory))
    shown = client.get(page(town)).content.decode()
    assert "Relier tout le monde" in shown
    assert 'type="radio"' not in shown
    refused = client.post(page(town), {f"r{now.pk}": "reprendre", f"v{now.pk}": 0})
    assert refused.status_code == 403
    assert answer(town, now) == ""


def test_an_answer_resumed_already_asks_for_nothing(town: Town, agent: Client) -> None:
    was, now = town.asked()
    deposited(town, {was: "Relier"})
    taking = {f"r{now.pk}": "reprendre", f"v{now.pk}": 0}
    for _ in range(2):  # a double click
        assert agent.post(page(town), taking).status_code == 302
    assert not EarlierAnswer.objects.exists()
    (proposal,) = before(town).proposals
    assert (proposal.is_done, proposal.can_resume) == (True, False)
