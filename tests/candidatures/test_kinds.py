"""Each kind of question: what it takes, what it refuses and how it is read."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from candidatures import services, snapshot
from candidatures.choices import QuestionKind
from candidatures.forms.questions import field_of
from candidatures.models import Answer, Candidature, Question
from candidatures.values import displayed
from tests.factories.candidatures import CandidatureFactory, QuestionFactory, contributor
from tests.factories.labels import NOW, EditionFactory
from tests.factories.territories import CommuneFactory, DepartmentFactory

NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.fixture
def candidature() -> Candidature:
    candidature: Candidature = CandidatureFactory(edition=EditionFactory(real=True))
    return candidature


def put(candidature: Candidature, kind: QuestionKind, **fields: object) -> Question:
    question: Question = QuestionFactory(edition=candidature.edition, kind=kind, **fields)
    return question


def send(client: Client, candidature: Candidature, sent: dict[str, object]) -> tuple[int, str]:
    client.force_login(contributor(candidature.territory))
    address = reverse("candidatures:section", args=[candidature.pk, "volonte"])
    answer = client.post(address, sent, follow=True)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "typed", "stored", "read"),
    [
        ({"kind": QuestionKind.AMOUNT}, "4200,50", "4200.5", f"4{NARROW}200,5{NBSP}euros"),
        ({"kind": QuestionKind.NUMBER, "unit": "agents"}, "3", "3", f"3{NBSP}agents"),
        ({"kind": QuestionKind.NUMBER, "unit": "agents"}, "1", "1", f"1{NBSP}agent"),
        ({"kind": QuestionKind.NUMBER, "unit": "mois"}, "1", "1", f"1{NBSP}mois"),
        ({"kind": QuestionKind.NUMBER, "unit": "relais"}, "1", "1", f"1{NBSP}relais"),
        ({"kind": QuestionKind.DATE}, "2026-03-01", "2026-03-01", "1er mars 2026"),
        ({"kind": QuestionKind.YES_NO}, "no", "no", "Non"),
        ({"kind": QuestionKind.CHOICE, "choices": ["Ici", "Là"]}, "Là", "Là", "Là"),
        ({"kind": QuestionKind.URL}, "mairie.example", "https://mairie.example", None),
    ],
)
@pytest.mark.django_db
def test_an_answer_is_stored_plainly_and_read_in_french(
    asked: dict[str, Any], typed: str, stored: str, read: str | None, client: Client
) -> None:
    candidature: Candidature = CandidatureFactory(edition=EditionFactory(real=True))
    question = put(candidature, **asked)
    send(client, candidature, {f"q{question.pk}": typed, f"v{question.pk}": "0"})
    value = Answer.objects.get().value
    assert value == stored
    assert displayed(question, value, names={}) == (read or stored)


@pytest.mark.django_db
def test_several_choices_are_kept_in_the_order_of_the_question(
    client: Client, candidature: Candidature
) -> None:
    question = put(candidature, QuestionKind.CHOICES, choices=["Emploi", "Éducation", "Identité"])
    _, page = send(
        client,
        candidature,
        {f"q{question.pk}": ["Identité", "Emploi"], f"v{question.pk}": "0"},
    )
    assert displayed(question, Answer.objects.get().value, names={}) == "Emploi\nIdentité"
    assert page.count("checked") == 2
    status, _ = send(client, candidature, {f"q{question.pk}": ["Autre"], f"v{question.pk}": "1"})
    assert status == 422
    send(client, candidature, {f"v{question.pk}": "1"})
    assert Answer.objects.get().value == ""


@pytest.mark.django_db
def test_a_table_keeps_its_rows_and_drops_the_empty_ones(
    client: Client, candidature: Candidature
) -> None:
    question = put(candidature, QuestionKind.TABLE, columns=["Métier", "Agents"])
    cells = {
        f"q{question.pk}-0-0": "Médiation",
        f"q{question.pk}-0-1": "2",
        f"q{question.pk}-1-0": " ",
        f"q{question.pk}-2-0": "Données",
    }
    _, page = send(client, candidature, {**cells, f"v{question.pk}": "0"})
    value = Answer.objects.get().value
    assert displayed(question, value, names={}) == (
        f"Métier{NBSP}: Médiation, Agents{NBSP}: 2\nMétier{NBSP}: Données"
    )
    assert 'aria-label="Métier, ligne 2"' in page
    assert 'value="Données"' in page


@pytest.mark.django_db
def test_a_territory_is_found_by_its_name_or_asked_for_again(
    client: Client, candidature: Candidature
) -> None:
    one = CommuneFactory(name="Beaufort", department=DepartmentFactory(code="73", name="Savoie"))
    other = CommuneFactory(name="Beaufort", department=DepartmentFactory(code="39", name="Jura"))
    alone = CommuneFactory(name="Plougrescant")
    question = put(candidature, QuestionKind.TERRITORY)
    status, page = send(client, candidature, {f"q{question.pk}": "Beaufort", f"v{question.pk}": 0})
    assert status == 422
    assert one.code in page
    assert other.code in page
    send(client, candidature, {f"q{question.pk}": one.code, f"v{question.pk}": 0})
    assert Answer.objects.get().value == one.code
    send(client, candidature, {f"q{question.pk}": "Plougrescant", f"v{question.pk}": 1})
    assert Answer.objects.get().value == alone.code
    shown = f"Plougrescant ({alone.code})"
    assert shown in send(client, candidature, {})[1]
    send(client, candidature, {f"q{question.pk}": shown, f"v{question.pk}": 2})
    assert Answer.objects.get().version == 2
    [section] = [part for part in snapshot.take(candidature)["sections"] if part["answers"]]
    assert section["answers"][0]["value"] == f"Plougrescant ({alone.department_id})"


@pytest.mark.parametrize(
    ("typed", "refused"), [("1", True), ("2", False), ("9", False), ("10", True)]
)
def test_a_number_stays_within_its_limits(typed: str, refused: bool) -> None:
    field = field_of(Question(kind=QuestionKind.NUMBER, label="Combien", minimum=2, maximum=9))
    if refused:
        with pytest.raises(ValidationError):
            field.clean(typed)
    else:
        assert field.clean(typed) == int(typed)


def test_a_table_has_a_bounded_size() -> None:
    field = field_of(Question(kind=QuestionKind.TABLE, label="Équipe", columns=["Métier"]))
    sent = QueryDict(mutable=True)
    for line in range(80):
        sent[f"q-{line}-0"] = "x"
    assert len(field.widget.value_from_datadict(sent, {}, "q")) == 60
    with pytest.raises(ValidationError, match="300 caractères"):
        field.clean([["x" * 301]])


@pytest.mark.django_db
def test_saving_an_answer_brings_the_question_that_it_opens(
    client: Client, candidature: Candidature
) -> None:
    opening = put(candidature, QuestionKind.YES_NO, code="elu")
    then = put(
        candidature,
        QuestionKind.SHORT_TEXT,
        label="Quel est l’intitulé de sa délégation",
        asked_if=[{"question": "elu", "operator": "is", "values": ["yes"]}],
    )
    client.force_login(contributor(candidature.territory))
    _, page = send(client, candidature, {f"q{opening.pk}": "no", f"v{opening.pk}": 0})
    assert then.label not in page
    _, page = send(client, candidature, {f"q{opening.pk}": "yes", f"v{opening.pk}": 1})
    assert then.label in page
    assert "1 question s’ajoute ci-dessous" in page


@pytest.mark.django_db
def test_what_was_typed_under_a_question_that_left_the_page_is_saved(
    client: Client, candidature: Candidature
) -> None:
    """A colleague answered « no » meanwhile: the text of the other is kept, and not asked for."""
    opening = put(candidature, QuestionKind.YES_NO, code="elu")
    then = put(
        candidature,
        QuestionKind.SHORT_TEXT,
        asked_if=[{"question": "elu", "operator": "is", "values": ["yes"]}],
    )
    agent = contributor(candidature.territory)
    services.save_answers(candidature, values={opening: ("no", 0)}, by=agent, at=NOW)
    sent = {f"q{opening.pk}": "no", f"v{opening.pk}": 1, f"q{then.pk}": "Élue", f"v{then.pk}": 0}
    assert send(client, candidature, sent)[0] == 200
    assert Answer.objects.get(question=then).value == "Élue"
    assert "Élue" not in str(snapshot.take(candidature))
