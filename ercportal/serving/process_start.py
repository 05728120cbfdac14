"""Fixes at the server's start what its processes need besides their code.

A process that replaces a lost one may start weeks after the server. A `.env` file that is being edited just then,
or has an unnoticed mistake, must not keep it from starting.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import ClassVar

import environ

logger = logging.getLogger(__name__)

_BESIDE_THE_CODE = Path(__file__).resolve().parents[2] / ".env"


class _Content(environ.Env):  # type: ignore[misc] # environ has no types
    """Reads a file into itself instead of into the environment."""

    ENVIRON: ClassVar[dict[str, str]] = {}


def settings_at_start() -> list[str]:
    """Give the file's variables that the environment lacks, as NAME=value, so that no process reads it again."""
    file = Path(os.environ.get("ENV_FILE") or _BESIDE_THE_CODE)
    if not file.is_file():
        return []
    _Content.ENVIRON.clear()
    _Content.read_env(str(file))
    added = {name: value for name, value in _Content.ENVIRON.items() if name not in os.environ}
    return [f"{name}={value}" for name, value in {**added, "ENV_FILE": os.devnull}.items()]


def ensure_metrics_folder() -> None:
    """Create a removed folder of PROMETHEUS_MULTIPROC_DIR again, because requests would fail without it.

    Where it cannot be created, the process counts for itself alone.
    """
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if not folder:
        return
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError:
        logger.exception("PROMETHEUS_MULTIPROC_DIR cannot be made; this process counts for itself")
        del os.environ["PROMETHEUS_MULTIPROC_DIR"]
