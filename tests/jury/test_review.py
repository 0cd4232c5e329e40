"""Scoring a dossier: by whom, when, on which scale."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from jury import services
from jury.choices import Answer
from jury.models import Criterion, Review, Score
from jury.readings import criteria_for, weighted_mean
from jury.services import ReviewContent
from tests.factories.candidatures import deposited
from tests.factories.jury import (
    CriterionFactory,
    JurorFactory,
    assigned,
    opinion,
    reading_day,
    reviewed,
)
from tests.factories.labels import EditionFactory
from villes_internet.calendar import start_of
from villes_internet.refusals import Refusal

pytestmark = pytest.mark.django_db


def test_a_juror_reads_only_what_was_entrusted_to_them(client: Client) -> None:
    dossier = deposited(EditionFactory(reading=True))
    juror = JurorFactory(edition=dossier.edition)
    client.force_login(juror.user)
    address = reverse("jury:review", args=[dossier.edition.year, dossier.pk])
    assert client.get(address).status_code == 404
    with pytest.raises(Refusal, match="pas confié"):
        services.save_review(
            juror, dossier, content=ReviewContent(), at=reading_day(dossier.edition)
        )


@pytest.mark.parametrize("value", [-1, 6])
def test_a_note_out_of_the_scale_is_refused_and_nothing_is_kept(value: int) -> None:
    criterion = CriterionFactory(scale_max=5)
    juror = JurorFactory(edition=criterion.edition)
    dossier = assigned(juror, deposited(criterion.edition))
    with pytest.raises(Refusal, match="0 à 5"):
        services.save_review(
            juror,
            dossier,
            content=opinion(criterion.edition, value=value),
            at=reading_day(criterion.edition),
        )
    assert not Review.objects.exists()


def test_the_database_itself_refuses_a_note_out_of_the_scale() -> None:
    review = reviewed(JurorFactory(), deposited(EditionFactory(reading=True)))
    criterion = CriterionFactory(edition=review.juror.edition)
    with pytest.raises(IntegrityError, match="score_within_scale"), transaction.atomic():
        Score.objects.create(review=review, criterion=criterion, value=6, scale_max=5)


def test_the_form_says_the_scale_and_keeps_what_was_written(client: Client) -> None:
    edition = EditionFactory(reading=True, real=True)
    criterion = CriterionFactory(edition=edition, name="Inclusion")
    juror = JurorFactory(edition=edition)
    dossier = assigned(juror, deposited(edition))
    client.force_login(juror.user)
    address = reverse("jury:review", args=[edition.year, dossier.pk])
    sent = {
        f"score_{criterion.pk}": "9",
        f"comment_{criterion.pk}": "Un texte longuement pesé",
        "proposed_level": "6",
        "action": "submit",
    }
    answer = client.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "se note de 0 à 5" in page
    assert "Un label compte de 1 à 5 arobases" in page
    assert "Un texte longuement pesé" in page
    assert not Review.objects.exists()


def test_a_draft_may_be_partial_but_a_review_is_handed_in_whole() -> None:
    edition = EditionFactory(reading=True)
    CriterionFactory(edition=edition, name="Inclusion")
    juror = JurorFactory(edition=edition)
    dossier = assigned(juror, deposited(edition))
    at = reading_day(edition)
    services.save_review(juror, dossier, content=ReviewContent(comment_for_jury="À voir"), at=at)
    with pytest.raises(Refusal, match="Inclusion"):
        services.submit_review(juror, dossier, content=ReviewContent(proposed_level=3), at=at)
    review = Review.objects.get()
    assert review.comment_for_jury == "À voir"
    assert review.submitted_at is None


def test_once_handed_in_a_review_no_longer_changes() -> None:
    edition = EditionFactory(reading=True)
    juror = JurorFactory(edition=edition)
    dossier = deposited(edition)
    reviewed(juror, dossier, level=2)
    with pytest.raises(Refusal, match="remise"):
        services.save_review(
            juror, dossier, content=opinion(edition, level=5), at=reading_day(edition)
        )
    assert Review.objects.get().proposed_level == 2


def test_reviews_are_written_during_the_reading_only() -> None:
    edition = EditionFactory(reading=True)
    juror = JurorFactory(edition=edition)
    dossier = assigned(juror, deposited(edition))
    for at in (
        start_of(edition.reading_starts_on) - timedelta(seconds=1),
        start_of(edition.deliberates_on),
    ):
        with pytest.raises(Refusal, match="pendant la lecture"):
            services.save_review(juror, dossier, content=opinion(edition), at=at)


notes = st.lists(
    st.tuples(st.integers(0, 5), st.integers(1, 5), st.integers(1, 30)), min_size=1, max_size=8
)


def _scores(rows: list[tuple[int, int, int]]) -> list[Score]:
    return [
        Score(value=min(value, top), scale_max=top, criterion=Criterion(weight=weight))
        for value, top, weight in rows
    ]


def _share(score: Score) -> Fraction:
    return Fraction(score.value or 0, score.scale_max)


@given(rows=notes, data=st.data())
def test_the_weighted_mean_is_bounded_and_blind_to_order(
    rows: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    scores = _scores(rows)
    mean = weighted_mean(scores)
    assert mean is not None
    each = [_share(score) for score in scores]
    assert min(each) <= mean <= max(each)
    assert weighted_mean(data.draw(st.permutations(scores))) == mean


@given(rows=notes)
def test_the_weighted_mean_grows_with_a_note(rows: list[tuple[int, int, int]]) -> None:
    scores = _scores(rows)
    before = weighted_mean(scores)
    lower = min(scores, key=_share)
    if _share(lower) < 1:
        lower.value = (lower.value or 0) + 1
        after = weighted_mean(scores)
        assert before is not None
        assert after is not None
        assert after > before


@given(rows=notes, reasons=st.lists(st.sampled_from([Answer.NOT_APPLICABLE, Answer.ABSTAINED])))
def test_what_does_not_apply_or_is_abstained_from_never_lowers_a_total(
    rows: list[tuple[int, int, int]], reasons: list[Answer]
) -> None:
    scores = _scores(rows)
    silent = [
        Score(answer=reason, value=None, scale_max=5, criterion=Criterion(weight=30))
        for reason in reasons
    ]
    assert weighted_mean([*scores, *silent]) == weighted_mean(scores)


@given(rows=notes)
def test_a_criterion_apart_from_the_total_never_changes_it(
    rows: list[tuple[int, int, int]],
) -> None:
    scores = _scores(rows)
    apart = Score(value=0, scale_max=5, criterion=Criterion(weight=30, counts_in_total=False))
    assert weighted_mean([*scores, apart]) == weighted_mean(scores)


def answers(**changed: object) -> ReviewContent:
    return ReviewContent(**({"proposed_level": 3} | changed))  # type: ignore[arg-type]


def test_an_optional_criterion_may_stay_without_an_answer() -> None:
    edition = EditionFactory(reading=True)
    needed = CriterionFactory(edition=edition)
    CriterionFactory(edition=edition, is_required=False)
    juror = JurorFactory(edition=edition)
    dossier = assigned(juror, deposited(edition))
    review = services.submit_review(
        juror, dossier, content=answers(scores={needed: (4, "")}), at=reading_day(edition)
    )
    assert weighted_mean(review.scores.all()) == Fraction(4, 5)


@pytest.mark.parametrize("reason", [Answer.NOT_APPLICABLE, Answer.ABSTAINED])
def test_not_applicable_and_abstained_are_answers_and_a_silence_is_not(reason: Answer) -> None:
    edition = EditionFactory(reading=True)
    noted, silent = CriterionFactory(edition=edition), CriterionFactory(edition=edition)
    juror = JurorFactory(edition=edition)
    dossier = assigned(juror, deposited(edition))
    at = reading_day(edition)
    with pytest.raises(Refusal, match=silent.name):
        services.submit_review(juror, dossier, content=answers(scores={noted: (5, "")}), at=at)
    scores = {noted: (5, ""), silent: (reason, "Hors de sa compétence")}
    review = services.submit_review(juror, dossier, content=answers(scores=scores), at=at)
    kept = review.scores.get(criterion=silent)
    assert (kept.answer, kept.value, kept.comment) == (reason, None, "Hors de sa compétence")
    assert weighted_mean(review.scores.select_related("criterion")) == 1


def test_a_review_made_of_abstentions_is_not_handed_in(client: Client) -> None:
    edition = EditionFactory(reading=True, real=True)
    criterion = CriterionFactory(edition=edition)
    CriterionFactory(edition=edition, counts_in_total=False, is_required=False)
    juror = JurorFactory(edition=edition)
    dossier = assigned(juror, deposited(edition))
    content = answers(scores={criterion: (Answer.ABSTAINED, "")})
    with pytest.raises(Refusal, match="au moins une note"):
        services.submit_review(juror, dossier, content=content, at=reading_day(edition))
    client.force_login(juror.user)
    sent = {
        f"score_{criterion.pk}": "abstention",
        f"comment_{criterion.pk}": "Je connais trop peu ce sujet",
        "proposed_level": "3",
        "action": "submit",
    }
    answer = client.post(reverse("jury:review", args=[edition.year, dossier.pk]), sent)
    assert answer.status_code == 422
    assert "Donnez au moins une note" in answer.content.decode()
    assert "Je connais trop peu ce sujet" in answer.content.decode()


def test_a_dossier_is_asked_only_the_criteria_that_concern_it() -> None:
    edition = EditionFactory(reading=True)
    dossier = deposited(edition)
    touched = dossier.initiatives.get().services.all()[0].theme.code
    kinds = {"territoire", "ville", "village"} - {dossier.candidate_type}
    asked = [
        CriterionFactory(edition=edition),
        CriterionFactory(edition=edition, candidate_types=[dossier.candidate_type]),
        CriterionFactory(edition=edition, theme_code=touched),
    ]
    other = CriterionFactory(edition=edition, candidate_types=sorted(kinds))
    CriterionFactory(edition=edition, theme_code="un-autre-enjeu")
    assert criteria_for(dossier) == asked
    juror = JurorFactory(edition=edition)
    assigned(juror, dossier)
    at = reading_day(edition)
    scores = dict.fromkeys(asked, (3, ""))
    content = answers(scores=scores | {other: (3, "")})
    with pytest.raises(Refusal, match="ne se note pas pour ce dossier"):
        services.submit_review(juror, dossier, content=content, at=at)
    assert services.submit_review(juror, dossier, content=answers(scores=scores), at=at)


def test_the_database_itself_refuses_an_abstention_with_a_note() -> None:
    review = reviewed(JurorFactory(), deposited(EditionFactory(reading=True)))
    criterion = CriterionFactory(edition=review.juror.edition)
    for answer, value in ((Answer.ABSTAINED, 3), (Answer.NOTE, None)):
        with pytest.raises(IntegrityError, match="score_note_or_none"), transaction.atomic():
            Score.objects.create(
                review=review, criterion=criterion, answer=answer, value=value, scale_max=5
            )
