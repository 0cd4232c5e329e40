"""The staff write the questionnaire, and nothing that was deposited loses its meaning."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from candidatures import services
from candidatures.asking import asked
from candidatures.choices import QuestionKind
from candidatures.models import Answer, Candidature, EarlierAnswer, Question, Section
from candidatures.new_edition import prepare
from candidatures.values import displayed, from_rows
from labels.models import Edition
from tests.factories.candidatures import (
    CandidatureFactory,
    QuestionFactory,
    SectionFactory,
    complete,
    contributor,
    referent,
)
from tests.factories.labels import NOW, EditionFactory
from tests.factories.users import UserFactory
from tests.walk.dossiers import pdf
from villes_internet.files.services import examine
from villes_internet.refusals import Refusal
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db

ONLY_IF_YES = [{"question": "elu", "operator": "is", "values": ["yes"]}]


@pytest.fixture
def edition() -> Edition:
    edition: Edition = EditionFactory(real=True)
    return edition


@pytest.fixture
def odile() -> User:
    user: User = UserFactory(staff=True)
    return user


def reword(question: Question, by: User, **fields: object) -> Question:
    fresh = Question.objects.get(pk=question.pk)
    for name, value in fields.items():
        setattr(fresh, name, value)
    return services.change_question(fresh, by=by, at=NOW)


def answer(candidature: Candidature, question: Question, text: str) -> None:
    agent = contributor(candidature.territory)
    services.save_answers(candidature, values={question: (text, 0)}, by=agent, at=NOW)


def labels(edition: Edition) -> list[str]:
    return [question.label for question in Question.objects.of(edition)]


def test_a_question_changes_freely_under_drafts(edition: Edition, odile: User) -> None:
    question = QuestionFactory(edition=edition)
    candidature = CandidatureFactory(edition=edition)
    answer(candidature, question, "Nos écoles")
    changed = reword(question, odile, label="Que faites-vous aux écoles")
    assert changed.pk == question.pk
    assert labels(edition) == ["Que faites-vous aux écoles"]
    assert Answer.objects.get().question == changed


def test_under_a_deposited_answer_a_new_version_takes_its_place(
    edition: Edition, odile: User
) -> None:
    question = QuestionFactory(edition=edition, label="Que faites-vous")
    deposited = complete(edition=edition)
    answer(deposited, question, "Nos écoles")
    services.deposit(deposited, by=referent(deposited.territory), at=NOW)
    draft = CandidatureFactory(edition=edition)
    answer(draft, question, "Un brouillon")

    new = reword(question, odile, label="Que faites-vous de nouveau")
    assert new.pk != question.pk
    assert (new.code, new.position) == (question.code, question.position)
    question.refresh_from_db()
    assert question.label == "Que faites-vous"
    assert question.replaced_by == new
    assert labels(edition) == ["Que faites-vous de nouveau"]
    assert Answer.objects.filter(candidature=deposited, question=question).exists()
    [one] = asked(draft)
    assert (one.question, one.value) == (new, "Un brouillon")
    snapshot = deposited.deposits.get().snapshot
    assert snapshot["sections"][0]["answers"][0]["label"] == "Que faites-vous"


def test_what_was_typed_under_the_former_version_is_saved_under_the_new(
    client: Client, edition: Edition, odile: User
) -> None:
    question = QuestionFactory(edition=edition)
    deposited = complete(edition=edition)
    answer(deposited, question, "Nos écoles")
    services.deposit(deposited, by=referent(deposited.territory), at=NOW)
    draft = CandidatureFactory(edition=edition)
    new = reword(question, odile, label="Autrement dit")
    client.force_login(contributor(draft.territory))
    address = reverse("candidatures:section", args=[draft.pk, "volonte"])
    sent = {f"q{question.pk}": "Tapé pendant ce temps", f"v{question.pk}": "0"}
    assert client.post(address, sent).status_code == 302
    assert Answer.objects.get(candidature=draft).question == new


def test_the_kind_of_an_answered_question_does_not_change(edition: Edition, odile: User) -> None:
    question = QuestionFactory(edition=edition)
    answer(CandidatureFactory(edition=edition), question, "Nos écoles")
    with pytest.raises(Refusal, match="le type de cette question ne change plus"):
        reword(question, odile, kind=QuestionKind.NUMBER)


def test_a_choice_that_a_draft_made_is_kept(edition: Edition, odile: User) -> None:
    question = QuestionFactory(edition=edition, kind=QuestionKind.CHOICE, choices=["Ici", "Là"])
    answer(CandidatureFactory(edition=edition), question, "Là")
    with pytest.raises(Refusal, match="gardez cette réponse"):
        reword(question, odile, choices=["Ici"])
    assert reword(question, odile, choices=["Là", "Ailleurs"]).choices == ["Là", "Ailleurs"]


def test_a_withdrawn_question_is_asked_no_more_and_its_answers_are_kept(
    edition: Edition, odile: User
) -> None:
    question = QuestionFactory(edition=edition)
    candidature = CandidatureFactory(edition=edition)
    answer(candidature, question, "Nos écoles")
    for _ in range(2):
        services.withdraw_question(question, by=odile, at=NOW)
    assert asked(candidature) == []
    assert Answer.objects.get().value == "Nos écoles"
    assert edition.journal.count() == 1


def test_the_question_that_opens_another_comes_first_and_stays(
    edition: Edition, odile: User
) -> None:
    opening = QuestionFactory(edition=edition, code="elu", kind=QuestionKind.YES_NO, position=1)
    then = QuestionFactory(edition=edition, asked_if=ONLY_IF_YES, position=2)
    with pytest.raises(Refusal, match="dépend de celle-ci"):
        services.withdraw_question(opening, by=odile, at=NOW)
    with pytest.raises(Refusal, match="viendrait avant celle qui la commande"):
        services.move_question(then, up=True, by=odile, at=NOW)
    assert list(Question.objects.of(edition)) == [opening, then]


def test_questions_and_sections_move_by_one_place_and_stop_at_the_ends(
    edition: Edition, odile: User
) -> None:
    first, second = QuestionFactory(edition=edition), QuestionFactory(edition=edition)
    for _ in range(3):
        services.move_question(second, up=True, by=odile, at=NOW)
    assert list(Question.objects.of(edition)) == [second, first]
    other = services.add_section(
        Section(edition=edition, title="Avec les habitants"), by=odile, at=NOW
    )
    services.move_section(other, up=True, by=odile, at=NOW)
    assert Section.objects.filter(edition=edition).order_by("position").first() == other


def test_a_section_that_asks_a_question_is_not_removed(edition: Edition, odile: User) -> None:
    question = QuestionFactory(edition=edition)
    with pytest.raises(Refusal, match="pose encore des questions"):
        services.remove_section(question.section, by=odile, at=NOW)
    services.withdraw_question(question, by=odile, at=NOW)
    services.remove_section(question.section, by=odile, at=NOW)
    services.remove_section(
        SectionFactory(edition=edition, code="vide", position=2), by=odile, at=NOW
    )
    assert list(Section.objects.filter(edition=edition)) == [question.section]


def test_nothing_changes_once_the_candidatures_are_closed(edition: Edition, odile: User) -> None:
    question = QuestionFactory(edition=edition)
    question.label = "Trop tard"
    last = edition.closes_at - timedelta(microseconds=1)
    assert services.change_question(question, by=odile, at=last).label == "Trop tard"
    question.label = "Bien trop tard"
    with pytest.raises(Refusal, match="ce qu’elle demande ne change plus"):
        services.change_question(question, by=odile, at=edition.closes_at)


def test_two_questions_with_the_same_words_have_two_codes(edition: Edition, odile: User) -> None:
    section = SectionFactory(edition=edition)
    codes = {
        services.add_question(
            Question(section=section, label="Pourquoi", kind=QuestionKind.SHORT_TEXT),
            by=odile,
            at=NOW,
        ).code
        for _ in range(3)
    }
    assert codes == {"pourquoi", "pourquoi-2", "pourquoi-3"}


def test_the_next_edition_starts_from_what_is_asked_today(edition: Edition, odile: User) -> None:
    opening = QuestionFactory(edition=edition, code="elu", kind=QuestionKind.YES_NO)
    QuestionFactory(
        edition=edition,
        kind=QuestionKind.TABLE,
        columns=["Métier", "Agents"],
        asked_if=ONLY_IF_YES,
        example="Médiation, 2",
    )
    gone = QuestionFactory(edition=edition)
    services.withdraw_question(gone, by=odile, at=NOW)
    following = EditionFactory(year=edition.year + 1, real=True)
    prepare(following, source=edition)
    copies = list(Question.objects.of(following))
    assert copies[0].code == opening.code
    assert len(copies) == 2
    assert copies[1].columns == ["Métier", "Agents"]
    assert copies[1].asked_if == ONLY_IF_YES
    assert copies[1].example == "Médiation, 2"


# --- On screen --------------------------------------------------------------------


def none_of(*, clause: dict[str, str] | None = None) -> dict[str, str]:
    """A question's conditions as the form sends them, the first as given."""
    sent = {
        f"{prefix}-{rank}-{name}": value
        for prefix in ("asked", "required")
        for rank in range(2)
        for name, value in (("subject", "none"), ("operator", "is"), ("value", ""))
    }
    return sent | {f"asked-0-{name}": value for name, value in (clause or {}).items()}


