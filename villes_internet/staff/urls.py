"""/gestion/: the association's workspace; each app mounts its own screens in it by name."""

from django.urls import URLPattern, URLResolver, include, path

from villes_internet.staff import gallery, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="staff_home"),
    path("composants/", gallery.gallery, name="gallery"),
    path("composants/themes.css", gallery.themes, name="gallery_themes"),
    path("rattachements/", include("villes_internet.territories.urls.staff")),
    path("courriers/", include("villes_internet.mail.urls")),
    path("editions/", include("labels.urls.staff")),
    path("editions/<int:year>/candidatures/", include("candidatures.urls.staff")),
    path("editions/<int:year>/questionnaire/", include("candidatures.urls.questionnaire")),
    path("editions/<int:year>/depot/", include("candidatures.urls.depositing")),
    path("editions/<int:year>/jury/", include("jury.urls.staff")),
]
