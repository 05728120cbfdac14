"""Makes an agent's account and prints the key of a session that is signed in: `python -m … account`."""

from __future__ import annotations

import django
from django.http import HttpRequest


def main() -> None:
    """Sign in without a browser, for the load's cookie."""
    django.setup()
    from django.conf import settings
    from django.contrib.auth import login
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore

    user = User.objects.create_user("bench-agent")
    request = HttpRequest()
    request.session = SessionStore()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    request.session.save()
    print(request.session.session_key)


if __name__ == "__main__":
    main()
