"""gunicorn's threaded worker, with a stop that turns new connections away at once."""

from __future__ import annotations

import select

from gunicorn.workers.gthread import ThreadWorker


class Worker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """Closes its sockets as it begins to stop.

    gunicorn's own keeps them open until the last request is answered, and then breaks off what has connected
    meanwhile: a proxy waits for seconds, and cannot send elsewhere what might have had an effect here.
    """

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - gunicorn's signature
        """Take connections or leave them; for good where the worker is stopping."""
        super().set_accept_enabled(enabled)
        if self.alive:
            return
        for listener in self.sockets:
            while listener.fileno() >= 0 and select.select([listener], [], [], 0)[0]:
                self.accept(listener)
            listener.close()
