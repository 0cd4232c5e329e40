"""/rattachements/: one's collectivités."""

from django.urls import path

from villes_internet.territories.views import agents

app_name = "territories"

urlpatterns = [
    path("", agents.memberships, name="memberships"),
    path("nouveau/", agents.new_membership, name="new_membership"),
    path("nouveau/<str:code>/", agents.request_membership, name="request_membership"),
    path("<int:pk>/terminer/", agents.end_membership, name="end_membership"),
]
