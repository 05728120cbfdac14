"""The HTTP server that the sandbox and the desktop stand on."""

from __future__ import annotations

import socketserver
from http.server import ThreadingHTTPServer


class DemoHTTPServer(ThreadingHTTPServer):
    """A thread for each connection, which ends with the process."""

    daemon_threads = True

    def server_bind(self) -> None:
        """Bind without HTTPServer's question for the machine's name: a resolver can take seconds to answer it."""
        socketserver.TCPServer.server_bind(self)
