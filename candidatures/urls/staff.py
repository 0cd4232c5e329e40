"""/gestion/editions/<year>/candidatures/: following the campaign."""

from django.urls import path

from candidatures.views import (
    corrections,
    documents,
    exports,
    feedback,
    mailings,
    rules,
    staff,
    thread,
)

app_name = "candidatures_staff"

urlpatterns = [
    path("", staff.index, name="candidatures"),
    path("messages/", thread.threads, name="threads"),
    path("<int:pk>/messages/", thread.staff_thread, name="thread"),
    path("<int:pk>/messages/lus/", thread.staff_read_thread, name="read_thread"),
    path("<int:pk>/messages/sans-reponse/", thread.settle_thread, name="settle_thread"),
    path("<int:pk>/corrections/demander/", corrections.ask_correction, name="ask_correction"),
    path(
        "<int:pk>/corrections/<int:correction_pk>/retirer/",
        corrections.withdraw_correction,
        name="withdraw_correction",
    ),
    path(
        "<int:pk>/corrections/<int:correction_pk>/documents/<int:document_pk>/",
        documents.staff_correction_document,
        name="correction_document",
    ),
    path("exporter/", exports.ask, name="ask_for_export"),
    path("exports/", exports.index, name="exports"),
    path("exports/<int:export_pk>/", exports.detail, name="export"),
    path("exports/<int:export_pk>/fichier/", exports.file, name="export_file"),
    path("avis/", feedback.read, name="feedback"),
    path("ecrire/", mailings.write, name="write_mailing"),
    path("courriels/", mailings.index, name="mailings"),
    path("courriels/<int:mailing_pk>/", mailings.detail, name="mailing"),
    path("courriels/<int:mailing_pk>/modifier/", mailings.change, name="change_mailing"),
    path("courriels/<int:mailing_pk>/envoyer/", mailings.confirm, name="confirm_mailing"),
    path("<int:pk>/", staff.detail, name="candidature"),
    path("<int:pk>/conditions/<int:condition_pk>/", rules.check, name="check"),
    path("<int:pk>/dossier.pdf", exports.dossier, name="dossier"),
    path("<int:pk>/prolonger/", staff.extend, name="extend"),
    path("<int:pk>/prolongations/<int:extension_pk>/retirer/", staff.revoke, name="revoke"),
]
