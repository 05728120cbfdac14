"""How the commands that run until they are stopped notice that they are, whoever started them."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Self

END_SECONDS = 1.5
"""How long a child may take to end by itself."""

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stoppable:
    """A block that Ctrl-C and SIGTERM end, also where they were ignored before; what follows it then goes on.

    A background job of a shell without job control, `nohup` and some CI start their commands with SIGINT ignored.
    Python leaves it so, and the commands' own children inherit it. Inside the block the first of the two signals
    raises KeyboardInterrupt and any further one does nothing, so that nothing breaks off the tidying up.
    """

    def __init__(self) -> None:
        self._before: dict[signal.Signals, Any] = {}
        self._is_held = False
        self._is_told = False

    def __enter__(self) -> Self:
        self._before = {one: signal.signal(one, self._stop) for one in _SIGNALS}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        for one, handler in self._before.items():
            signal.signal(one, signal.SIG_DFL if handler is None else handler)
        return kind is KeyboardInterrupt

    @contextmanager
    def held(self) -> Iterator[None]:
        """Around what must not be broken off halfway, such as the start of a child; a signal counts after it."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
        if self._is_told:
            raise KeyboardInterrupt

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        if self._is_told:
            return
        self._is_told = True
        if not self._is_held:
            raise KeyboardInterrupt


def end(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask all of them to end, and end those that do not."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    give_up = time.monotonic() + END_SECONDS
    for child in children:
        try:
            child.wait(max(0.0, give_up - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
