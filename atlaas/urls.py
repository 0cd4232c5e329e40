"""The public site: home, territories, practice sheets."""

from django.urls import path

from atlaas.views import contact, feed, home, pictures, sheets, territories

app_name = "atlaas"

urlpatterns = [
    path("", home.home, name="home"),
    path("territoires/", territories.search, name="territories"),
    path("apercu.png", pictures.site, name="picture"),
    path("territoires/<slug:code>/", territories.territory, name="territory"),
    path("territoires/<slug:code>/<slug:slug>/", territories.territory, name="territory_named"),
    path("territoires/<slug:code>/apercu.png", pictures.territory, name="territory_picture"),
    path("atlaas/", sheets.search, name="sheets"),
    path("atlaas/flux.atom", feed.latest_sheets, name="feed"),
    path("atlaas/<int:pk>/", sheets.sheet, name="sheet_short"),
    path("atlaas/<int:pk>/apercu.png", pictures.sheet, name="sheet_picture"),
    path(
        "atlaas/<int:pk>/images/<int:illustration_pk>/<slug:size>/",
        pictures.illustration,
        name="illustration",
    ),
    path("atlaas/<int:pk>/contact/", contact.contact, name="contact"),
    path("atlaas/<int:pk>-<slug:slug>/", sheets.sheet, name="sheet"),
]
