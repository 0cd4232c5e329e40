"""Who reads a document of a correction: its team, then the staff, and the jury what was sent."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidatures import services
from candidatures.choices import QuestionKind
from candidatures.models import Answer, Candidature, Correction, CorrectionDocument, Question
from tests.corrections.acts import (
    BLURRED,
    CLEAR,
    ask,
    document,
    draft_documents,
    join,
    page,
    signed_in,
    staff_address,
)
from tests.factories.candidatures import (
    CandidatureFactory,
    QuestionFactory,
    complete,
    contributor,
    reader,
    referent,
)
from tests.factories.jury import JurorFactory, assigned
from tests.factories.labels import EditionFactory
from tests.factories.users import UserFactory
from tests.walk.cast import body_of, browser
from tests.walk.dossiers import pdf
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidature() -> Candidature:
    """Deposited with one document, in answer to a question; the jury reads since yesterday."""
    dossier = complete(edition=EditionFactory(real=True))
    asked = QuestionFactory(edition=dossier.edition, kind=QuestionKind.FILES)
    join(dossier, asked, BLURRED)
    services.deposit(dossier, by=referent(dossier.territory), at=timezone.now())
    edition, today = dossier.edition, timezone.localdate()
    edition.opens_on -= timedelta(days=90)
    edition.closes_on = today - timedelta(days=2)
    edition.reading_starts_on = today - timedelta(days=1)
    edition.save()
    dossier.refresh_from_db()
    return dossier


@pytest.fixture
def question(candidature: Candidature) -> Question:
    return Answer.objects.get(candidature=candidature, question__kind=QuestionKind.FILES).question


@pytest.fixture
def correction(candidature: Candidature, question: Question, odile: User) -> Correction:
    """With a draft, which takes the document that was deposited out and holds another."""
    until = timezone.localdate() + timedelta(days=1)
    asked = ask(candidature, question, by=odile, until=until, while_reading=True)
    draft_documents(asked, CLEAR, without=[BLURRED], by=contributor(candidature.territory))
    return asked


@pytest.fixture
def found(correction: Correction) -> CorrectionDocument:
    """The one that is drafted; its number is that of no attachment."""
    drafted = correction.documents.get(name=CLEAR)
    CorrectionDocument.objects.filter(pk=drafted.pk).update(id=drafted.pk + 1000)
    return correction.documents.get(name=CLEAR)


def neighbour(candidature: Candidature) -> User:
    return referent(CandidatureFactory(edition=candidature.edition).territory)


def entrusted(candidature: Candidature) -> User:
    juror = JurorFactory(edition=candidature.edition)
    assigned(juror, candidature)
    user: User = juror.user
    return user


def somebody(candidature: Candidature) -> User:
    user: User = UserFactory()
    return user


def odette(candidature: Candidature) -> User:
    staff: User = UserFactory(staff=True)
    return staff


STRANGERS = [neighbour, entrusted, somebody, odette]


@pytest.mark.parametrize("who", STRANGERS)
def test_a_drafted_document_does_not_exist_for_a_stranger(
    candidature: Candidature, found: CorrectionDocument, who: Callable[[Candidature], User]
) -> None:
    client = signed_in(who(candidature))
    assert client.get(found.get_absolute_url()).status_code == 404
    staff = 404 if who is odette else 403
    assert client.get(staff_address(found)).status_code == staff
    for name in ("candidatures:attachment", "candidatures:detach"):
        assert client.post(reverse(name, args=[candidature.pk, found.pk])).status_code in (404, 405)


def test_a_passer_by_signs_in_first(found: CorrectionDocument) -> None:
    for address in (found.get_absolute_url(), staff_address(found)):
        assert "/comptes/" in browser().get(address).headers["Location"]


@pytest.mark.parametrize("who", [reader, contributor, referent])
def test_its_team_reads_it(
    candidature: Candidature, found: CorrectionDocument, who: Callable[..., User]
) -> None:
    answer = signed_in(who(candidature.territory)).get(found.get_absolute_url())
    assert body_of(answer) == pdf(CLEAR)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{CLEAR}"'
    assert "private" in answer.headers["Cache-Control"]


def test_nobody_reads_it_through_another_dossier_or_correction(
    candidature: Candidature, correction: Correction, found: CorrectionDocument, odile: User
) -> None:
    agent = referent(candidature.territory)
    services.withdraw_correction(correction, by=odile, at=timezone.now())
    until = timezone.localdate() + timedelta(days=1)
    again = ask(candidature, correction.question, by=odile, until=until, while_reading=True)
    other = CandidatureFactory(edition=candidature.edition)
    for arguments, who in (
        ([candidature.pk, again.pk, found.pk], agent),
        ([other.pk, correction.pk, found.pk], referent(other.territory)),
    ):
        address = reverse("candidatures:correction_document", args=arguments)
        assert signed_in(who).get(address).status_code == 404


def test_the_jury_reads_the_document_that_is_sent_and_no_other(
    candidature: Candidature, correction: Correction, found: CorrectionDocument
) -> None:
    juror = signed_in(entrusted(candidature))
    review = reverse("jury:review", args=[candidature.edition.year, candidature.pk])
    before = candidature.attachments.get()

    def read(attachment_pk: int) -> int:
        arguments = [candidature.edition.year, candidature.pk, attachment_pk]
        return int(juror.get(reverse("jury:attachment", args=arguments)).status_code)

    html = juror.get(review).content.decode()
    assert BLURRED in html
    assert CLEAR not in html
    assert (read(before.pk), read(found.pk)) == (200, 404)
    agent = referent(candidature.territory)
    services.send_correction(correction, over=1, by=agent, at=timezone.now())
    after = candidature.attachments.get()
    html = juror.get(review).content.decode()
    assert CLEAR in html
    assert BLURRED not in html
    assert (read(after.pk), read(before.pk), read(found.pk)) == (200, 404, 404)
    for one in correction.documents.all():
        assert juror.get(one.get_absolute_url()).status_code == 404
        assert juror.get(staff_address(one)).status_code == 403


def test_the_staff_read_the_documents_of_before_and_after_once_it_is_made(
    candidature: Candidature, correction: Correction, found: CorrectionDocument, odile: User
) -> None:
    staff = signed_in(odile)
    assert [staff.get(staff_address(one)).status_code for one in correction.documents.all()] == [
        404,
        404,
    ]
    agent = referent(candidature.territory)
    services.send_correction(correction, over=1, by=agent, at=timezone.now())
    read = {one.name: body_of(staff.get(staff_address(one))) for one in correction.documents.all()}
    assert read == {BLURRED: pdf(BLURRED), CLEAR: pdf(CLEAR)}
    last_year = staff_address(found).replace(
        f"/{candidature.edition.year}/", f"/{candidature.edition.year - 1}/"
    )
    assert staff.get(last_year).status_code == 404


def test_no_stranger_drafts_a_document(
    client: Client, candidature: Candidature, correction: Correction
) -> None:
    sent = {f"q{correction.question_id}": [document("autre.pdf")], f"v{correction.question_id}": 1}
    for who in STRANGERS:
        assert signed_in(who(candidature)).post(page(correction), sent).status_code == 404
    assert correction.documents.count() == 2
