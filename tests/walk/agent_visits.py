"""What the agents of a territory visit, its rows written for that."""

from __future__ import annotations

from uuid import uuid4

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from candidatures import services
from candidatures.choices import QuestionKind, Side
from candidatures.models import Candidature, Correction, Question
from labels.models import Edition
from tests.candidatures.resuming_cases import DROP, KEEP, UPDATE, Town
from tests.factories.candidatures import (
    ApprovalFactory,
    CandidatureFactory,
    ConditionFactory,
    InitiativeFactory,
    QuestionFactory,
    deposit_last_day,
    illustrated,
    referent,
)
from tests.factories.labels import AwardFactory, EditionFactory
from tests.factories.territories import CommuneFactory, InvitationFactory, MembershipFactory
from tests.factories.users import UserFactory
from tests.walk.dossiers import pdf
from tests.walk.visits import Visit, odile
from villes_internet.files.inspection import Content
from villes_internet.files.services import examine
from villes_internet.users.models import User


def draft(rows: int) -> tuple[User, Candidature]:
    """A dossier with that many questions answered, actions and documents, and its référent·e."""
    candidature = CandidatureFactory(edition=EditionFactory(real=True))
    agent = referent(candidature.territory)
    now = timezone.now()
    for _ in range(rows):
        condition = ConditionFactory(edition=candidature.edition)
        services.check_condition(candidature, condition, is_met=True, note="", by=odile(), at=now)
    questions: list[Question] = [QuestionFactory(edition=candidature.edition) for _ in range(rows)]
    values = dict.fromkeys(questions, ("Une réponse", 0))
    services.save_answers(candidature, values=values, by=agent, at=now)
    for number in range(rows):
        initiative = InitiativeFactory(candidature=candidature)
        for _ in range(rows):
            illustrated(initiative, by=agent, at=now)
        upload = SimpleUploadedFile(f"piece-{number}.pdf", pdf(f"pièce {number}"))
        services.attach(candidature, upload=upload, by=agent, at=now)
    return agent, candidature


def candidatures(rows: int) -> Visit:
    agent = UserFactory()
    edition = EditionFactory(real=True)
    for _ in range(rows):
        membership = MembershipFactory(user=agent, active=True)
        CandidatureFactory(edition=edition, territory=membership.territory)
        MembershipFactory(user=agent, active=True)  # to which one may apply
        MembershipFactory(user=agent)
    return agent, reverse("candidatures:index")


def candidature(rows: int) -> Visit:
    agent, dossier = draft(rows)
    taken_back(dossier, agent, times=rows)
    return agent, reverse("candidatures:detail", args=[dossier.pk])


def taken_back(dossier: Candidature, agent: User, *, times: int) -> None:
    now = timezone.now()
    for number in range(1, times + 1):
        services.deposit(dossier, by=agent, at=now)
        services.withdraw_deposit(dossier, number=number, by=agent, at=now)


def exchanged(rows: int) -> tuple[User, User, Candidature]:
    """That many colleagues write, and that many of the staff answer all but the last."""
    dossier, staff = CandidatureFactory(edition=EditionFactory(real=True)), odile()
    agent, at = referent(dossier.territory), timezone.now()
    for number in range(rows):
        for side, by in ((Side.STAFF, odile()), (Side.TERRITORY, referent(dossier.territory))):
            services.write_message(
                dossier, side=side, text=f"Mot {number}", key=uuid4(), seen=0, by=by, at=at
            )
    return agent, staff, dossier


def thread(rows: int) -> Visit:
    agent, _, dossier = exchanged(rows)
    return agent, reverse("candidatures:thread", args=[dossier.pk])


def corrections(rows: int) -> tuple[User, Candidature]:
    """A deposit of that many answers, the last of which are corrected, all but one."""
    agent, dossier = draft(rows)
    now, staff = timezone.now(), odile()
    services.deposit(dossier, by=agent, at=now)
    dossier.refresh_from_db()
    for question in Question.objects.order_by("-pk"):
        asked = services.ask_correction(
            dossier, question, request="?", until=dossier.last_day, by=staff, at=now
        )
        if Question.objects.filter(pk__lt=question.pk).exists():
            services.save_correction(asked, value="Mieux", over=0, by=agent, at=now)
            services.send_correction(asked, over=1, by=agent, at=now)
    return agent, dossier


def correction(rows: int) -> Visit:
    agent, dossier = corrections(rows)
    pk = Correction.objects.latest("pk").pk
    return agent, reverse("candidatures:correction", args=[dossier.pk, pk])


def documents_corrected(rows: int) -> tuple[User, Correction]:
    """That many documents deposited in answer to a question, for which as many others are sent."""
    dossier = CandidatureFactory(edition=EditionFactory(real=True))
    agent, now = referent(dossier.territory), timezone.now()
    asking = QuestionFactory(edition=dossier.edition, kind=QuestionKind.FILES, maximum=rows)

    def some(name: str) -> list[tuple[str, Content]]:
        names = [f"{name}-{number}.pdf" for number in range(rows)]
        return [(one, examine(SimpleUploadedFile(one, pdf(one)))) for one in names]

    services.answer_with_files(dossier, asking, added=some("avant"), by=agent, at=now)
    InitiativeFactory(candidature=dossier)
    services.deposit(dossier, by=agent, at=now)
    dossier.refresh_from_db()
    asked = services.ask_correction(
        dossier, asking, request="?", until=dossier.last_day, by=odile(), at=now
    )
    former = asked.documents.values_list("pk", flat=True)
    services.draft_documents(
        asked, added=some("apres"), removed=list(former), over=0, by=agent, at=now
    )
    return agent, asked


def documents_to_correct(rows: int) -> Visit:
    agent, asked = documents_corrected(rows)
    return agent, page_of(asked)


