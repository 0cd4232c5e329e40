"""What the parameters of the addresses stand for, scene by scene, and what is written for that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives

from atlaas.models import Sheet
from candidatures import services
from candidatures.choices import (
    Audience,
    CheckedBy,
    CorrectionState,
    ExportFormat,
    QuestionKind,
)
from candidatures.models import (
    Approval,
    Candidature,
    Condition,
    CorrectionDocument,
    Engagement,
    Export,
    Extension,
    InitiativeIllustration,
    Mailing,
    Question,
    Section,
)
from candidatures.reminders import sign
from jury.models import Juror, Recusal
from labels.models import Theme
from tests.factories.candidatures import SectionFactory
from tests.factories.territories import InvitationFactory
from tests.walk.dossiers import (
    DECIDED,
    OPEN,
    PAST,
    READING,
    asked_correction,
    first_question,
    pdf,
    secret,
)
from tests.walk.people import CONTRIBUTOR, ELSEWHERE, NEIGHBOUR, NEWCOMER, REFERENT, UNASSIGNED
from villes_internet.demo.mailbox import MailboxBackend
from villes_internet.demo.models import ReceivedMessage
from villes_internet.files.services import store_bytes
from villes_internet.mail import services as mail
from villes_internet.mail.choices import MessageState
from villes_internet.mail.letters import Letter
from villes_internet.mail.models import Message, MessageAttachment
from villes_internet.territories.models import Membership, Territory
from villes_internet.users.models import User


def arguments(
    dossiers: Mapping[str, Candidature],
    memberships: Mapping[str, Membership],
    *,
    home: Territory,
    sheet: Sheet,
    waiting: Approval,
    at: datetime,
) -> dict[str, dict[str, Any]]:
    """What the parameters stand for: by app, then by address, then by scene, the latter winning.

    A new address of an app finds its parameters here by their names.
    """
    doubtful, coded = _letters(at)
    export, removed = _exports(dossiers["draft"], by=memberships[REFERENT].user, at=at)
    documents = {
        group: candidature.attachments.apart().get().pk for group, candidature in dossiers.items()
    }
    actions = {group: candidature.initiatives.get().pk for group, candidature in dossiers.items()}
    pictures = {
        group: InitiativeIllustration.objects.get(initiative__candidature=candidature).pk
        for group, candidature in dossiers.items()
    }
    keys = {group: candidature.pk for group, candidature in dossiers.items()}
    asked = asked_correction(QuestionKind.LONG_TEXT)
    drafted = asked_correction(QuestionKind.FILES).documents.get()
    sent = CorrectionDocument.objects.get(correction__state=CorrectionState.MADE)
    opened = dossiers["draft"].edition
    mailing, mailed = _mailings(dossiers["draft"], by=memberships[REFERENT].user, at=at)
    section = Section.objects.filter(edition=opened).order_by("position")[0]
    question = Question.objects.of(opened)[0]
    unused = SectionFactory(edition=opened, code="vide", title="Rubrique vide", position=9)
    theme = Theme.objects.filter(edition=opened).order_by("position")[0]
    juror = Juror.objects.get(edition__year=READING, user__email=f"{UNASSIGNED}@label.example")
    chair = Juror.objects.get(edition__year=READING, is_chair=True)
    recusal = Recusal.objects.get(candidature=dossiers["read"])
    invitation = InvitationFactory(
        territory=home,
        email=f"{ELSEWHERE}@label.example",
        invited_by=memberships[REFERENT].user,
        invited_at=at - timedelta(days=1),
    )
    neighbouring = InvitationFactory(
        territory=memberships[NEIGHBOUR].territory, invited_by=memberships[NEIGHBOUR].user
    )
    scenes: dict[str, dict[str, Any]] = {
        "atlaas": {
            "code": home.code,
            "slug": home.slug,
            "pk": sheet.pk,
            "illustration_pk": sheet.illustrations.get().pk,
            "size": "moyenne",
        },
        "atlaas:illustration, of no such size": {"size": "immense"},
        "atlaas:sheet": {"slug": sheet.get_absolute_url().strip("/").partition("-")[2]},
        "labels": {"year": PAST},
        "editions": {"year": OPEN},
        "editions:calendar, embargo": {"year": DECIDED},
        "pages": {"section": "fiches"},
        "pages:sitemap_section, territories": {"section": "territoires"},
        "pages:sitemap_section, unknown": {"section": "candidatures"},
        "labels:palmares, embargo": {"year": DECIDED},
        "labels:palmares, open": {"year": OPEN},
        "labels:palmares_picture, embargo": {"year": DECIDED},
        "labels:palmares_picture, open": {"year": OPEN},
        "candidatures": {
            "pk": keys["draft"],
            "code": section.code,
            "initiative_pk": actions["draft"],
            "attachment_pk": documents["draft"],
            "illustration_pk": pictures["draft"],
            "size": "petite",
            "token": sign(dossiers["draft"], memberships[CONTRIBUTOR].user),
            "question_pk": first_question(OPEN).pk,
            "correction_pk": asked.pk,
            "document_pk": drafted.pk,
            "suffix": "xlsx",
        },
        "candidatures:import_initiatives, a wrong line": {},
        "candidatures:import_initiatives, read": {"pk": keys["read"]},
        "candidatures:confirm_import, read": {"pk": keys["read"]},
        "candidatures:import_model, of no such format": {"suffix": "ods"},
        "candidatures:approve": {"token": waiting.token},
        "candidatures:approve, forged": {"token": waiting.token + "x"},
        "candidatures:approval_attachment": {"token": waiting.token},
        "candidatures:approval_attachment, of another dossier": {
            "token": waiting.token,
            "attachment_pk": documents["rival"],
        },
        "candidatures:passage": {"code": "summary"},
        "candidatures:earlier_passages": {"code": "context"},
        "candidatures:answer, read": {
            "pk": keys["read"],
            "question_pk": first_question(READING).pk,
        },
        "candidatures:answer, another edition": {"question_pk": first_question(READING).pk},
        "candidatures:stop_reminders, forged": {"token": "1-1:zut"},
        "candidatures:receipt": {"pk": keys["read"]},
        "candidatures:withdraw": {"pk": keys["twice"]},
        "candidatures:withdraw, draft": {"pk": keys["draft"]},
        "candidatures:withdraw, read": {"pk": keys["read"]},
        "candidatures:past_deposit": {"pk": keys["twice"], "number": 1},
        "candidatures:past_deposit, never": {"pk": keys["twice"], "number": 3},
        "candidatures:receipt_of": {"pk": keys["twice"], "number": 1},
        "candidatures:receipt_of, in preparation": {"pk": keys["twice"], "number": 2},
        "candidatures:correction": {
            "pk": keys["read"],
            "correction_pk": asked.pk,
        },
        "candidatures:correction, through another dossier": {
            "pk": keys["draft"],
            "correction_pk": asked.pk,
        },
        "candidatures:correction, in documents": {
            "pk": keys["read"],
            "correction_pk": drafted.correction_id,
        },
        "candidatures:correction_document": {
            "pk": keys["read"],
            "correction_pk": drafted.correction_id,
        },
        "candidatures:correction_document, through another dossier": {
            "pk": keys["draft"],
            "correction_pk": drafted.correction_id,
        },
        "candidatures:thread, read": {"pk": keys["read"]},
        "candidatures:thread, of a neighbour": {"pk": keys["rival"]},
        "candidatures:diploma": {"pk": keys["laureate"]},
        "candidatures:feedback, read": {"pk": keys["read"]},
        "candidatures:receipt, draft": {"pk": keys["draft"]},
        "candidatures:diploma, embargo": {"pk": keys["judged"]},
        "jury": {
            "year": READING,
            "pk": keys["read"],
            "attachment_pk": documents["read"],
            "illustration_pk": pictures["read"],
            "size": "moyenne",
        },
        "jury:dashboard, embargo": {"year": DECIDED},
        "jury:dashboard, unknown": {"year": 1999},
        "jury:affiliations, unknown": {"year": 1999},
        "jury:declaration, unknown": {"year": 1999},
        "jury:deliberation, embargo": {"year": DECIDED},
        "jury:proclaim, embargo": {"year": DECIDED},
        "jury:review, another edition": {"pk": keys["judged"]},
        "jury:attachment, of another dossier": {"attachment_pk": documents["draft"]},
        "jury:illustration, of another dossier": {"illustration_pk": pictures["draft"]},
        "mail": {
            "pk": doubtful.pk,
            "attachment_pk": MessageAttachment.objects.get(message=doubtful).pk,
        },
        "mail:detail, code": {"pk": coded.pk},
        "labels_staff": {"year": OPEN, "code": theme.code},
        "labels_staff:edition, proclaimed": {"year": PAST},
        "labels_staff:edition, unknown": {"year": 1999},
        "questionnaire": {"year": OPEN, "pk": section.pk, "section_pk": section.pk},
        "questionnaire:change_question, another edition": {"year": READING},
        "candidatures_staff": {
            "year": OPEN,
            "pk": keys["draft"],
            "extension_pk": Extension.objects.get().pk,
            "export_pk": export.pk,
            "mailing_pk": mailing.pk,
        },
        "candidatures_staff:mailing, another edition": {"year": READING},
        "candidatures_staff:export, another edition": {"year": READING},
        "candidatures_staff:export_file, removed": {"export_pk": removed.pk},
        "candidatures_staff:dossier, read": {"year": READING, "pk": keys["read"]},
        "candidatures_staff:candidatures, read": {"year": READING},
        "candidatures_staff:candidature, read": {"year": READING, "pk": keys["read"]},
        "candidatures_staff:ask_correction": {"year": READING, "pk": keys["read"]},
        "candidatures_staff:ask_correction, draft": {"year": OPEN, "pk": keys["draft"]},
        "candidatures_staff:withdraw_correction": {
            "year": READING,
            "pk": keys["read"],
            "correction_pk": asked.pk,
        },
        "candidatures_staff:correction_document": {
            "year": READING,
            "pk": keys["rival"],
            "correction_pk": sent.correction_id,
            "document_pk": sent.pk,
        },
        "candidatures_staff:correction_document, drafted": {
            "year": READING,
            "pk": keys["read"],
            "correction_pk": drafted.correction_id,
            "document_pk": drafted.pk,
        },
        "candidatures_staff:thread, another edition": {"pk": keys["read"]},
        "candidatures_staff:extend, read": {"year": READING, "pk": keys["read"]},
        "jury_staff": {
            "year": READING,
            "pk": juror.pk,
            "affiliation_pk": juror.affiliations.get().pk,
        },
        "jury_staff:juror, another edition": {"year": DECIDED},
        "jury_staff:remove_affiliation, of another juror": {"pk": chair.pk},
        "jury_staff:lift_recusal": {"pk": recusal.pk},
        "jury_staff:lift_recusal, another edition": {"year": DECIDED, "pk": recusal.pk},
        "jury_staff:change_load, another edition": {"year": OPEN},
        "jury_staff:release, another edition": {"year": OPEN},
        "jury_staff:proposal, open": {"year": OPEN},
        "jury_staff:distribute, open": {"year": OPEN},
        "jury_staff:distribute, forged": {},
        "jury_staff:entrust, recused": {},
        "territories": {
            "code": home.code,
            "pk": memberships[NEWCOMER].pk,
            "token": invitation.token,
        },
        "territories:team, unknown": {"code": "99999"},
        "territories:accept_invitation, forged": {"token": invitation.token + "x"},
        "territories:request_membership, unknown": {"code": "99999"},
        "territories_staff": {"pk": memberships[NEWCOMER].pk},
        "territories_staff:end_membership": {"pk": memberships[CONTRIBUTOR].pk},
        "demo": {"pk": _received().pk, "number": 1},
        "": {"uidb36": "1", "key": "set-password", "rest": "change/"},
    }
    for name in ("mailing", "change_mailing", "confirm_mailing"):
        scenes[f"candidatures_staff:{name}, sent"] = {"mailing_pk": mailed.pk}
    for name in ("change_role", "end_colleague"):
        scenes[f"territories:{name}"] = {"pk": memberships[CONTRIBUTOR].pk}
        scenes[f"territories:{name}, of a neighbour"] = {"pk": memberships[NEIGHBOUR].pk}
    for name in ("resend_invitation", "revoke_invitation"):
        scenes[f"territories:{name}"] = {"pk": invitation.pk}
        scenes[f"territories:{name}, of a neighbour"] = {"pk": neighbouring.pk}
    engagement, condition = Engagement.objects.of(opened)[0], Condition.objects.of(opened)[0]
    checked = Condition.objects.of(opened).get(checked_by=CheckedBy.STAFF)
    scenes["depositing"] = {"year": OPEN}
    for name in ("change", "move", "retire"):
        scenes[f"depositing:{name}_engagement"] = {"pk": engagement.pk}
        scenes[f"depositing:{name}_condition"] = {"pk": condition.pk}
    scenes["depositing:change_engagement, another edition"] = {
        "year": READING,
        "pk": engagement.pk,
    }
    scenes["candidatures_staff:check"] = {"condition_pk": checked.pk}
    scenes["candidatures_staff:check, declared"] = {"condition_pk": condition.pk}
    scenes["questionnaire:remove_section"] = {"pk": unused.pk}
    for name in ("change_question", "move_question", "withdraw_question"):
        scenes[f"questionnaire:{name}"] = {"pk": question.pk}
    scenes["questionnaire:change_question, another edition"]["pk"] = question.pk
    for name in ("delegate_section", "mark_section"):
        scenes[f"candidatures:{name}, read"] = {"pk": keys["read"]}
    for name in (
        "detail",
        "section",
        "attachments",
        "deposit",
        "change_initiative",
        "passage",
        "detach",
        "illustrations",
        "illustration",
        "remove_illustration",
    ):
        for group in ("read", "judged", "laureate"):
            scenes[f"candidatures:{name}, {group}"] = {
                "pk": keys[group],
                "initiative_pk": actions[group],
                "attachment_pk": documents[group],
                "illustration_pk": pictures[group],
            }
    for name in ("resume", "resume_answers", "resume_practices"):
        scenes[f"candidatures:{name}, read"] = {"pk": keys["read"]}
    for name in (
        "resume",
        "resume_answers",
        "resume_practices",
        "earlier_answers",
        "passage",
        "earlier_passages",
        "change_initiative",
        "move_initiative",
        "duplicate_initiative",
        "remove_initiative",
        "attachment",
        "detach",
        "illustrations",
        "illustration",
        "remove_illustration",
    ):
        # Through one's own dossier to the content of another's.
        scenes[f"candidatures:{name}, through another dossier"] = {"pk": keys["rival"]}
    for name in ("review", "decide", "declare_recusal", "attachment", "illustration"):
        for group in ("rival", "draft"):
            scenes[f"jury:{name}, {group}"] = {
                "pk": keys[group],
                "attachment_pk": documents[group],
                "illustration_pk": pictures[group],
            }
        scenes[f"jury:{name}, embargo"] = {
            "year": DECIDED,
            "pk": keys["judged"],
            "attachment_pk": documents["judged"],
            "illustration_pk": pictures["judged"],
        }
    return scenes


def _exports(draft: Candidature, *, by: User, at: datetime) -> tuple[Export, Export]:
    """One that is ready, and one whose file is gone."""

    def make(asked_at: datetime) -> Export:
        export = services.ask_for_export(
            draft.edition,
            format=ExportFormat.XLSX,
            candidatures=[draft.pk],
            criteria="Toutes les candidatures",
            by=by,
            at=asked_at,
        )
        services.make_export(export.pk, clock=lambda: asked_at)
        return export

    removed = make(at - timedelta(days=30))
    services.remove_exports(at=at)
    return make(at), removed


def _mailings(draft: Candidature, *, by: User, at: datetime) -> tuple[Mailing, Mailing]:
    """One to be read before it leaves, and one that left."""
    waiting, sent = (
        services.write_mailing(
            draft.edition,
            candidatures=[draft.pk],
            criteria="Toutes les candidatures",
            subject="Votre dossier",
            body="Il reste {jours restants} à {collectivité}.",
            audience=Audience.REFERENTS,
            is_reminder=True,
            by=by,
            at=at,
        )
        for _ in range(2)
    )
    services.confirm_mailing(sent, by=by, at=at)
    services.send_mailing(sent.pk, at=at)
    return waiting, sent


def _letters(at: datetime) -> tuple[Message, Message]:
    """One in doubt, with a document, and one that carried a code."""
    doubtful = mail.queue_letter(
        Letter(
            subject=secret("mail", "objet"), text=secret("mail", "texte"), html="<p>Bonjour</p>"
        ),
        key="walk:doubtful",
        to=secret("mail", "maire@commune.example"),
        category="candidatures",
        at=at,
        attachments=[
            (
                store_bytes(pdf(secret("mail", "jointe")), content_type="application/pdf", at=at),
                secret("mail", "jointe.pdf"),
            )
        ],
    )
    Message.objects.filter(pk=doubtful.pk).update(state=MessageState.UNCERTAIN)
    coded = mail.queue_letter(
        Letter(subject="Votre code de connexion", text=secret("code", "123456")),
        key="walk:coded",
        to="maire@commune.example",
        category="compte",
        at=at,
        transient=True,
    )
    return doubtful, coded


def _received() -> ReceivedMessage:
    """In the mailbox of the demonstration, which hides nothing from anybody."""
    letter = EmailMultiAlternatives(
        "Votre code de connexion", "Bonjour,\n\n123456\n", to=["a@b.fr"]
    )
    letter.attach_alternative("<!doctype html><html lang='fr'><p>Bonjour</p></html>", "text/html")
    letter.attach("note.pdf", pdf("note"), "application/pdf")
    MailboxBackend().send_messages([letter])
    return ReceivedMessage.objects.latest("pk")
