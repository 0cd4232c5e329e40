from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "villes_internet.demo"
    label = "demo"
    verbose_name = "Démonstration"
