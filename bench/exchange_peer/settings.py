"""Settings of one end of django-pyas2, run in the benchmark's own environment; values come from `AS2_*`."""

import os

SECRET_KEY, DEBUG, USE_TZ, ALLOWED_HOSTS = "benchmark", False, True, ["*"]
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "pyas2",
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ["AS2_NAME"],
        "USER": os.environ["AS2_USER"],
        "PASSWORD": os.environ["AS2_PASSWORD"],
        "HOST": os.environ["AS2_SOCKET"],
        "PORT": "5432",
        "CONN_MAX_AGE": None,  # a connection is kept, as ours are
    }
}
MEDIA_ROOT = os.environ["AS2_FILES"]
PYAS2: dict[str, str] = {}  # no DATA_DIR: with Django 5 an absolute one is refused as a path that leaves MEDIA_ROOT
ROOT_URLCONF = "exchange_peer.urls"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "ERROR"}}
