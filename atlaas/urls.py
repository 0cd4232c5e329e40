"""The public site: home, territories, practice sheets."""

from django.urls import path

from atlaas.views import home, sheets, territories

app_name = "atlaas"

urlpatterns = [
    path("", home.home, name="home"),
    path("territoires/", territories.search, name="territories"),
    path("territoires/<slug:code>/", territories.territory, name="territory"),
    path("territoires/<slug:code>/<slug:slug>/", territories.territory, name="territory_named"),
    path("atlaas/", sheets.search, name="sheets"),
    path("atlaas/<int:pk>/", sheets.sheet, name="sheet_short"),
    path("atlaas/<int:pk>-<slug:slug>/", sheets.sheet, name="sheet"),
]
