from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "villes_internet.territories"
    label = "territories"
    verbose_name = "Collectivités"
