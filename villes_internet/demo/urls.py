"""Addresses of the demonstration, mounted only when the settings say that this is one."""

from django.urls import path

from villes_internet.demo import views

app_name = "demo"

urlpatterns = [
    path("courrier/", views.mailbox, name="mailbox"),
    path("courrier/<int:pk>/", views.message, name="message"),
    path("courrier/<int:pk>/mis-en-forme/", views.message_html, name="message_html"),
    path("courrier/<int:pk>/pieces/<int:number>/", views.attachment, name="attachment"),
]
