"""Ends a sign-in that was not used for a while, or that has lasted for its whole time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from orders.core.request import is_quiet

_BEGAN = "sign_in_began"
_SEEN = "sign_in_seen"
_WRITE_SECONDS = 60
# The clocks of several machines differ a little.
_CLOCK_SKEW_SECONDS = 60


@receiver(user_logged_in)
def begin(request: HttpRequest, **_: Any) -> None:
    """Note when the sign-in began."""
    request.session[_BEGAN] = request.session[_SEEN] = int(time.time())


class IdleSessionMiddleware:
    """Signs out whoever was away too long, before the sign-in wall asks who is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The work is done once the view is known."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        _view_args: tuple[Any, ...],
        _view_kwargs: dict[str, Any],
    ) -> None:
        """End the session or note that it is in use; views that need no sign-in leave it unread."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not getattr(view_func, "login_required", True):
            return
        session = request.session
        if SESSION_KEY not in session:
            return
        now = int(time.time())
        seen = session.get(_SEEN, 0)
        # Each write to the session would make it last anew, so that its whole time is measured here.
        if not (
            _is_within(settings.SESSION_IDLE_SECONDS, now - seen)
            and _is_within(settings.SESSION_COOKIE_AGE, now - session.get(_BEGAN, 0))
        ):
            logout(request)
        elif now - seen >= _WRITE_SECONDS and not is_quiet(request):
            session[_SEEN] = now


def _is_within(longest: int, age: int) -> bool:
    """Whether a mark of this age still counts; one from a clock that was ahead would count for too long."""
    return -_CLOCK_SKEW_SECONDS <= age <= longest
