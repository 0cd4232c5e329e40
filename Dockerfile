FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 10001 villes

WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --no-deps --require-hashes --requirement requirements.txt

COPY . ./
ENV DJANGO_SETTINGS_MODULE=villes_internet.settings.base PYTHONUNBUFFERED=1
# The settings refuse to load without secrets; gathering the static files uses none of them.
RUN SECRET_KEY=build SITE_URL=https://build ALLOWED_HOSTS=build EMAIL_URL=dummymail:// \
    DATABASE_URL=postgresql://build DEFAULT_FROM_EMAIL=build@build \
    python manage.py collectstatic --no-input \
    && install --directory --owner villes var/media

USER villes
EXPOSE 8000
CMD ["gunicorn", "villes_internet.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", \
     "--worker-class", "gthread", "--threads", "4", "--worker-tmp-dir", "/dev/shm", \
     "--no-control-socket"]
