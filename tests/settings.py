"""The site's settings as tests use them: a development start that no `.env` of the machine reaches."""

from __future__ import annotations

import os

# tests/ercportal/postgresql/test_database.py has some of the tests run on a PostgreSQL of its own.
_DATABASE = os.environ.get("TEST_DATABASE_URL", "sqlite://:memory:")
os.environ.update(ENV_FILE=os.devnull, DEBUG="1", DATABASE_URL=_DATABASE, CACHE_URL="locmemcache://")
for name in [name for name in os.environ if name.startswith(("ERC_", "OIDC_"))]:
    del os.environ[name]

from ercportal.settings import *  # noqa: E402, F403 - the environment has to be ready first

# Each test client loads the middleware; WhiteNoise would read all static files every time, which takes 10 ms.
WHITENOISE_AUTOREFRESH = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"] == "ercportal.sqlite3":  # noqa: F405 - from the settings
    # pytest-django knows only Django's own engine for one whose database needs no file for each process.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405
