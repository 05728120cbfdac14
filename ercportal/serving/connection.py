"""A client's connection that uses no thread while the client is slow: it buffers requests and responses.

Nothing here blocks. `incoming` says whether a request is complete; gunicorn's own parser interprets it.
"""

from __future__ import annotations

import re
import select
import socket
import time
from enum import Enum, auto
from typing import Any

from gunicorn.http import get_parser
from gunicorn.http.errors import ChunkMissingTerminator, NoMoreData
from gunicorn.workers.gthread import TConn

REQUEST_SECONDS = 5.0
"""How long a request may take to arrive, from its first byte, or from a new connection."""

MAX_LINE_BYTES = 16 * 1024
"""The address of “load more” contains a cursor of up to 8000 characters, and the list's state."""

MAX_HEAD_BYTES = 64 * 1024
"""The line, and cookies and other fields below it."""

MAX_BODY_BYTES = 256 * 1024
"""The largest form of the portal is a launch of some kilobytes."""

SILENT_SECONDS = 10.0
"""How long a client may take nothing of its response."""

SENDING_SECONDS = 60.0
"""How long a client may take for the rest of its response after the thread is done."""

MAX_WAITING_BYTES = 4 * 1024 * 1024
"""How much of a response waits in memory; with more, the thread waits for the client."""

MAX_ALL_WAITING_BYTES = 64 * 1024 * 1024
"""How much of all responses of a process does; with more, the slowest client is disconnected."""

# Each look at a chunked body parses it again; no browser sends so many pieces.
_MAX_LOOKS = 50
_PIECE = 65_536
# How much a refused client may still send, because it reads its refusal only afterwards.
_MAX_UNHEARD_BYTES = 16 * 1024 * 1024
_HTTP = b"HTTP/1."
_HEAD_END = b"\r\n\r\n"
# A line end that is not HTTP's, which the parser refuses at once.
_BARE_LF = re.compile(rb"(?<!\r)\n")
_HAS_BODY = re.compile(rb"\r\n(?:content-length|transfer-encoding)[ \t]*:", re.IGNORECASE)
_EXPECTS_WORD = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)


class Verdict(Enum):
    """What to do with the bytes that have arrived."""

    PARTIAL = auto()
    WHOLE = auto()
    GONE = auto()
    LINE_TOO_LARGE = auto()
    HEAD_TOO_LARGE = auto()
    BODY_TOO_LARGE = auto()


class Incoming:
    """The arrived part of one request."""

    def __init__(self, config: Any, peer: Any) -> None:
        self.data = bytearray()
        self._config = config
        self._peer = peer
        self._searched = 0
        self._needed = 0
        self._looks = 0

    def add(self, data: bytes) -> Verdict:
        """Add bytes. A malformed request counts as complete, so that the parser refuses it."""
        self.data += data
        if self._needed:
            return Verdict.WHOLE if len(self.data) >= self._needed else Verdict.PARTIAL
        # The end of the head may have begun in the last three bytes.
        end = self.data.find(_HEAD_END, max(0, self._searched - 3))
        is_odd = _BARE_LF.search(self.data, max(0, self._searched - 1), end if end >= 0 else len(self.data))
        self._searched = end if end >= 0 else len(self.data)
        if is_odd:
            return Verdict.WHOLE
        line_end = self.data.find(b"\r\n", 2, MAX_LINE_BYTES + 4)
        if line_end < 0 and len(self.data) > MAX_LINE_BYTES:
            return Verdict.LINE_TOO_LARGE
        if self._searched > MAX_HEAD_BYTES:
            return Verdict.HEAD_TOO_LARGE
        if end < 0:
            return Verdict.PARTIAL
        return self._with_body(end) if _HAS_BODY.search(self.data, 0, end) else Verdict.WHOLE

    @property
    def expects_word(self) -> bool:
        """Whether the client waits for “100 Continue” before it sends the body."""
        return self._looks > 0 and bool(_EXPECTS_WORD.search(self.data, 0, self._searched))

    def _with_body(self, end: int) -> Verdict:
        """Use the parser itself on head and body, so that the two never differ."""
        self._looks += 1
        body_from = end + len(_HEAD_END)
        too_large = self._looks > _MAX_LOOKS or len(self.data) - body_from > 2 * MAX_BODY_BYTES
        try:
            request = next(get_parser(self._config, iter([bytes(self.data)]), self._peer))
            length = dict(request.headers).get("CONTENT-LENGTH")
            if length is not None:
                if int(length) > MAX_BODY_BYTES:
                    return Verdict.BODY_TOO_LARGE
                self._needed = body_from + int(length)
                return Verdict.WHOLE if len(self.data) >= self._needed else Verdict.PARTIAL
            if len(request.body.read(MAX_BODY_BYTES + 1)) > MAX_BODY_BYTES:
                return Verdict.BODY_TOO_LARGE
        except NoMoreData:
            return Verdict.BODY_TOO_LARGE if too_large else Verdict.PARTIAL
        except ChunkMissingTerminator as error:
            if len(error.term) == 2:
                return Verdict.WHOLE
            return Verdict.BODY_TOO_LARGE if too_large else Verdict.PARTIAL
        except Exception:  # noqa: BLE001 - no request may end the worker; its thread parses it again and refuses it
            return Verdict.WHOLE
        return Verdict.WHOLE


