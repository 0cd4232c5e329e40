"""The Celery application: where background work is queued and taken from."""

from celery import Celery
from django.apps import apps
from django_structlog.celery.steps import DjangoStructLogInitStep

app = Celery("villes_internet")
app.config_from_object("django.conf:settings", namespace="CELERY")
# By name, not by Celery's own guess: it needs the settings' module to be named before this import.
app.autodiscover_tasks(lambda: [config.name for config in apps.get_app_configs()])
app.steps["worker"].add(DjangoStructLogInitStep)
