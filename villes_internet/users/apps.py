from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "villes_internet.users"
    label = "users"
    verbose_name = "Personnes"
