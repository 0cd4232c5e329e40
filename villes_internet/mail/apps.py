from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "villes_internet.mail"
    label = "mail"
    verbose_name = "Courriers"
