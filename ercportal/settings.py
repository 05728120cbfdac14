"""Every setting of the site. Values come from the environment (see .env.example); a bad one stops the start.

All of them stand here, though the file is longer than others, so that one search finds a setting.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from ercportal.caches import limit_cache
from ercportal.databases import DatabaseLimits, default_database, limit_database
from ercportal.env import DEVELOPMENT_KEY, Environment
from ercportal.serving.process_start import ensure_metrics_folder
from orders.accounts import groups
from orders.erc.paths import ALL_SCOPES, DEFAULT_PATHS, ITEMS_SCOPE, EndpointName, is_path_of
from orders.erc.query import FILTER_NAMES

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(Path(os.environ.get("ENV_FILE") or BASE_DIR / ".env"))
DEBUG = env.boolean("DEBUG", default=False)

# What a developer's portal is connected to unless it is told otherwise. Production has no such folder.
_DEMO: dict[str, Any] = {}
if DEBUG:
    if not (BASE_DIR / "ercportal" / "demo").is_dir():
        raise ImproperlyConfigured(
            "DEBUG needs the folder ercportal/demo, which the image leaves out. Set DEBUG=0."
        )
    from ercportal.demo.defaults import DEFAULTS as _DEMO

# --- The site -------------------------------------------------------------------------------------------------

SECRET_KEY = env.text("SECRET_KEY", DEVELOPMENT_KEY) if DEBUG else env.signing_key("SECRET_KEY")
_THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", [".localhost", *_THIS_MACHINE] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.names("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    # First, so that its templates stand before those of the admin.
    "orders",
    "ercportal.admin_app.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "axes",
]
if DEBUG:
    INSTALLED_APPS.append("ercportal.demo")

MIDDLEWARE = [
    "ercportal.middleware.CorrelationIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "orders.accounts.popups.PopupOpenerMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Adds a random length to each page, so that guesses cannot be told by size (BREACH); tokens are masked, too.
    # WhiteNoise stands before it, since its files are compressed already.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "ercportal.middleware.PrivateResponsesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ercportal.middleware.LanguageMiddleware",
    "ercportal.middleware.ZoneMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ercportal.middleware.DeliberateRequestMiddleware",
    "orders.accounts.idle.IdleSessionMiddleware",
    "ercportal.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

# The portal has a host of its own. A prefix of its addresses could only come from a header that anybody can write.
FORCE_SCRIPT_NAME = ""
ROOT_URLCONF = "ercportal.urls"
WSGI_APPLICATION = "ercportal.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "ercportal.templating.environment",
            "autoescape": True,
            "context_processors": ["django.template.context_processors.request"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Data -----------------------------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": limit_database(
        env.database("DATABASE_URL", default_database(BASE_DIR)),
        DatabaseLimits(
            # How long a request waits for a connection, or with SQLite for the file while another process writes.
            wait_seconds=env.number("DATABASE_WAIT_SECONDS", 3, low=2, high=60),
            # How long it waits for the answer to a statement. manage.py gives its commands an hour.
            answer_seconds=env.number("DATABASE_ANSWER_SECONDS", 5, low=1, high=3600),
            connections=env.count("DATABASE_CONNECTIONS", 16, low=1, high=1000),
        ),
    )
}
# The cache is a help, not a need: a Redis that does not answer must not hold up an agent. A look-up asks it some
# four times; the first answer that is later than this ends that for two seconds. Only time-outs tell that it is
# slow: what a thread measures is the load of its own process as well.
CACHES = {
    "default": limit_cache(
        env.cache("CACHE_URL", "locmemcache://"), env.number("CACHE_TIMEOUT_SECONDS", 0.25, low=0.05, high=5)
    )
}

# --- Sign-in --------------------------------------------------------------------------------------------------

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
CSRF_FAILURE_VIEW = "orders.accounts.expired.expired_form"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# The session is written once a minute at most, so that less than two minutes could not be measured.
SESSION_IDLE_SECONDS = env.count("SESSION_IDLE_SECONDS", 3600, low=120, high=30 * 24 * 3600)
LOCAL_SIGN_IN = env.boolean("LOCAL_SIGN_IN", default=True)
SIGN_IN_LOCK_MINUTES = env.count("SIGN_IN_LOCK_MINUTES", 15, low=1, high=24 * 60)
# How many proxies in front add to X-Forwarded-For; the entries of anybody else do not count.
PROXY_COUNT = env.count("PROXY_COUNT", 0, low=0, high=10)
# Over all names, so that nobody tries one password with each of them. A whole office may have one address.
SIGN_IN_ADDRESS_FAILURES = env.count("SIGN_IN_ADDRESS_FAILURES", 50, low=10, high=100_000)
AXES_HANDLER = "orders.accounts.attempts.AttemptsHandler"
AXES_FAILURE_LIMIT = 10
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = "orders.accounts.throttle.lock_time"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "orders.accounts.throttle.address_to_lock"
AXES_LOCKOUT_CALLABLE = "orders.accounts.throttle.show_lock"
# Only what the count needs is stored: no log of sign-ins.
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

# --- Single sign-on -------------------------------------------------------------------------------------------

OIDC_ISSUER = env.web_address("OIDC_ISSUER", allow_plain=DEBUG) if env.text("OIDC_ISSUER", "") else ""
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET", "")
OIDC_NAME = env.text("OIDC_NAME", "single sign-on")
OIDC_SCOPES = env.text("OIDC_SCOPES", "openid profile email")
OIDC_USERNAME_CLAIM = env.text("OIDC_USERNAME_CLAIM", "preferred_username")
OIDC_GROUPS_CLAIM = env.text("OIDC_GROUPS_CLAIM", "groups")
OIDC_GROUPS: dict[str, str] = env.json("OIDC_GROUPS", {})

if len({bool(OIDC_ISSUER), bool(OIDC_CLIENT_ID), bool(OIDC_CLIENT_SECRET)}) != 1:
    raise ImproperlyConfigured("Set all of OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, or none of them.")
if "openid" not in OIDC_SCOPES.split():
    raise ImproperlyConfigured("OIDC_SCOPES must be separated by blanks, with openid among them.")
if not isinstance(OIDC_GROUPS, dict) or not all(
    isinstance(group, str) and group in groups.PERMISSIONS for group in OIDC_GROUPS.values()
):
    raise ImproperlyConfigured(
        f"OIDC_GROUPS must be a JSON object of the provider's groups; each value is one of "
        f"{', '.join(groups.PERMISSIONS)}."
    )
if not LOCAL_SIGN_IN and not OIDC_ISSUER:
    raise ImproperlyConfigured("LOCAL_SIGN_IN=0 needs single sign-on: set OIDC_ISSUER and what belongs to it.")

# A backend that is not listed here also ends the sessions that it began.
AUTHENTICATION_BACKENDS = [
    "orders.accounts.throttle.ThrottleBackend",
    *(["orders.accounts.backends.LocalBackend"] if LOCAL_SIGN_IN else []),
    *(["orders.accounts.backends.SingleSignOnBackend"] if OIDC_ISSUER else []),
]

# --- Words, times and numbers ---------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
# Each by its own name, so that whoever needs it can read it.
LANGUAGES = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("fr", "Français"),
    ("pt-br", "Português (Brasil)"),
    ("ar", "العربية"),
]
LANGUAGE_COOKIE_SECURE = not DEBUG
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS = [BASE_DIR / "orders" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "UTC")

# --- Static files ---------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- Safety ---------------------------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.count("SESSION_COOKIE_AGE", 12 * 3600, low=60, high=30 * 24 * 3600)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# No form takes a file. Those that somebody sends all the same, to the sign-in for example, would fill the disk.
FILE_UPLOAD_HANDLERS: list[str] = []
# A header that a proxy in front sets on every request, such as X-Request-ID; empty where there is none.
CORRELATION_ID_HEADER = env.text("CORRELATION_ID_HEADER", "")
SECURE_SSL_REDIRECT = env.boolean("SECURE_SSL_REDIRECT", default=False)
SECURE_HSTS_SECONDS = env.count("SECURE_HSTS_SECONDS", 0 if DEBUG else 31_536_000, low=0, high=63_072_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.boolean("SECURE_HSTS_SUBDOMAINS", default=not DEBUG)
# Whether http is sent to https here or by the proxy in front is a choice; both are right.
SILENCED_SYSTEM_CHECKS = ["security.W008"]
if env.boolean("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DEFAULT_EXCEPTION_REPORTER = "ercportal.exception_reports.Report"
DEFAULT_EXCEPTION_REPORTER_FILTER = "ercportal.exception_reports.ReportFilter"

# --- The ERC API ----------------------------------------------------------------------------------------------

ERC_API_BASE_URL = env.web_address("ERC_API_BASE_URL", _DEMO.get("ERC_API_BASE_URL"), allow_plain=DEBUG)
ERC_TOKEN_URL = env.web_address(
    "ERC_TOKEN_URL", f"{ERC_API_BASE_URL}/oauth/token" if DEBUG else None, allow_plain=DEBUG
)
ERC_PATHS: dict[str, str] = env.json("ERC_PATHS", {})
ERC_ITEMS_PATH = env.text("ERC_ITEMS_PATH", "")
ERC_SCOPES = env.text("ERC_SCOPES", " ".join(ALL_SCOPES)).split()
ERC_CLIENT_ID = env.text("ERC_CLIENT_ID", _DEMO.get("ERC_CLIENT_ID"))
_IS_SANDBOX = _DEMO.get("ERC_CLIENT_ID") == ERC_CLIENT_ID
ERC_PRIVATE_KEY = env.text("ERC_PRIVATE_KEY", "")
ERC_KEY_ID = env.text("ERC_KEY_ID", "")
ERC_CLIENT_SECRET = env.text("ERC_CLIENT_SECRET", _DEMO["ERC_CLIENT_SECRET"] if _IS_SANDBOX else "")
ERC_DEADLINE_SECONDS = env.number("ERC_DEADLINE_SECONDS", 8, low=0.5, high=120)
ERC_CONNECT_TIMEOUT_SECONDS = env.number("ERC_CONNECT_TIMEOUT_SECONDS", 3, low=0.1, high=60)
ERC_MAX_BODY_BYTES = env.count("ERC_MAX_BODY_BYTES", 5_000_000, low=10_000, high=100_000_000)
ERC_BREAKER_FAILURES = env.count("ERC_BREAKER_FAILURES", 5, low=1, high=1000)
ERC_BREAKER_PROBE_SECONDS = env.number("ERC_BREAKER_PROBE_SECONDS", 2, low=0.1, high=600)
# Well before the deadline, which ends every wait, an answer is late already. 0 never counts slowness.
ERC_BREAKER_SLOW_SECONDS = env.number(
    "ERC_BREAKER_SLOW_SECONDS", round(0.6 * ERC_DEADLINE_SECONDS, 3), low=0, high=120
)
# Look-ups of a process that wait for the API at the same time; its other threads answer everything else.
# gunicorn.conf.py says how many threads there are. Django's own server has one for each request.
WEB_THREADS = env.count("WEB_THREADS", 0, low=0, high=1000)
LOOKUPS_AT_ONCE = env.count(
    "LOOKUPS_AT_ONCE", max(1, min(WEB_THREADS - 2, WEB_THREADS * 3 // 4)) if WEB_THREADS else 100, low=1, high=999
)
PAGE_CACHE = env.boolean("PAGE_CACHE", default=True)
PAGE_CACHE_FRESH_SECONDS = env.number("PAGE_CACHE_FRESH_SECONDS", 30, low=0, high=3600)
PAGE_CACHE_STALE_SECONDS = env.number("PAGE_CACHE_STALE_SECONDS", 900, low=0, high=24 * 3600)
ERC_PAGE_SIZE = env.count("ERC_PAGE_SIZE", 20, low=1, high=500)

if not DEBUG and ERC_CLIENT_ID.startswith("sandbox-"):
    raise ImproperlyConfigured(
        "ERC_CLIENT_ID is the sandbox's. The sandbox is for DEBUG only; set the client of a real account."
    )
if ERC_ITEMS_PATH and not is_path_of(EndpointName.ITEMS, ERC_ITEMS_PATH):
    raise ImproperlyConfigured("ERC_ITEMS_PATH must start with / and hold {customer_id} and {order_id} once each.")
if not isinstance(ERC_PATHS, dict) or not all(
    name in DEFAULT_PATHS and isinstance(path, str) and is_path_of(EndpointName(name), path)
    for name, path in ERC_PATHS.items()
):
    raise ImproperlyConfigured(
        f"ERC_PATHS must be a JSON object of path templates, each with the same ids in braces as its default. Its "
        f"keys are among {', '.join(DEFAULT_PATHS)}."
    )
if ERC_ITEMS_PATH and EndpointName.ITEMS in ERC_PATHS:
    raise ImproperlyConfigured("Name the items' path in ERC_PATHS or in ERC_ITEMS_PATH, not in both.")
ERC_PATHS = {
    name.value: ERC_PATHS.get(name) or (ERC_ITEMS_PATH if name is EndpointName.ITEMS else "") or path
    for name, path in DEFAULT_PATHS.items()
}
if ITEMS_SCOPE not in ERC_SCOPES:
    raise ImproperlyConfigured(f"ERC_SCOPES must be separated by blanks, with {ITEMS_SCOPE} among them.")
if 1 < WEB_THREADS <= LOOKUPS_AT_ONCE:
    raise ImproperlyConfigured("LOOKUPS_AT_ONCE must be below WEB_THREADS: other requests need threads, too.")
if bool(ERC_CLIENT_SECRET) == bool(ERC_PRIVATE_KEY):
    raise ImproperlyConfigured(
        "Set either ERC_CLIENT_SECRET (Basic) or ERC_PRIVATE_KEY (private_key_jwt), not both."
    )
if ERC_PRIVATE_KEY and not ERC_KEY_ID:
    raise ImproperlyConfigured("ERC_PRIVATE_KEY needs ERC_KEY_ID, the id under which the key is registered.")

# --- What needs attention -------------------------------------------------------------------------------------

# After how many days without news of a delivery on its way, or at the pickup point, an agent is told.
ATTENTION_SILENT_DAYS = env.count("ATTENTION_SILENT_DAYS", 4, low=1, high=365)
ATTENTION_PICKUP_DAYS = env.count("ATTENTION_PICKUP_DAYS", 5, low=1, high=365)

# --- What agents are offered ----------------------------------------------------------------------------------

# The country of phone numbers that are typed without one; empty: nothing is assumed.
PHONE_REGION = env.region("PHONE_REGION")
# How often a page asks again by itself while something is out for delivery; 0 leaves that to the agent.
QUIET_REFRESH_SECONDS = env.count("QUIET_REFRESH_SECONDS", 0, low=0, high=3600)
# The API's own filters that this account supports; they are newer than the rest of the endpoint.
ERC_FILTERS = env.names("ERC_FILTERS", list(FILTER_NAMES) if DEBUG else [])
# Texts to try in the box, each with what comes of it; none where the API is not the sandbox.
SAMPLE_SEARCHES: list[tuple[str, str]] = _DEMO["SAMPLE_SEARCHES"] if _IS_SANDBOX else []

if unknown := set(ERC_FILTERS) - set(FILTER_NAMES):
    raise ImproperlyConfigured(
        f"ERC_FILTERS names what is no filter: {', '.join(sorted(unknown))}. Known: {', '.join(FILTER_NAMES)}."
    )
if 0 < QUIET_REFRESH_SECONDS < 15:
    raise ImproperlyConfigured("QUIET_REFRESH_SECONDS must be 0 (off) or at least 15.")

# --- The embedded panel ---------------------------------------------------------------------------------------

# Who may embed the portal: a JSON list (docs/embedding.md), or the file that holds it.
EMBED_HOSTS_FILE = env.text("EMBED_HOSTS_FILE", "")
EMBED_HOSTS = env.json("EMBED_HOSTS", [] if EMBED_HOSTS_FILE else _DEMO.get("EMBED_HOSTS", []))
EMBED_AUDIENCE = env.text("EMBED_AUDIENCE", "order-items-portal" if DEBUG else "")
EMBED_TOKEN_SECONDS = env.count("EMBED_TOKEN_SECONDS", 15 * 60, low=1, high=3600)
EMBED_SESSION_SECONDS = env.count("EMBED_SESSION_SECONDS", 8 * 3600, low=60, high=8 * 3600)

if EMBED_HOSTS_FILE and EMBED_HOSTS:
    raise ImproperlyConfigured("Set either EMBED_HOSTS or EMBED_HOSTS_FILE, not both.")

# --- What is recorded -----------------------------------------------------------------------------------------

# Without a row in the access log nothing is shown, unless this is off.
ACCESS_LOG_REQUIRED = env.boolean("ACCESS_LOG_REQUIRED", default=True)
ACCESS_LOG_DAYS = env.count("ACCESS_LOG_DAYS", 90, low=1, high=3650)
# How often an agent may search by what a caller says, so that nobody reads out the customer base; 0 is no limit.
SEARCH_LIMIT = env.count("SEARCH_LIMIT", 60, low=0, high=10_000)
SEARCH_LIMIT_MINUTES = env.count("SEARCH_LIMIT_MINUTES", 10, low=1, high=24 * 60)
# Which share of the API's successful answers is recorded; failures always are.
API_EXCHANGE_SAMPLE = env.number("API_EXCHANGE_SAMPLE", 1, low=0, high=1)
API_EXCHANGE_DAYS = env.count("API_EXCHANGE_DAYS", 30, low=1, high=3650)
METRICS = env.boolean("METRICS", default=False)
ensure_metrics_folder()

# --- Logs -----------------------------------------------------------------------------------------------------

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_query_strings": {"()": "ercportal.log_format.WithoutQueryStrings"}},
    "formatters": {
        "line": {
            "()": "ercportal.log_format.LineFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "ercportal.log_format.JsonFormatter"},
    },
    "handlers": {
        "console": {
            # In production the reader of the logs may be slow or gone; a developer wants the line at once. Not as
            # "class": Python 3.12.1 takes that of a queue for one that only passes lines on to other handlers.
            "()": "logging.StreamHandler" if DEBUG else "ercportal.log_queue.PatientHandler",
            "formatter": "line" if DEBUG else "json",
            "filters": ["without_query_strings"],
        },
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # At lower levels it quotes addresses, which hold customers' ids.
        "urllib3": {"level": "ERROR"},
        # At lower levels it tells of each connection that is taken and given back.
        "psycopg": {"level": "WARNING"},
        # It tells every step of every sign-in; orders.accounts tells what matters.
        "axes": {"level": "CRITICAL"},
        # At lower levels it quotes the secrets of a sign-in that is under way.
        "authlib": {"level": "ERROR"},
    },
}

# --- What a page may load -------------------------------------------------------------------------------------

# Product pictures come from any https host. The sandbox serves its own over http, which only DEBUG allows.
_api = urlsplit(ERC_API_BASE_URL)
IMAGE_ORIGINS = [f"{_api.scheme}://{_api.netloc}"] if DEBUG and _api.scheme == "http" else []

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "https:", *IMAGE_ORIGINS],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
