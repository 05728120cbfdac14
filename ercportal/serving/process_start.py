"""What a process of the server needs besides its code as it starts, and may by then find changed.

A process that replaces a lost one may start weeks after the server, and reads the settings anew. A file that is
being edited just then, or has a mistake that nobody has noticed, must not keep it from starting.
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
    """The file's variables that the environment lacks, as NAME=value, so that no process reads it again."""
    file = Path(os.environ.get("ENV_FILE") or _BESIDE_THE_CODE)
    if not file.is_file():
        return []
    _Content.ENVIRON.clear()
    _Content.read_env(str(file))
    added = {name: value for name, value in _Content.ENVIRON.items() if name not in os.environ}
    return [f"{name}={value}" for name, value in {**added, "ENV_FILE": os.devnull}.items()]


def ensure_metrics_folder() -> None:
    """Make the folder of PROMETHEUS_MULTIPROC_DIR again if something has removed it.

    Without the folder every request would fail in a process that starts now. Where it cannot be made, the process
    counts for itself alone.
    """
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if not folder:
        return
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError:
        logger.exception("PROMETHEUS_MULTIPROC_DIR cannot be made; this process counts for itself")
        del os.environ["PROMETHEUS_MULTIPROC_DIR"]
