"""/gestion/editions/<year>/jury/: composing the jury."""

from django.urls import path

from jury.views import composition, criteria, declaration, distribution, recusals

app_name = "jury_staff"

urlpatterns = [
    path("", composition.jury, name="jury"),
    path("criteres/", criteria.criteria, name="criteria"),
    path("seuils/", criteria.thresholds, name="thresholds"),
    path("membres/", composition.add_juror, name="add_juror"),
    path("membres/<int:pk>/presidence/", composition.hand_chair, name="hand_chair"),
    path("lectures/", composition.assign, name="assign"),
    path("lectures/retirer/", composition.unassign, name="unassign"),
    path("declaration/", declaration.change_declaration, name="change_declaration"),
    path("membres/<int:pk>/", recusals.juror, name="juror"),
    path(
        "membres/<int:pk>/liens/<int:affiliation_pk>/retirer/",
        recusals.remove_affiliation,
        name="remove_affiliation",
    ),
    path("repartition/", distribution.distribution, name="distribution"),
    path("repartition/membres/<int:pk>/", distribution.change_load, name="change_load"),
    path("repartition/membres/<int:pk>/reprendre/", distribution.release, name="release"),
    path("repartition/proposition/", distribution.proposal, name="proposal"),
    path("repartition/tableau/", distribution.entrust, name="entrust"),
    path("repartition/confirmer/", distribution.distribute, name="distribute"),
    path("deports/", composition.recuse, name="recuse"),
    path("deports/regle/", recusals.recusal_rules, name="recusal_rules"),
    path("deports/<int:pk>/lever/", recusals.lift, name="lift_recusal"),
]
