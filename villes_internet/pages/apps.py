from django.apps import AppConfig
from django.core.checks import register

from villes_internet.pages.checks import identity_is_complete


class PagesConfig(AppConfig):
    name = "villes_internet.pages"
    label = "pages"
    verbose_name = "Pages de service"

    def ready(self) -> None:
        register(identity_is_complete, deploy=True)
