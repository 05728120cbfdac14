"""A client's connection that costs no thread while the client is slow: whole requests come in, answers wait here.

Nothing here blocks. `incoming` says whether a request is whole; gunicorn's own parser decides what it means.
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
"""How long a request may take to arrive, from its first byte (for a new connection: from the connection)."""

MAX_LINE_BYTES = 16 * 1024
"""The address of “load more” holds a cursor of up to 8000 characters, and the list's own state."""

MAX_HEAD_BYTES = 64 * 1024
"""The line, and cookies and other fields below it."""

MAX_BODY_BYTES = 256 * 1024
"""The largest form of the portal is a launch of some kilobytes."""

SILENT_SECONDS = 10.0
"""How long a client that takes nothing of its answer is waited for."""

SENDING_SECONDS = 60.0
"""How long a client may take for what is left of its answer when the thread is done with it."""

MAX_WAITING_BYTES = 4 * 1024 * 1024
"""How much of an answer waits in memory; with more, the thread waits for the client to take some."""

MAX_ALL_WAITING_BYTES = 64 * 1024 * 1024
"""How much of all answers of a process does; with more, the client that has been slow for longest is let go."""

# Each look at a chunked body reads it anew; a client that sends it in more pieces than this is not a browser.
_MAX_LOOKS = 50
_PIECE = 65_536
# What a refused client may still send: it reads its refusal only after that.
_MAX_UNHEARD_BYTES = 16 * 1024 * 1024
_HEAD_END = b"\r\n\r\n"
# A line that ends otherwise than HTTP has it: the parser refuses it at once.
_BARE_LF = re.compile(rb"(?<!\r)\n")
_HAS_BODY = re.compile(rb"\r\n(?:content-length|transfer-encoding)[ \t]*:", re.IGNORECASE)
_EXPECTS_WORD = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)


class Verdict(Enum):
    """What is to be done with what has arrived so far."""

    PARTIAL = auto()
    WHOLE = auto()
    GONE = auto()
    LINE_TOO_LARGE = auto()
    HEAD_TOO_LARGE = auto()
    BODY_TOO_LARGE = auto()


class Incoming:
    """What has arrived of one request."""

    def __init__(self, config: Any, peer: Any) -> None:
        self.data = bytearray()
        self._config = config
        self._peer = peer
        self._searched = 0
        self._needed = 0
        self._looks = 0

    def add(self, data: bytes) -> Verdict:
        """Take more of it. What is malformed counts as whole, because the parser's refusal is the answer to it."""
        self.data += data
        if self._needed:
            return Verdict.WHOLE if len(self.data) >= self._needed else Verdict.PARTIAL
        # The last three bytes can be the beginning of the end that this piece completes.
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
        """Whether the head is here, and the client sends the body only once it is told to go on."""
        return self._looks > 0 and bool(_EXPECTS_WORD.search(self.data, 0, self._searched))

    def _with_body(self, end: int) -> Verdict:
        """The parser's own reading of the head and the body, so that the two never differ."""
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
        except Exception:  # noqa: BLE001 - of any kind that the parser has; it says so again where it is answered
            return Verdict.WHOLE
        return Verdict.WHOLE


class PatientSocket:
    """A socket whose `sendall` keeps what the client does not take at once, so that its thread need not wait."""

    def __init__(self, sock: socket.socket) -> None:
        self.waiting = bytearray()
        self._socket = sock

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)

    def send(self, data: bytes) -> int:
        """Say nothing: gunicorn sends only “100 Continue” so, which was said before the body came."""
        return len(data)

    def sendall(self, data: bytes) -> None:
        """Send now what can be, and keep the rest.

        Raises TimeoutError where much is kept already and the client takes nothing of it.
        """
        self.waiting += data
        self.flush()
        while len(self.waiting) > MAX_WAITING_BYTES:
            poll = select.poll()
            poll.register(self._socket, select.POLLOUT)
            if not poll.poll(SILENT_SECONDS * 1000):
                raise TimeoutError("the client does not take its answer")
            self.flush()

    def flush(self) -> int:
        """Send what the client takes now; how many bytes that was. Raises OSError where it is gone."""
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
    """gunicorn's connection, with what has arrived, what waits to be sent, and until when that may take."""

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
        """Wait for the next request; whether the client sent it behind the one before."""
        self.incoming = Incoming(self.cfg, self.client)
        self.is_told_to_go_on = False
        self.ends_at = time.monotonic() + REQUEST_SECONDS
        ahead = self.parser.unreader.take_buffered() if self.initialized else b""
        return self.incoming.add(ahead) if ahead else Verdict.PARTIAL

    def init(self) -> None:
        """Give the parser the whole request, at the beginning of each."""
        super().init()
        # It finds all of it in its buffer. Where it looked for more all the same, it must not wait.
        self.sock.settimeout(0)
        self.parser.unreader.unread(bytes(self.incoming.data))
        self.incoming.data.clear()

    def receive(self) -> Verdict:
        """Take what has arrived."""
        try:
            data = self.sock.recv(_PIECE)
            if not data:
                return Verdict.GONE
            verdict = self.incoming.add(data)
            if verdict is Verdict.PARTIAL and self.incoming.expects_word and not self.is_told_to_go_on:
                self.is_told_to_go_on = True
                self.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        except BlockingIOError:
            return Verdict.PARTIAL
        except OSError:
            return Verdict.GONE
        return verdict

    def is_heard_out(self) -> bool:
        """Whether the client of a connection that ends has ended its side, too, or sends without end."""
        try:
            data = self.sock.recv(_PIECE)
        except BlockingIOError:
            return False
        except OSError:
            return True
        self._unheard += len(data)
        return not data or self._unheard > _MAX_UNHEARD_BYTES