def test_a_question_under_condition_is_written_and_shown_in_words(
    client: Client, edition: Edition, odile: User
) -> None:
    opening = QuestionFactory(edition=edition, code="elu", kind=QuestionKind.YES_NO)
    client.force_login(odile)
    address = reverse("questionnaire:add_question", args=[edition.year, opening.section_id])
    clause = {"subject": "question:elu", "operator": "is", "value": "oui"}
    sent = {"label": "Laquelle", "kind": "short_text", **none_of(clause=clause)}
    page = client.post(address, sent, follow=True).content.decode()
    assert Question.objects.get(label="Laquelle").asked_if == ONLY_IF_YES
    assert f"{opening.label}\N{NO-BREAK SPACE}» est Oui" in page


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ({"subject": "question:elu", "operator": "is", "value": "peut-être"}, "Choisissez parmi"),
        ({"subject": "question:elu", "operator": "at_least", "value": "2"}, "ne convient pas"),
        ({"subject": "trait:population", "operator": "is", "value": "2"}, "Une population"),
        ({"subject": "trait:population", "operator": "at_least", "value": "x"}, "un nombre"),
        ({"subject": "question:inconnue", "operator": "is", "value": "oui"}, "fait pas partie"),
    ],
)
def test_a_condition_that_makes_no_sense_is_refused(
    clause: dict[str, str], said: str, client: Client, edition: Edition, odile: User
) -> None:
    opening = QuestionFactory(edition=edition, code="elu", kind=QuestionKind.YES_NO)
    client.force_login(odile)
    address = reverse("questionnaire:add_question", args=[edition.year, opening.section_id])
    sent = {"label": "Laquelle", "kind": "short_text", **none_of(clause=clause)}
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert "Une condition est à corriger, plus bas." in refused.content.decode()
    assert not Question.objects.filter(label="Laquelle").exists()


