"""/gestion/rattachements/: the requests, and their answers."""

from django.urls import path

from villes_internet.territories.views import staff

app_name = "territories_staff"

urlpatterns = [
    path("", staff.memberships, name="memberships"),
    path("<int:pk>/accepter/", staff.accept_membership, name="accept_membership"),
    path("<int:pk>/refuser/", staff.refuse_membership, name="refuse_membership"),
    path("<int:pk>/terminer/", staff.end_membership, name="end_membership"),
]
