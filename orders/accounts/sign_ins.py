"""Looks a sign-in up by its session's key, for the embedded panel, which has no cookie."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, load_backend
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.utils.crypto import constant_time_compare

from orders.accounts.idle import is_over, note_use


def find_signed_in(session_key: str, *, is_quiet: bool) -> User | None:
    """Give the user whose sign-in a session holds; None where it has ended, by the rules of the portal's pages.

    Unless the request `is_quiet`, it counts as use of the sign-in. Raises the errors of `django.db`.
    """
    session: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = _user(session)
    if user is None or is_over(session):
        return None
    if not is_quiet:
        note_use(session)
    if session.modified:
        try:
            session.save()
        except UpdateError:
            # It has been ended since it was read.
            return None
    return user


def _user(session: SessionBase) -> User | None:
    """Give the session's user as Django does, but change nothing: another key would sign the browser out."""
    backend = session.get(BACKEND_SESSION_KEY)
    if SESSION_KEY not in session or backend not in settings.AUTHENTICATION_BACKENDS:
        return None
    user: User | None = load_backend(backend).get_user(User._meta.pk.to_python(session[SESSION_KEY]))
    found = session.get(HASH_SESSION_KEY, "")
    if user is None or not found:
        return None
    hashes = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return user if any(constant_time_compare(found, one) for one in hashes) else None
