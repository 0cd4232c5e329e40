"""/gestion/editions/: opening an edition, its calendar, its référentiel, its mentions."""

from django.urls import path

from labels.views import editions

app_name = "labels_staff"

urlpatterns = [
    path("", editions.index, name="editions"),
    path("nouvelle/", editions.create, name="create_edition"),
    path("<int:year>/", editions.detail, name="edition"),
    path("<int:year>/referentiel/", editions.referentiel, name="referentiel"),
    path("<int:year>/referentiel/<slug:code>/", editions.theme, name="theme"),
    path("<int:year>/mentions/", editions.mentions, name="mentions"),
]
