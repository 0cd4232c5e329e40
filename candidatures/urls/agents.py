"""/candidatures/: the workspace of agents."""

from django.urls import path

from candidatures.views import (
    answers,
    approval,
    autosave,
    content,
    corrections,
    deposits,
    documents,
    dossier,
    earlier,
    feedback,
    illustrations,
    importing,
    passages,
    reminders,
    resuming,
    thread,
)

app_name = "candidatures"

urlpatterns = [
    path("", dossier.index, name="index"),
    path("commencer/", dossier.start, name="start"),
    path("rappels/<token>/", reminders.stop_reminders, name="stop_reminders"),
    path("<int:pk>/", dossier.detail, name="detail"),
    path("<int:pk>/deposer/", deposits.deposit, name="deposit"),
    path("<int:pk>/accord/", approval.ask_approval, name="ask_approval"),
    path("approbation/<token>/", approval.approve, name="approve"),
    path(
        "approbation/<token>/pieces/<int:attachment_pk>/",
        approval.approval_attachment,
        name="approval_attachment",
    ),
    path("<int:pk>/retirer-le-depot/", deposits.withdraw, name="withdraw"),
    path("<int:pk>/depots/<int:number>/", deposits.past_deposit, name="past_deposit"),
    path("<int:pk>/depots/<int:number>/accuse.pdf", documents.receipt_of, name="receipt_of"),
    path("<int:pk>/questionnaire/<slug:code>/", answers.section, name="section"),
    path(
        "<int:pk>/questionnaire/<slug:code>/confier/",
        answers.delegate_section,
        name="delegate_section",
    ),
    path("<int:pk>/questionnaire/<slug:code>/prete/", answers.mark_section, name="mark_section"),
    path("<int:pk>/reponses/<int:question_pk>/", autosave.answer, name="answer"),
    path(
        "<int:pk>/reponses/<int:question_pk>/anterieures/",
        earlier.earlier_answers,
        name="earlier_answers",
    ),
    path("<int:pk>/reprendre/", resuming.resume, name="resume"),
    path("<int:pk>/reprendre/actions/", resuming.resume_practices, name="resume_practices"),
    path(
        "<int:pk>/reprendre/questionnaire/<slug:code>/",
        resuming.resume_answers,
        name="resume_answers",
    ),
    path("<int:pk>/presence/", autosave.presence, name="presence"),
    path("<int:pk>/actions/nouvelle/", content.add_initiative, name="add_initiative"),
    path("<int:pk>/actions/importer/", importing.import_initiatives, name="import_initiatives"),
    path("<int:pk>/actions/importer/confirmer/", importing.confirm_import, name="confirm_import"),
    path(
        "<int:pk>/actions/importer/modele.<slug:suffix>",
        importing.import_model,
        name="import_model",
    ),
    path(
        "<int:pk>/actions/<int:initiative_pk>/",
        content.change_initiative,
        name="change_initiative",
    ),
    path(
        "<int:pk>/actions/<int:initiative_pk>/passages/<slug:code>/",
        passages.passage,
        name="passage",
    ),
    path(
        "<int:pk>/actions/<int:initiative_pk>/passages/<slug:code>/anterieurs/",
        passages.earlier_passages,
        name="earlier_passages",
    ),
    path(
        "<int:pk>/actions/<int:initiative_pk>/deplacer/",
        content.move_initiative,
        name="move_initiative",
    ),
    path(
        "<int:pk>/actions/<int:initiative_pk>/dupliquer/",
        content.duplicate_initiative,
        name="duplicate_initiative",
    ),
    path(
        "<int:pk>/actions/<int:initiative_pk>/retirer/",
        content.remove_initiative,
        name="remove_initiative",
    ),
    path(
        "<int:pk>/actions/<int:initiative_pk>/images/",
        illustrations.illustrations,
        name="illustrations",
    ),
    path(
        "<int:pk>/actions/<int:initiative_pk>/images/<int:illustration_pk>/retirer/",
        illustrations.remove_illustration,
        name="remove_illustration",
    ),
    path(
        "<int:pk>/images/<int:illustration_pk>/<slug:size>/",
        illustrations.illustration,
        name="illustration",
    ),
    path("<int:pk>/pieces/", documents.attachments, name="attachments"),
    path("<int:pk>/pieces/<int:attachment_pk>/", documents.attachment, name="attachment"),
    path("<int:pk>/pieces/<int:attachment_pk>/retirer/", documents.detach, name="detach"),
    path("<int:pk>/corrections/<int:correction_pk>/", corrections.correction, name="correction"),
    path(
        "<int:pk>/corrections/<int:correction_pk>/documents/<int:document_pk>/",
        documents.correction_document,
        name="correction_document",
    ),
    path("<int:pk>/messages/", thread.thread, name="thread"),
    path("<int:pk>/messages/lus/", thread.read_thread, name="read_thread"),
    path("<int:pk>/rappels/", reminders.reminders, name="reminders"),
    path("<int:pk>/avis/", feedback.give, name="feedback"),
    path("<int:pk>/accuse.pdf", documents.receipt, name="receipt"),
    path("<int:pk>/calendrier.ics", documents.calendar, name="calendar"),
    path("<int:pk>/diplome.pdf", documents.diploma, name="diploma"),
]
