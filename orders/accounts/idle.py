"""Ends a sign-in after a time without use, and after its longest life."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from orders.core.request import is_quiet

_BEGAN = "sign_in_began"
_SEEN = "sign_in_seen"
_WRITE_SECONDS = 60
# The clocks of several machines differ a little.
_CLOCK_SKEW_SECONDS = 60


@receiver(user_logged_in)
def begin(request: HttpRequest, **_: Any) -> None:
    """Store the start of the sign-in."""
    request.session[_BEGAN] = request.session[_SEEN] = int(time.time())


class IdleSessionMiddleware(MiddlewareMixin):
    """Signs out a user who was away too long, before the sign-in wall checks the user."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        _view_args: tuple[Any, ...],
        _view_kwargs: dict[str, Any],
    ) -> None:
        """End the session or store its use; views without sign-in do not read it."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not getattr(view_func, "login_required", True):
            return
        session = request.session
        if SESSION_KEY not in session:
            return
        if is_over(session):
            logout(request)
        elif not is_quiet(request):
            note_use(session)


def is_over(session: SessionBase) -> bool:
    """Whether a sign-in was not used for too long, or has reached its longest life."""
    now = int(time.time())
    # Each write prolongs the session itself, so its longest life is measured here.
    return not (
        _is_within(settings.SESSION_IDLE_SECONDS, now - session.get(_SEEN, 0))
        and _is_within(settings.SESSION_COOKIE_AGE, now - session.get(_BEGAN, 0))
    )


def note_use(session: SessionBase) -> None:
    """Note in a session that its sign-in is used, once a minute at most."""
    now = int(time.time())
    if now - session.get(_SEEN, 0) >= _WRITE_SECONDS:
        session[_SEEN] = now


def _is_within(longest: int, age: int) -> bool:
    """Whether a mark of this age still counts; not from the future, where it would count for too long."""
    return -_CLOCK_SKEW_SECONDS <= age <= longest
