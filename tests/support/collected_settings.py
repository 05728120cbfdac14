"""The production settings, with the collected files in a folder of the test's own."""

from __future__ import annotations

import os
from pathlib import Path

from ercportal.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["COLLECTED"])
