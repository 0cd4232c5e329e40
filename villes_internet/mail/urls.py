"""/gestion/courriers/: the outbox, seen by the staff."""

from django.urls import path

from villes_internet.mail import views

app_name = "mail"

urlpatterns = [
    path("", views.message_list, name="list"),
    path("<int:pk>/", views.message_detail, name="detail"),
    path("<int:pk>/pieces/<int:attachment_pk>/", views.attachment, name="attachment"),
    path("<int:pk>/renvoyer/", views.resend, name="resend"),
    path("<int:pk>/considerer-envoye/", views.mark_sent, name="mark_sent"),
]
