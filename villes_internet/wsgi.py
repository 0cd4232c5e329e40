"""The entry of web processes: `gunicorn villes_internet.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "villes_internet.settings.base")

application = get_wsgi_application()
