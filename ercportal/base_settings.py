"""What all settings are read from: the environment, with a `.env` file below it."""

from __future__ import annotations

import os
from pathlib import Path

from ercportal.env import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(Path(os.environ.get("ENV_FILE") or BASE_DIR / ".env"))
DEBUG = env.boolean("DEBUG", default=False)
