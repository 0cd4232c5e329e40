from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "villes_internet.files"
    label = "files"
    verbose_name = "Fichiers"
