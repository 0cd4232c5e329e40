"""The test command: development on a throw-away PostgreSQL, nothing slow, nothing outside."""

import os
import tempfile
from pathlib import Path

from villes_internet.launch import postgres

os.environ.setdefault("DATABASE_URL", postgres.database_url("postgres-test"))

from villes_internet.settings.development import *  # noqa: F403
from villes_internet.settings.development import MIDDLEWARE

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "pictures")
}
MEDIA_ROOT = Path(tempfile.gettempdir()) / f"villes-internet-tests-{os.getuid()}"
SITE_URL = "http://testserver"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Nothing is collected: WhiteNoise finds the files where they are.
STATIC_ROOT = None  # type: ignore[assignment]
WHITENOISE_AUTOREFRESH = False
# Outermost, so that it watches whatever a GET does below.
MIDDLEWARE = ["tests.read_only.ReadOnlyGetMiddleware", *MIDDLEWARE]
