"""Production's settings for a browser on this machine: plain HTTP.

The static files are served from STATIC_ROOT, gathered and compressed as production's are; without
it, from where they are.
"""

import os
from pathlib import Path

from villes_internet.settings.base import *  # noqa: F403
from villes_internet.settings.base import STORAGES

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False

if "STATIC_ROOT" in os.environ:
    STATIC_ROOT = Path(os.environ["STATIC_ROOT"])
else:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    STATIC_ROOT = None  # type: ignore[assignment]
    WHITENOISE_USE_FINDERS = True
