from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "villes_internet.staff"
    label = "staff"
    verbose_name = "Gestion"
