"""/gestion/editions/<year>/depot/: what a deposit asks for."""

from django.urls import path

from candidatures.views import rules

app_name = "depositing"

urlpatterns = [
    path("", rules.rules, name="rules"),
    path("accord/demander/", rules.ask_approval, name="ask_approval"),
    path("accord/ne-plus-demander/", rules.stop_approval, name="stop_approval"),
    path("engagements/nouveau/", rules.add_engagement, name="add_engagement"),
    path("engagements/<int:pk>/", rules.change_engagement, name="change_engagement"),
    path("engagements/<int:pk>/deplacer/", rules.move_engagement, name="move_engagement"),
    path("engagements/<int:pk>/retirer/", rules.retire_engagement, name="retire_engagement"),
    path("conditions/nouvelle/", rules.add_condition, name="add_condition"),
    path("conditions/<int:pk>/", rules.change_condition, name="change_condition"),
    path("conditions/<int:pk>/deplacer/", rules.move_condition, name="move_condition"),
    path("conditions/<int:pk>/retirer/", rules.retire_condition, name="retire_condition"),
]
