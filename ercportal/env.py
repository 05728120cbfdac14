"""Reads settings from the environment by django-environ, and says plainly which one is wrong.

An empty variable counts as not set. Error messages never quote a value, which may be a secret.
"""

from __future__ import annotations

import json
import re
import warnings
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
import phonenumbers
from django.core.checks.security.base import (
    SECRET_KEY_INSECURE_PREFIX,
    SECRET_KEY_MIN_LENGTH,
    SECRET_KEY_MIN_UNIQUE_CHARACTERS,
)
from django.core.exceptions import ImproperlyConfigured

DEVELOPMENT_KEY = "only-for-development-" + "x" * 50
"""The key on a developer's machine without another one."""

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
_ODD = re.compile(r"[\s?#\\]")


class Environment:
    """Typed access to the environment variables, which override those of a `.env` file."""

    def __init__(self, env_file: Path) -> None:
        self._env = environ.Env()
        if env_file.is_file():
            self._env.read_env(str(env_file))

    def text(self, name: str, default: str | None = None) -> str:
        """A string, verbatim: django-environ would expand a leading `$`, which secrets may have."""
        value = str(self._env.ENVIRON.get(name, "")).strip()
        if value:
            return value
        if default is None:
            raise ImproperlyConfigured(f"Set the environment variable {name}; .env.example explains it.")
        return default

    def signing_key(self, name: str) -> str:
        """A strong key by Django's own check, which only warns."""
        value = self.text(name)
        if (
            len(value) < SECRET_KEY_MIN_LENGTH
            or len(set(value)) < SECRET_KEY_MIN_UNIQUE_CHARACTERS
            or value.startswith(SECRET_KEY_INSECURE_PREFIX)
            or value == DEVELOPMENT_KEY
        ):
            raise ImproperlyConfigured(
                f"{name} is too easy to guess: it must be random, {SECRET_KEY_MIN_LENGTH} characters or longer. "
                'Make one with: python -c "import secrets; print(secrets.token_urlsafe(50))"'
            )
        return value

    def boolean(self, name: str, *, default: bool) -> bool:
        """One of 1/0, true/false, yes/no, on/off."""
        value = self.text(name, "").lower()
        if value and value not in _TRUE | _FALSE:
            raise ImproperlyConfigured(f"{name} must be one of 1, 0, true, false, yes, no, on, off.")
        return value in _TRUE if value else default

    def number(self, name: str, default: float, *, low: float, high: float) -> float:
        """A number between `low` and `high`, both included."""
        value = self.text(name, str(default))
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if not low <= number <= high:
            raise ImproperlyConfigured(f"{name} must be a number from {low:g} to {high:g}.")
        return number

    def count(self, name: str, default: int, *, low: int, high: int) -> int:
        """A whole number between `low` and `high`, both included."""
        number = self.number(name, default, low=low, high=high)
        if number != int(number):
            raise ImproperlyConfigured(f"{name} must be a whole number.")
        return int(number)

    def names(self, name: str, default: list[str]) -> list[str]:
        """A comma-separated list."""
        value = self.text(name, "")
        return [part.strip() for part in value.split(",") if part.strip()] if value else default

    def region(self, name: str) -> str:
        """A country by its two letters, if phone numbers of it can be read; empty by default."""
        value = self.text(name, "").upper()
        if value and value not in phonenumbers.SUPPORTED_REGIONS:
            raise ImproperlyConfigured(f"{name} must be the two letters of a country, such as US, DE or BR.")
        return value

    def json(self, name: str, default: Any) -> Any:
        """A JSON document."""
        value = self.text(name, "")
        try:
            return json.loads(value) if value else default
        except (ValueError, RecursionError):
            raise ImproperlyConfigured(f"{name} must be JSON.") from None

    def web_address(self, name: str, default: str | None = None, *, allow_plain: bool) -> str:
        """An http(s) address. Because tokens travel there, http needs `allow_plain`, except for this machine."""
        value = self.text(name, default).rstrip("/")
        try:
            parts = urlsplit(value)
            host = parts.hostname
            _ = parts.port
        except ValueError:
            host = None
        if not host or parts.scheme not in ("http", "https") or _ODD.search(value) or "@" in parts.netloc:
            raise ImproperlyConfigured(
                f"{name} must be an http(s) address such as https://host/path, without query."
            )
        if parts.scheme == "http" and not allow_plain and not _is_this_machine(host):
            raise ImproperlyConfigured(f"{name} must start with https:// because credentials are sent there.")
        return value

    def database(self, name: str, default: str | None = None) -> dict[str, Any]:
        """A database from its URL, such as postgres://user:password@host/name."""
        self._or_default(name, default)
        try:
            # django-environ only warns of odd URLs, and quotes their password.
            with warnings.catch_warnings():
                warnings.simplefilter("error", UserWarning)
                config: dict[str, Any] = self._env.db_url(name)
        except (ValueError, KeyError, UserWarning):
            config = {}
        if config.get("ENGINE") not in self._env.DB_SCHEMES.values():
            raise ImproperlyConfigured(f"{name} must be a database URL such as postgres://… or sqlite:///….")
        return config

    def cache(self, name: str, default: str) -> dict[str, Any]:
        """A cache from its URL, such as rediss://user:password@host:6379/0."""
        self._or_default(name, default)
        try:
            config: dict[str, Any] = self._env.cache_url(name, default=default)
        except (ValueError, KeyError, ImproperlyConfigured):
            raise ImproperlyConfigured(
                f"{name} must be a cache URL such as redis://… or locmemcache://."
            ) from None
        return config

    def _or_default(self, name: str, default: str | None) -> None:
        self._env.ENVIRON[name] = self.text(name, default)


def _is_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
