#!/usr/bin/env python
"""Runs the site's management commands."""

from __future__ import annotations

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ercportal.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # It names the setting and says what to do; a trace would only bury that.
        sys.exit(f"The settings cannot be used: {error}")
