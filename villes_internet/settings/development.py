"""A developer's machine: production with a private PostgreSQL, plain HTTP, a demonstration."""

import os

from villes_internet.launch import postgres

PORT = os.environ.get("PORT", "8000")
os.environ.setdefault("SECRET_KEY", "development-only-and-never-secret-enough-for-anything-else")
os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{PORT}")
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
os.environ.setdefault("DATABASE_URL", postgres.database_url("postgres"))
os.environ.setdefault("EMAIL_URL", "consolemail://")
os.environ.setdefault("DEFAULT_FROM_EMAIL", "Villes Internet <label@villes-internet.example>")

from villes_internet.settings.base import *  # noqa: E402, F403
from villes_internet.settings.base import INSTALLED_APPS, STORAGES  # noqa: E402

DEMONSTRATION = True
INSTALLED_APPS += ["villes_internet.demo"]
EMAIL_BACKEND = "villes_internet.demo.mailbox.MailboxBackend"

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
CSRF_TRUSTED_ORIGINS = []
ALLAUTH_TRUSTED_PROXY_COUNT = 0