def corrected_documents(rows: int) -> Visit:
    agent, asked = documents_corrected(rows)
    services.send_correction(asked, over=1, by=agent, at=timezone.now())
    return agent, page_of(asked)


def page_of(correction: Correction) -> str:
    dossier = correction.deposit.candidature_id
    return reverse("candidatures:correction", args=[dossier, correction.pk])


def approve(rows: int) -> Visit:
    _, dossier = draft(rows)
    approval = ApprovalFactory(candidature=dossier, asked_at=timezone.now())
    return None, reverse("candidatures:approve", args=[approval.token])


def ask_approval(rows: int) -> Visit:
    agent, dossier = draft(rows)
    Edition.objects.update(approval_asked=True)
    return agent, reverse("candidatures:ask_approval", args=[dossier.pk])


def past_deposit(rows: int) -> Visit:
    agent, dossier = draft(rows)
    taken_back(dossier, agent, times=1)
    return agent, reverse("candidatures:past_deposit", args=[dossier.pk, 1])


def deposit(rows: int) -> Visit:
    agent, dossier = draft(rows)
    return agent, reverse("candidatures:deposit", args=[dossier.pk])


def section(rows: int) -> Visit:
    agent, dossier = draft(rows)
    return agent, reverse("candidatures:section", args=[dossier.pk, "volonte"])


def earlier_answers(rows: int) -> Visit:
    """One answer, each text written by somebody else than the one before."""
    agent, dossier = draft(1)
    question = Question.objects.get()
    for number in range(rows):
        values = {question: (f"Texte {number}", number + 1)}
        services.save_answers(
            dossier, values=values, by=referent(dossier.territory), at=timezone.now()
        )
    return agent, reverse("candidatures:earlier_answers", args=[dossier.pk, question.pk])


def earlier_passages(rows: int) -> Visit:
    """One passage of an action, each text written by somebody else than the one before."""
    agent, dossier = draft(1)
    initiative = dossier.initiatives.get()
    for version in range(rows + 1):
        values = {"context": ({"context": f"Texte {version}"}, version)}
        services.save_passages(
            initiative, values=values, by=referent(dossier.territory), at=timezone.now()
        )
    arguments = [dossier.pk, initiative.pk, "context"]
    return agent, reverse("candidatures:earlier_passages", args=arguments)


def attachments(rows: int) -> Visit:
    agent, dossier = draft(rows)
    return agent, reverse("candidatures:attachments", args=[dossier.pk])


def initiative(rows: int) -> Visit:
    agent, dossier = draft(rows)
    pk = dossier.initiatives.order_by("pk")[0].pk
    return agent, reverse("candidatures:change_initiative", args=[dossier.pk, pk])


def resumable(rows: int) -> Town:
    """A town with that many answers, actions and sheets of before, of each of which it resumed
    some, and dropped others."""
    town = Town(real=True)
    asked = [town.asked(code=f"question-{number}")[0] for number in range(2 * rows)]
    dossier = town.answered(dict.fromkeys(asked, "Une réponse"))
    for _ in range(rows):
        InitiativeFactory(candidature=dossier)
    deposit_last_day(dossier)
    for choice in (KEEP, UPDATE, DROP, None):
        told = [f"fiche-{sheet.pk}" for sheet in town.sheets(rows)]
        if choice:
            town.decide(choice, told)
    return town


def resumable_candidature(rows: int) -> Visit:
    town = resumable(rows)
    return town.agent, reverse("candidatures:detail", args=[town.candidature.pk])


def resume(rows: int) -> Visit:
    town = resumable(rows)
    return town.agent, reverse("candidatures:resume", args=[town.candidature.pk])


def resume_answers(rows: int) -> Visit:
    town = resumable(rows)
    pk = town.candidature.pk
    return town.agent, reverse("candidatures:resume_answers", args=[pk, "volonte"])


def resume_practices(rows: int) -> Visit:
    town = resumable(rows)
    return town.agent, reverse("candidatures:resume_practices", args=[town.candidature.pk])


def resumed_initiative(rows: int) -> Visit:
    town = resumable(rows)
    pk = town.candidature.initiatives.order_by("pk")[0].pk
    return town.agent, reverse("candidatures:change_initiative", args=[town.candidature.pk, pk])


def illustrations(rows: int) -> Visit:
    agent, dossier = draft(rows)
    pk = dossier.initiatives.order_by("pk")[0].pk
    return agent, reverse("candidatures:illustrations", args=[dossier.pk, pk])


def new_initiative(rows: int) -> Visit:
    agent, dossier = draft(rows)
    return agent, reverse("candidatures:add_initiative", args=[dossier.pk])


def import_page(rows: int) -> Visit:
    agent, dossier = draft(rows)
    return agent, reverse("candidatures:import_initiatives", args=[dossier.pk])


def memberships(rows: int) -> Visit:
    agent = UserFactory()
    for _ in range(rows):
        MembershipFactory(user=agent, active=True)
    return agent, reverse("territories:memberships")


def team(rows: int) -> Visit:
    town = CommuneFactory()
    agent = referent(town)
    for _ in range(rows):
        MembershipFactory(territory=town, active=True, decided_by=agent)
        InvitationFactory(territory=town, invited_by=agent)
    return agent, reverse("territories:team", args=[town.code])


def new_membership(rows: int) -> Visit:
    for _ in range(rows):
        AwardFactory(territory=CommuneFactory(name="Saint-Martin"))
    return UserFactory(), reverse("territories:new_membership") + "?q=saint-martin"


def addresses(rows: int) -> Visit:
    agent = UserFactory(verified=True)
    for number in range(rows):
        EmailAddress.objects.create(user=agent, email=f"autre{number}@label.example")
    return agent, reverse("account_email")
