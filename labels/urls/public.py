"""/palmares/: the results, edition by edition."""

from django.urls import path

from labels.views import palmares

app_name = "labels"

urlpatterns = [
    path("", palmares.latest, name="palmares_latest"),
    path("<int:year>/", palmares.palmares, name="palmares"),
    path("<int:year>/apercu.png", palmares.picture, name="palmares_picture"),
]
