"""/rattachements/: one's collectivités, and the team of each."""

from django.urls import path

from villes_internet.territories.views import agents, team

app_name = "territories"

urlpatterns = [
    path("", agents.memberships, name="memberships"),
    path("nouveau/", agents.new_membership, name="new_membership"),
    path("nouveau/<str:code>/", agents.request_membership, name="request_membership"),
    path("<int:pk>/terminer/", agents.end_membership, name="end_membership"),
    path("invitation/<str:token>/", team.accept_invitation, name="accept_invitation"),
    path("<str:code>/equipe/", team.team, name="team"),
    path("<str:code>/equipe/<int:pk>/role/", team.change_role, name="change_role"),
    path("<str:code>/equipe/<int:pk>/terminer/", team.end_colleague, name="end_colleague"),
    path(
        "<str:code>/equipe/invitations/<int:pk>/renvoyer/",
        team.resend_invitation,
        name="resend_invitation",
    ),
    path(
        "<str:code>/equipe/invitations/<int:pk>/retirer/",
        team.revoke_invitation,
        name="revoke_invitation",
    ),
]
