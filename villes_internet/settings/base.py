"""Production. It refuses to start without its secrets and names the first one missing.

Development and tests import this module and only loosen it.
"""

from pathlib import Path

import environ
import structlog
from celery.schedules import crontab
from csp.constants import NONE, SELF

env = environ.Env()

PROJECT = Path(__file__).resolve().parents[2]
VAR = Path(env.str("VAR", default=str(PROJECT / "var")))

# --- Identity and secrets ---------------------------------------------------

SECRET_KEY = env.str("SECRET_KEY")
SITE_URL = env.str("SITE_URL").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
DEMONSTRATION = False
MAINTENANCE = env.bool("MAINTENANCE", default=False)

# --- Who publishes the site: its legal pages say them, and say which are missing ---------------

IDENTITY = {
    variable: env.str(variable, default="")
    for variable in (
        "PUBLISHER_NAME",
        "PUBLISHER_LEGAL_FORM",
        "PUBLISHER_ADDRESS",
        "PUBLISHER_EMAIL",
        "PUBLISHER_PHONE",
        "PUBLICATION_DIRECTOR",
        "HOST_NAME",
        "HOST_ADDRESS",
        "HOST_PHONE",
        "DPO_CONTACT",
        "SECURITY_CONTACT",
    )
}

# --- Engine -----------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    REDIS_CACHE = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
    }
    CACHES = {"default": REDIS_CACHE, "pictures": REDIS_CACHE | {"KEY_PREFIX": "pictures"}}
else:
    DATABASE_CACHE = {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
    # Pictures have a table of their own: however many are asked for, no count of attempts is lost.
    PICTURES = {"LOCATION": "cache_pictures", "OPTIONS": {"MAX_ENTRIES": 2000}}
    CACHES = {"default": DATABASE_CACHE, "pictures": DATABASE_CACHE | PICTURES}

# --- Applications, lowest first: the order of the stack ---------------------

INSTALLED_APPS = [
    "villes_internet.users",
    "villes_internet.territories",
    "villes_internet.mail",
    "villes_internet.files",
    "villes_internet.staff",
    "villes_internet.pages",
    "labels",
    "atlaas",
    "candidatures",
    "jury",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "template_partials",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "villes_internet.compression.TextCompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "villes_internet.maintenance.MaintenanceMiddleware",
    "villes_internet.privacy.PersonalPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "villes_internet.users.middleware.SignInMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "villes_internet.refusals.RefusalMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "villes_internet.methods.MethodMiddleware",
]

ROOT_URLCONF = "villes_internet.urls"
WSGI_APPLICATION = "villes_internet.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["villes_internet.french", "villes_internet.outside"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "villes_internet.context.site",
            ],
        },
    }
]
FORM_RENDERER = "villes_internet.fields.Renderer"

# --- People -----------------------------------------------------------------

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "/candidatures/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "villes_internet.users.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "villes_internet.users.forms.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True  # whoever takes an account over cannot do so in silence
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_FORMS = {
    "request_login_code": "villes_internet.users.code_forms.RequestLoginCodeForm",
    "confirm_login_code": "villes_internet.users.code_forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": (
        "villes_internet.users.code_forms.ConfirmEmailVerificationCodeForm"
    ),
    "signup": "villes_internet.users.code_forms.SignupForm",
    "add_email": "villes_internet.users.code_forms.AddEmailForm",
    "change_email": "villes_internet.users.code_forms.ChangeEmailForm",
}
MFA_ADAPTER = "villes_internet.users.adapter.MFAAdapter"
MFA_FORMS = {"activate_totp": "villes_internet.users.code_forms.ActivateTOTPForm"}
ACCOUNT_RATE_LIMITS = {"contact": "10/h/ip"}  # added to allauth's own
ALLAUTH_TRUSTED_PROXY_COUNT = 1  # else the whole country shares the limits of the proxy's address
ACCOUNT_SESSION_REMEMBER = True
SESSION_COOKIE_AGE = 14 * 24 * 3600

# --- Mail: written to the outbox, sent by a worker ---------------------------

