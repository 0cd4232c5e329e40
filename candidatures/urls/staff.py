"""/gestion/editions/<year>/candidatures/: following the campaign."""

from django.urls import path

from candidatures.views import rules, staff

app_name = "candidatures_staff"

urlpatterns = [
    path("", staff.index, name="candidatures"),
    path("<int:pk>/", staff.detail, name="candidature"),
    path("<int:pk>/conditions/<int:condition_pk>/", rules.check, name="check"),
    path("<int:pk>/prolonger/", staff.extend, name="extend"),
    path("<int:pk>/prolongations/<int:extension_pk>/retirer/", staff.revoke, name="revoke"),
]