class PatientSocket:
    """A socket whose `sendall` buffers what the client does not take at once, so that its thread need not wait."""

    def __init__(self, sock: socket.socket) -> None:
        self.waiting = bytearray()
        self._socket = sock

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)

    def send(self, data: bytes) -> int:
        """Send nothing: gunicorn uses this only for “100 Continue”, which was sent before the body came."""
        return len(data)

    def sendall(self, data: bytes) -> None:
        """Send what the client takes, and buffer the rest. Raises TimeoutError where the buffer stays full.

        The head of a response is kept until its body comes, or the response ends: a process that stops between the
        two would leave half a response, and then no proxy can ask another process.
        """
        is_head = not self.waiting and data.startswith(_HTTP) and data.endswith(_HEAD_END)
        self.waiting += data
        if is_head:
            return
        self.flush()
        while len(self.waiting) > MAX_WAITING_BYTES:
            poll = select.poll()
            poll.register(self._socket, select.POLLOUT)
            if not poll.poll(SILENT_SECONDS * 1000):
                raise TimeoutError("the client does not take its answer")
            self.flush()

    def flush(self) -> int:
        """Send what the client takes now and count the bytes. Raises OSError where the client is gone."""
        taken = 0
        while self.waiting:
            try:
                sent = self._socket.send(self.waiting[:_PIECE], socket.MSG_DONTWAIT)
            except BlockingIOError:
                break
            del self.waiting[:sent]
            taken += sent
        return taken


class Connection(TConn):  # type: ignore[misc] # gunicorn has no types
    """gunicorn's connection with its buffers and deadlines."""

    def __init__(self, config: Any, sock: socket.socket, client: Any, server: Any) -> None:
        super().__init__(config, PatientSocket(sock), client, server)
        # The worker's poller has waited already.
        self.data_ready = True
        self.ends_at = 0.0
        self.outcome: Any = None
        self.lets_go_at = 0.0
        self._unheard = 0
        self.begin()

    def begin(self) -> Verdict:
        """Wait for the next request; tell whether the client has already sent it."""
        self.incoming = Incoming(self.cfg, self.client)
        self.is_told_to_go_on = False
        self.ends_at = time.monotonic() + REQUEST_SECONDS
        ahead = self.parser.unreader.take_buffered() if self.initialized else b""
        return self.incoming.add(ahead) if ahead else Verdict.PARTIAL

    def init(self) -> None:
        """Give the parser the whole request."""
        super().init()
        # The parser finds everything in its buffer, and must not wait if it looks for more.
        self.sock.settimeout(0)
        self.parser.unreader.unread(bytes(self.incoming.data))
        self.incoming.data.clear()

    def receive(self) -> Verdict:
        """Read what has arrived."""
        try:
            data = self.sock.recv(_PIECE)
            if not data:
                return Verdict.GONE
            verdict = self.incoming.add(data)
            if verdict is Verdict.PARTIAL and self.incoming.expects_word and not self.is_told_to_go_on:
                self.is_told_to_go_on = True
                self.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
                self.sock.flush()
        except BlockingIOError:
            return Verdict.PARTIAL
        except OSError:
            return Verdict.GONE
        return verdict

    def is_heard_out(self) -> bool:
        """Whether the client has closed its side, too, or sends without end."""
        try:
            data = self.sock.recv(_PIECE)
        except BlockingIOError:
            return False
        except OSError:
            return True
        self._unheard += len(data)
        return not data or self._unheard > _MAX_UNHEARD_BYTES
