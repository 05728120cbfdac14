"""The production settings, with static files from their sources: a server in a test need not collect them."""

from __future__ import annotations

from ercportal.settings import *  # noqa: F403

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = True
