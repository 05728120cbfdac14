#!/usr/bin/env python
"""Runs the site's management commands."""

from __future__ import annotations

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ercportal.settings")
    if sys.argv[1:2] != ["runserver"]:
        # An agent waits for a page; a migration of a large table may take as long as it needs.
        os.environ["DATABASE_ANSWER_SECONDS"] = "3600"
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # It names the setting and says what to do; a trace would only bury that.
        sys.exit(f"The settings cannot be used: {error}")
