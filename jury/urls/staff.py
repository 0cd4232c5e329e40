"""/gestion/editions/<year>/jury/: composing the jury."""

from django.urls import path

from jury.views import composition, criteria

app_name = "jury_staff"

urlpatterns = [
    path("", composition.jury, name="jury"),
    path("criteres/", criteria.criteria, name="criteria"),
    path("membres/", composition.add_juror, name="add_juror"),
    path("membres/<int:pk>/presidence/", composition.hand_chair, name="hand_chair"),
    path("lectures/", composition.assign, name="assign"),
    path("lectures/retirer/", composition.unassign, name="unassign"),
    path("deports/", composition.recuse, name="recuse"),
]