def test_the_preview_shows_each_type_its_questions_and_saves_nothing(
    client: Client, edition: Edition, odile: User
) -> None:
    opening = QuestionFactory(edition=edition, code="elu", kind=QuestionKind.YES_NO)
    QuestionFactory(edition=edition, label="Quelle délégation", asked_if=ONLY_IF_YES)
    QuestionFactory(edition=edition, label="Pour les villages", candidate_types=["village"])
    QuestionFactory(
        edition=edition,
        label="Pour les grandes villes",
        asked_if=[{"trait": "population", "operator": "at_least", "values": ["100000"]}],
    )
    client.force_login(odile)
    address = reverse("questionnaire:preview", args=[edition.year])

    def shown(**sent: str | int) -> str:
        return client.get(address, sent).content.decode()

    village = shown(kind="village")
    assert "Pour les villages" in village
    assert "Quelle délégation" not in village
    tried: dict[str, str | int] = {
        "kind": "ville",
        "population": 120_000,
        f"q{opening.pk}": "yes",
        f"v{opening.pk}": "0",
    }
    town = shown(**tried)
    assert "Pour les villages" not in town
    assert "Quelle délégation" in town
    assert "Pour les grandes villes" in town
    assert not Answer.objects.exists()


def test_the_documents_of_a_draft_follow_its_question(
    edition: Edition, odile: User, settings: LazySettings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    question = QuestionFactory(edition=edition, kind=QuestionKind.FILES)
    dossiers = [complete(edition=edition), complete(edition=edition)]
    for dossier in dossiers:
        services.answer_with_files(
            dossier,
            question,
            added=[("plan.pdf", examine(SimpleUploadedFile("plan.pdf", pdf("Plan"))))],
            by=contributor(dossier.territory),
            at=NOW,
        )
    deposited, draft = dossiers
    services.deposit(deposited, by=referent(deposited.territory), at=NOW)
    new = reword(question, odile, label="Autrement dit")
    assert draft.attachments.get().question == new
    assert deposited.attachments.get().question == question


# --- The columns of a table, which cells are found by ------------------------------


@pytest.fixture
def table(edition: Edition) -> Question:
    question: Question = QuestionFactory(
        edition=edition, kind=QuestionKind.TABLE, columns=["Métier", "Agents"]
    )
    return question


def cells(question: Question, *rows: list[str]) -> dict[str, str]:
    """A table as its page sends it."""
    return {
        f"q{question.pk}-{line}-{rank}": cell
        for line, row in enumerate(rows)
        for rank, cell in enumerate(row)
    }


def read(candidature: Candidature) -> str:
    [one] = asked(candidature)
    return displayed(one.question, one.value, names={})


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (["Agents", "Métier"], "Agents : 2, Métier : Médiation"),
        (["Métier", "Lieu", "Agents"], "Métier : Médiation, Agents : 2"),
        (["Métier", "Personnes"], "Métier : Médiation, Personnes : 2"),
    ],
)
def test_what_drafts_say_stays_under_its_column(
    edition: Edition, odile: User, table: Question, columns: list[str], said: str
) -> None:
    draft = CandidatureFactory(edition=edition)
    answer(draft, table, from_rows([["Médiation", "2"]]))
    services.save_answers(
        draft,
        values={table: (from_rows([["Accueil", "1"]]), 1)},
        by=contributor(draft.territory),
        at=NOW,
    )
    new = reword(table, odile, columns=columns)
    earlier = EarlierAnswer.objects.get()
    assert displayed(new, earlier.value, names={}) == said
    assert read(draft) == said.replace("Médiation", "Accueil").replace("2", "1")


