"""Every setting, in one file; values that differ between installations come from the environment.

| variable | meaning | default |
|---|---|---|
| RAHDARI_NODE | which state's node this is | pk |
| RAHDARI_MODE | production, demo or test | production |
| RAHDARI_HOME | folder of this node's files | var/<node> |
| RAHDARI_PORT | port of the web server on this machine | 8701 |
| RAHDARI_HOSTS | names under which the node is reached, comma-separated | localhost |
| RAHDARI_ADDRESS | where people reach this node, for links in letters | from the first host and the port |
| RAHDARI_PARTNER_URL | where the other node is reached, for links | empty |
| DATABASE_URL | the database, as the application role | none |
| RAHDARI_SECRET_KEY_FILE | file with the key that signs sessions | none |
| RAHDARI_FIELD_KEYS_FILE | file with the keys of encrypted fields | none |
| RAHDARI_SMS_GATEWAY, RAHDARI_EMAIL_GATEWAY | what carries messages to people (`rahdari.base.letters`) | files in RAHDARI_HOME |
| RAHDARI_CODES_AN_HOUR | codes by SMS the node sends in an hour to phones that did not come in on the same device before | 3000 |
| RAHDARI_PAGES_BY_PERSON | pages somebody who signed in may open in a minute; 0 counts nothing | 300, in the demonstration 0 |
| RAHDARI_PAGES_BY_ADDRESS | pages all strangers of one address together may open in a minute; 0 counts nothing | 3000 |
| RAHDARI_CALLS_BY_PROGRAM | calls a program may make in a minute with the tokens of one person; 0 counts nothing | 1200 |
| RAHDARI_MAIL_HOST, RAHDARI_MAIL_PORT | mail server of `MailGateway` | localhost, 25 |
| RAHDARI_MAIL_USER, RAHDARI_MAIL_PASSWORD_FILE | how to sign in there | none |
| RAHDARI_MAIL_FROM | whom its letters come from | rahdari@localhost |
| RAHDARI_PROXIES | how many proxies of our own stand before the node | 0 |
| RAHDARI_STATIC | folder of the collected styles, scripts and pictures | build/static |
| RAHDARI_PLAIN_HTTP | 1: without TLS; a production start is refused unless every name in RAHDARI_HOSTS is this machine | empty |
| RAHDARI_DEBUG | 1: Django's own error pages; production does not start with it | empty |
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

PROJECT = Path(__file__).resolve().parent.parent.parent
NODES = ("pk", "jp")
MODES = ("production", "demo", "test")


def _from(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


RAHDARI_NODE = _from("RAHDARI_NODE", "pk")
RAHDARI_MODE = _from("RAHDARI_MODE", "production")
if RAHDARI_NODE not in NODES:
    raise ImproperlyConfigured(f"RAHDARI_NODE is {RAHDARI_NODE!r}; it must be one of {', '.join(NODES)}")
if RAHDARI_MODE not in MODES:
    raise ImproperlyConfigured(f"RAHDARI_MODE is {RAHDARI_MODE!r}; it must be one of {', '.join(MODES)}")
RAHDARI_PARTNER = "jp" if RAHDARI_NODE == "pk" else "pk"
RAHDARI_HOME = Path(_from("RAHDARI_HOME", str(PROJECT / "var" / RAHDARI_NODE)))
RAHDARI_PORT = int(_from("RAHDARI_PORT", "8701"))
RAHDARI_PARTNER_URL = _from("RAHDARI_PARTNER_URL")
RAHDARI_FIELD_KEYS_FILE = _from("RAHDARI_FIELD_KEYS_FILE", str(RAHDARI_HOME / "secrets" / "field_keys.json"))
DEMO, TEST = RAHDARI_MODE == "demo", RAHDARI_MODE == "test"

DEBUG = _from("RAHDARI_DEBUG") == "1"


def _secret_key() -> str:
    path = Path(_from("RAHDARI_SECRET_KEY_FILE", str(RAHDARI_HOME / "secrets" / "secret_key")))
    if path.is_file():
        return path.read_text().strip()
    return "unsafe-only-for-commands-without-sessions"


SECRET_KEY = _secret_key()
HOSTS = [host for host in _from("RAHDARI_HOSTS", "localhost").split(",") if host]
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
ALLOWED_HOSTS = [*HOSTS, *LOOPBACK] + (["testserver"] if TEST else [])


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    # Values travel beside the order, which the server keeps prepared: a fifth less work than quoting 13 kB tokens into its text.
    options: dict[str, object] = {"server_side_binding": True, "prepare_threshold": 5}
    options |= {name: value for name, value in query.items() if name != "host"}
    if not TEST:
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": parts.port or "",
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"TEMPLATE": None},
    }


DATABASES = {"default": _database(_from("DATABASE_URL", "postgresql:///rahdari"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Packages with pages or tables of their own; a package that is only rules needs no entry.
STOREYS = [
    "accounts",
    "organisations",
    "exchange",
    "fields",
    "jobs",
    "candidates",
    "exams",
    "placements",
    "contracts",
    "departures",
    "residence",
    "notices",
    "cooperation",
    "dashboards",
    "checks",
    "paperwork",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "csp",
    "pgtrigger",
    "rahdari.base",
    "rahdari.web",
    *(f"rahdari.domain.{storey}" for storey in STOREYS),
    "rahdari.project",
]
AUTH_USER_MODEL = "accounts.Person"

# Second factors and sessions are kept and checked by allauth; its views are not used (docs/decisions/0004-sign-in.md).
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "rahdari.domain.accounts.outside.SessionAdapter"
MFA_ADAPTER = "rahdari.domain.accounts.outside.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Rahdari"
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODE_DIGITS = 10
RAHDARI_PROXIES = int(_from("RAHDARI_PROXIES", "0"))
ALLAUTH_TRUSTED_PROXY_COUNT = RAHDARI_PROXIES

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "rahdari.web.logs.LogMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "rahdari.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "rahdari.project.doorman.DoormanMiddleware",
    "rahdari.web.reading.ReadingMiddleware",
    "rahdari.web.uploads.SizeMiddleware",
    "rahdari.web.errors.ProblemMiddleware",
]
ROOT_URLCONF = "rahdari.project.urls"
WSGI_APPLICATION = "rahdari.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "rahdari.web.frame.frame",
            ],
            "builtins": ["rahdari.web.templatetags.look"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

# Languages: every page stands under /en/, /ur/ or /ja/.
LANGUAGES = [("en", "English"), ("ur", "اردو"), ("ja", "日本語")]
LANGUAGE_CODE = "en"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [PROJECT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = Path(_from("RAHDARI_STATIC", str(PROJECT / "build" / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 60 if TEST else 31_536_000
WHITENOISE_USE_FINDERS = TEST

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "base_cache",
        # Codes that were used live here: a full table would throw them out, so it must not fill up.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = f"rahdari-{RAHDARI_NODE}"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_NAME = f"rahdari-{RAHDARI_NODE}-csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "rahdari.web.errors.csrf_failure"

PLAIN_HTTP = DEMO or TEST or _from("RAHDARI_PLAIN_HTTP") == "1"
SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_REDIRECT_EXEMPT = ["^metrics$"]  # a program at this machine asks without TLS; whoever comes from elsewhere is refused
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not PLAIN_HTTP
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "worker-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Messages to people: which gateway carries which way.
FOLDER_GATEWAY = "rahdari.base.letters.FolderGateway"
RAHDARI_GATEWAYS = {
    "sms": _from("RAHDARI_SMS_GATEWAY", FOLDER_GATEWAY),
    "email": _from("RAHDARI_EMAIL_GATEWAY", FOLDER_GATEWAY),
}
# A hall of some thousand people who open an account at once is let through; a program that rings phones is not paid for longer.
RAHDARI_CODES_AN_HOUR = int(_from("RAHDARI_CODES_AN_HOUR", "3000"))
# Five pages a second: nobody reads so. Fifty a second from one address: a thousand people of one mobile network, each at a page
# in twenty seconds. Twenty calls a second: a payroll of ten thousand within ten minutes.
RAHDARI_PAGES_BY_PERSON = int(_from("RAHDARI_PAGES_BY_PERSON", "0" if DEMO else "300"))  # an invented person is many visitors
RAHDARI_PAGES_BY_ADDRESS = int(_from("RAHDARI_PAGES_BY_ADDRESS", "3000"))
RAHDARI_CALLS_BY_PROGRAM = int(_from("RAHDARI_CALLS_BY_PROGRAM", "1200"))
# What is open whoever else floods an address: the signs of life, and the ways in, which have bounds of their own.
RAHDARI_ALWAYS_OPEN = frozenset(
    {
        "web.healthz", "web.readyz", "accounts.sign_in", "accounts.enter_second_factor", "accounts.sign_in_by_passkey",
        "accounts.ask_code", "accounts.enter_code", "accounts.open_account",
    }
)  # fmt: skip
EMAIL_HOST = _from("RAHDARI_MAIL_HOST", "localhost")
EMAIL_PORT = int(_from("RAHDARI_MAIL_PORT", "25"))
EMAIL_HOST_USER = _from("RAHDARI_MAIL_USER")
EMAIL_HOST_PASSWORD = Path(_from("RAHDARI_MAIL_PASSWORD_FILE")).read_text().strip() if _from("RAHDARI_MAIL_PASSWORD_FILE") else ""
EMAIL_USE_TLS = EMAIL_PORT != 25
DEFAULT_FROM_EMAIL = _from("RAHDARI_MAIL_FROM", "rahdari@localhost")

# Where people reach this node: for links in letters.
RAHDARI_ADDRESS = _from("RAHDARI_ADDRESS", f"http://{HOSTS[0]}:{RAHDARI_PORT}" if PLAIN_HTTP else f"https://{HOSTS[0]}")

PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    *(["django.contrib.auth.hashers.MD5PasswordHasher"] if TEST else []),
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# Where codes of refusals and reasons find their words (`rahdari.web.words`).
WORDINGS = [
    "rahdari.base.wording",
    "rahdari.web.wording",
    "rahdari.domain.accounts.wording",
    "rahdari.domain.disclosure.wording",
    "rahdari.domain.exchange.wording",
    "rahdari.domain.organisations.wording",
    "rahdari.domain.fields.wording",
    "rahdari.domain.jobs.wording",
    "rahdari.domain.candidates.wording",
    "rahdari.domain.placements.wording",
    "rahdari.domain.exams.wording",
    "rahdari.domain.contracts.wording",
    "rahdari.domain.departures.wording",
    "rahdari.domain.residence.wording",
    "rahdari.domain.notices.wording",
    "rahdari.domain.cooperation.wording",
    "rahdari.domain.dashboards.wording",
    "rahdari.domain.checks.wording",
    "rahdari.domain.paperwork.wording",
]

PANELS = "rahdari.project.panels.PANELS"
BODY_NAMES = "rahdari.domain.accounts.queries.names_of"  # how a marking names the bodies it lists
MAILROOM = "rahdari.project.mailroom.MAILROOM"
# What is told that background work waits (`rahdari.base.jobs`); tests do such work themselves.
RAHDARI_WAKE = "" if TEST else "rahdari.project.jobs.tell_workers"
LOGGING_CONFIG = "rahdari.web.logs.configure"
LOGGING = {"lines": "json"}  # Django asks the function above only when something stands here
SILENCED_SYSTEM_CHECKS: list[str] = []
NODE_NAMES = {"pk": _("Pakistan"), "jp": _("Japan")}