EMAIL_CONFIG = env.email_url("EMAIL_URL")
vars().update(EMAIL_CONFIG)
if EMAIL_CONFIG["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    EMAIL_BACKEND = "villes_internet.mail.smtp.EmailBackend"  # says at which step SMTP failed
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_UNCERTAIN_AFTER = env.int("MAIL_UNCERTAIN_AFTER", default=60)  # seconds without a sender
MAIL_RETRY_AFTER = env.int(
    "MAIL_RETRY_AFTER", default=120
)  # seconds in the queue before it is queued anew
MAIL_TRANSIENT_LIFETIME = ACCOUNT_LOGIN_BY_CODE_TIMEOUT  # seconds; a code is worth nothing later

# --- Background work --------------------------------------------------------


def pgmq_conn_string() -> str:
    """The libpq form of the default database, the only one that the pgmq transport takes."""
    database = DATABASES["default"]
    parts = {
        "host": database.get("HOST") or database.get("OPTIONS", {}).get("host", ""),
        "port": database.get("PORT", ""),
        "dbname": database["NAME"],
        "user": database.get("USER", ""),
        "password": database.get("PASSWORD") or "none",
    }
    return " ".join(f"{key}='{value}'" for key, value in parts.items() if value)


CELERY_VISIBILITY_TIMEOUT = env.int("CELERY_VISIBILITY_TIMEOUT", default=600)  # seconds
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": CELERY_VISIBILITY_TIMEOUT,
        # Otherwise the task of a killed worker waits up to 100 seconds more.
        "unacked_restore_interval": max(1, min(10, CELERY_VISIBILITY_TIMEOUT // 2)),
        "unacked_restore_throttle": 1,
    }
else:
    CELERY_BROKER_URL = "pgmq://localhost"  # the conn_string below says where; kombu wants a name
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "conn_string": pgmq_conn_string(),
        "init_extension": False,
        "use_notify": True,
        "wait_time_seconds": 0,
        # A busy worker looks again after this long: one second would mean one task a second each.
        "polling_interval": 0.1,
        "visibility_timeout": CELERY_VISIBILITY_TIMEOUT,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "Europe/Paris"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "sweep-outbox": {"task": "mail.sweep_outbox", "schedule": 30.0},
    "catch-up-receipts": {"task": "candidatures.catch_up_receipts", "schedule": 60.0},
    "catch-up-letters": {"task": "candidatures.catch_up_letters", "schedule": 60.0},
    "catch-up-exports": {"task": "candidatures.catch_up_exports", "schedule": 60.0},
    "catch-up-mailings": {"task": "candidatures.catch_up_mailings", "schedule": 60.0},
    "remove-exports": {
        "task": "candidatures.remove_exports",
        "schedule": crontab(hour=4, minute=20),
    },
    "remind": {"task": "candidatures.remind", "schedule": crontab(minute=5)},
    "clear-sessions": {"task": "users.clear_sessions", "schedule": crontab(hour=4, minute=10)},
}

# --- Language and time ------------------------------------------------------

LANGUAGE_CODE = "fr"
USE_I18N = True
TIME_ZONE = "Europe/Paris"
USE_TZ = True

# --- Files ------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [PROJECT / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "villes_internet.fonts.WebFontFinder",
]
MEDIA_ROOT = Path(
    env.str("MEDIA_ROOT", default=str(VAR / "media"))
)  # private: no address serves it
STORAGES = {
    "default": {"BACKEND": "villes_internet.files.storage.AtomicFileSystemStorage"},
    "staticfiles": {"BACKEND": "villes_internet.static_files.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
CLAMD_URL = env.str("CLAMD_URL", default="")  # tcp://host:3310, or unix:///path
CLAMD_TIMEOUT = env.int("CLAMD_TIMEOUT", default=15)  # seconds
UPLOAD_SCANNER = env.str(
    "UPLOAD_SCANNER", default=f"villes_internet.files.scanner.{'clamd' if CLAMD_URL else 'nothing'}"
)

# --- Security ---------------------------------------------------------------

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^sante/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "villes_internet.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- Logs: one JSON object a line -------------------------------------------

LOG_CHAIN: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *LOG_CHAIN,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
            "foreign_pre_chain": LOG_CHAIN,
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "django.server": {"handlers": ["console"], "propagate": False},
    },
}
DJANGO_STRUCTLOG_CELERY_ENABLED = True
