"""The production settings, with the collected files in a folder of the test's own."""

from __future__ import annotations

import os

from ercportal.settings import *  # noqa: F403

STATIC_ROOT = os.environ["COLLECTED"]
