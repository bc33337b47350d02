"""Sends with Python's own HTTP."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
from typing import Any
from urllib.parse import urlsplit

from ._content import CHUNK_BYTES, Content, Exchange, Limits
from ._enrollkit import Call


class _Stream(io.RawIOBase):
    """What comes from a socket, each read within what is left of the time: a drop a second must not keep us for ever."""

    def __init__(self, connected: socket.socket, limits: Limits) -> None:
        self._socket = connected
        self._limits = limits

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._socket.settimeout(self._limits.left())
        return self._socket.recv_into(buffer)


class _Files:
    """What an answer asks of a socket."""

    def __init__(self, stream: _Stream) -> None:
        self._stream = stream

    def makefile(self, mode: str) -> io.BufferedReader:  # noqa: ARG002  # it always reads bytes
        """The stream."""
        return io.BufferedReader(self._stream)


def prepare(call: Call[Any], client: None, limits: Limits) -> Exchange:  # noqa: ARG001
    """All that can be wrong before something is sent; then what sends, and whether nothing can have left when that failed."""
    url = urlsplit(call.url)
    context = ssl.create_default_context() if url.scheme == "https" else None
    host, port = url.hostname or "", url.port or (443 if context else 80)
    body = call.body
    # `Connection: close`: nothing is kept for a next request. No encoding: what is not asked for need not be undone.
    headers = {"Host": url.netloc, **call.headers, "Accept-Encoding": "identity", "Connection": "close"}
    if body is not None:
        headers["Content-Length"] = str(len(body))
    target = (url.path or "/") + (f"?{url.query}" if url.query else "")
    head = "".join([f"{call.method} {target} HTTP/1.1\r\n", *(f"{k}: {v}\r\n" for k, v in headers.items()), "\r\n"])
    request = head.encode("utf-8") + (body or b"")
    began = False

    def exchange() -> tuple[int, Any, bytes]:
        connected = socket.create_connection((host, port), timeout=limits.left())
        with connected:
            connected.settimeout(limits.left())
            if context is not None:
                with context.wrap_socket(connected, server_hostname=host) as secured:
                    return talk(secured)
            return talk(connected)

    def talk(connected: socket.socket) -> tuple[int, Any, bytes]:
        nonlocal began
        connected.settimeout(limits.left())
        began = True
        connected.sendall(request)
        files: Any = _Files(_Stream(connected, limits))
        with http.client.HTTPResponse(files, method=call.method) as answer:
            answer.begin()
            content = Content(limits, answer.headers)
            while chunk := answer.read1(CHUNK_BYTES):
                if not content.add(chunk):
                    break
            return answer.status, answer.headers.items(), content.whole()

    return exchange, lambda _: not began
