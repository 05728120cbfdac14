"""What a process of the server needs besides its code when it starts, and may find changed by then.

Each process of the server reads the settings anew as it starts, which may be weeks later, when another is lost.
A file that is being edited just then, or has a mistake that nobody has noticed, must not keep it from starting.
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
    """What the file adds to the environment, as NAME=value, so that no process has to read it again."""
    file = Path(os.environ.get("ENV_FILE") or _BESIDE_THE_CODE)
    if not file.is_file():
        return []
    _Content.ENVIRON.clear()
    _Content.read_env(str(file))
    added = {name: value for name, value in _Content.ENVIRON.items() if name not in os.environ}
    return [f"{name}={value}" for name, value in {**added, "ENV_FILE": os.devnull}.items()]


def ensure_metrics_folder() -> None:
    """Make the folder of PROMETHEUS_MULTIPROC_DIR anew where something has tidied it away.

    Without it every request would fail in a process that starts now. Where it cannot be made, the process has
    figures of its own alone.
    """
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if not folder:
        return
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError:
        logger.exception("PROMETHEUS_MULTIPROC_DIR cannot be made; this process counts for itself")
        del os.environ["PROMETHEUS_MULTIPROC_DIR"]
