"""The settings of the sign-in: throttle, idle sessions and single sign-on; part of ercportal.settings."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from ercportal.base_settings import DEBUG, env
from orders.accounts import groups

# --- Sessions -------------------------------------------------------------------------------------------------

# The session is written once a minute at most, so that less than two minutes could not be measured.
SESSION_IDLE_SECONDS = env.count("SESSION_IDLE_SECONDS", 3600, low=120, high=30 * 24 * 3600)

# --- User name and password -----------------------------------------------------------------------------------

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
# Only what the count needs is stored; there is no log of sign-ins.
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
