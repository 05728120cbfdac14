"""gunicorn's own log, which does not wait for a slow reader either."""

from __future__ import annotations

import logging
import sys
from typing import Any

from gunicorn.glogging import Logger as GunicornLogger

from ercportal.log_queue import PatientHandler


class Logger(GunicornLogger):  # type: ignore[misc] # gunicorn has no types
    """Writes to standard output and error through a queue."""

    def _set_handler(self, log: logging.Logger, output: Any, fmt: logging.Formatter, stream: Any = None) -> None:
        if before := self._get_gunicorn_handler(log):
            before.close()
        super()._set_handler(log, output, fmt, stream)
        handler = self._get_gunicorn_handler(log)
        if output != "-" or handler is None:
            return
        patient = PatientHandler((stream or sys.stderr).fileno())
        patient.setFormatter(fmt)
        # gunicorn finds its handler again by this mark.
        vars(patient)["_gunicorn"] = True
        log.removeHandler(handler)
        log.addHandler(patient)
