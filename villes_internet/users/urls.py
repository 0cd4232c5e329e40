"""/comptes/: one's account, then allauth's addresses without those of passwords."""

from django.urls import include, path

from villes_internet.users import views

urlpatterns = [
    path("", views.account, name="account"),
    path("login/", views.login, name="account_login"),
    path("password/<path:rest>", views.no_password),
    path("", include("allauth.urls")),
]
