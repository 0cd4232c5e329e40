"""Steps that span apps: each app offers a module of one agreed name, the ground finds them."""

from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def offered(name: str) -> list[ModuleType]:
    """The modules called `name` of the installed apps, lowest app first."""
    return [
        import_module(f"{config.name}.{name}")
        for config in apps.get_app_configs()
        if config.module and module_has_submodule(config.module, name)
    ]
