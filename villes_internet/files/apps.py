from django.apps import AppConfig
from django.core.checks import register

from villes_internet.files.checks import uploads_are_scanned


class FilesConfig(AppConfig):
    name = "villes_internet.files"
    label = "files"
    verbose_name = "Fichiers"

    def ready(self) -> None:
        register(uploads_are_scanned, deploy=True)