def test_a_column_that_a_draft_filled_is_kept(
    edition: Edition, odile: User, table: Question
) -> None:
    answer(CandidatureFactory(edition=edition), table, from_rows([["Médiation", ""]]))
    with pytest.raises(Refusal, match="gardez cette colonne"):
        reword(table, odile, columns=["Agents", "Lieu"])
    assert reword(table, odile, columns=["Métier"]).columns == ["Métier"]


@pytest.mark.parametrize("name", ["section", "answer"])
def test_a_page_open_on_the_former_columns_writes_under_those_of_today(
    client: Client, edition: Edition, odile: User, table: Question, name: str
) -> None:
    draft = CandidatureFactory(edition=edition)
    new = reword(table, odile, columns=["Agents", "Métier"])
    client.force_login(contributor(draft.territory))
    last = "volonte" if name == "section" else table.pk
    address = reverse(f"candidatures:{name}", args=[draft.pk, last])
    sent = cells(table, ["Médiation", "2"]) | {f"v{table.pk}": "0"}
    assert client.post(address, sent).status_code in {200, 302}
    assert Answer.objects.get().question == new
    assert read(draft) == "Agents : 2, Métier : Médiation"


def test_what_a_page_sends_under_a_column_that_is_gone_is_said_and_not_dropped(
    client: Client, edition: Edition, odile: User, table: Question
) -> None:
    draft = CandidatureFactory(edition=edition)
    reword(table, odile, columns=["Agents"])
    client.force_login(contributor(draft.territory))
    sent = cells(table, ["Médiation", "2"]) | {f"v{table.pk}": "0"}
    while_typing = client.post(reverse("candidatures:answer", args=[draft.pk, table.pk]), sent)
    assert while_typing.status_code == 422
    assert "Médiation" in while_typing.json()["problem"]
    address = reverse("candidatures:section", args=[draft.pk, "volonte"])
    page = client.post(address, sent, follow=True).content.decode()
    assert "Médiation" in page
    assert read(draft) == "Agents : 2"
