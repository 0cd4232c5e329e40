"""The addresses, each app's own file mounted by name."""

from django.conf import settings
from django.urls import include, path

from villes_internet import views

handler400 = "villes_internet.views.bad_request"
handler429 = "villes_internet.views.too_many_requests"
handler500 = "villes_internet.views.server_error"

urlpatterns = [
    path("", include("atlaas.urls")),
    path("palmares/", include("labels.urls.public")),
    path("editions/", include("labels.urls.editions")),
    path("candidatures/", include("candidatures.urls.agents")),
    path("jury/", include("jury.urls.jury")),
    path("rattachements/", include("villes_internet.territories.urls.agents")),
    path("comptes/", include("villes_internet.users.urls")),
    path("gestion/", include("villes_internet.staff.urls")),
    path("favicon.ico", views.favicon, name="favicon"),
    path("sante/", views.health, name="health"),
    path("", include("villes_internet.pages.urls")),
]

if settings.DEMONSTRATION:
    urlpatterns += [path("demo/", include("villes_internet.demo.urls"))]
