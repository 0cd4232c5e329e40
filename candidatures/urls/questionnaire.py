"""/gestion/editions/<year>/questionnaire/: what candidates are asked."""

from django.urls import path

from candidatures.views import questionnaire

app_name = "questionnaire"

urlpatterns = [
    path("", questionnaire.questionnaire, name="outline"),
    path("apercu/", questionnaire.preview, name="preview"),
    path("rubriques/nouvelle/", questionnaire.add_section, name="add_section"),
    path("rubriques/<int:pk>/", questionnaire.change_section, name="change_section"),
    path("rubriques/<int:pk>/deplacer/", questionnaire.move_section, name="move_section"),
    path("rubriques/<int:pk>/retirer/", questionnaire.remove_section, name="remove_section"),
    path(
        "rubriques/<int:section_pk>/questions/nouvelle/",
        questionnaire.add_question,
        name="add_question",
    ),
    path("questions/<int:pk>/", questionnaire.change_question, name="change_question"),
    path("questions/<int:pk>/deplacer/", questionnaire.move_question, name="move_question"),
    path("questions/<int:pk>/retirer/", questionnaire.withdraw_question, name="withdraw_question"),
]
