"""/jury/: the workspace of jurors and of their chair."""

from django.urls import path

from jury.views import declaration, deliberation, reading, recusals

app_name = "jury"

urlpatterns = [
    path("", reading.index, name="index"),
    path("<int:year>/", reading.dashboard, name="dashboard"),
    path("<int:year>/dossiers/<int:pk>/", reading.review, name="review"),
    path(
        "<int:year>/dossiers/<int:pk>/images/<int:illustration_pk>/<slug:size>/",
        reading.illustration,
        name="illustration",
    ),
    path(
        "<int:year>/dossiers/<int:pk>/pieces/<int:attachment_pk>/",
        reading.attachment,
        name="attachment",
    ),
    path("<int:year>/declaration/", declaration.declaration, name="declaration"),
    path("<int:year>/liens/", recusals.affiliations, name="affiliations"),
    path("<int:year>/dossiers/<int:pk>/deport/", recusals.declare, name="declare_recusal"),
    path("<int:year>/deliberation/", deliberation.deliberation, name="deliberation"),
    path("<int:year>/deliberation/<int:pk>/", deliberation.decide, name="decide"),
    path("<int:year>/proclamation/", deliberation.proclaim, name="proclaim"),
]
