"""HTTP as it is on the wire: headers that come twice, bodies that do not end."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse

TIMEOUT = 30.0
Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Headers
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name), None)


def place(url: str) -> str:
    return url.removeprefix("http://")


def request(url: str, method: str, path: str, headers: Headers = (), body: bytes | None = b"") -> Reply:
    """`body` None: no length is announced, and nothing is sent."""
    connection = HTTPConnection(place(url), timeout=TIMEOUT)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers:
            connection.putheader(name, value)
        if body is not None and not any(name.lower() == "content-length" for name, _ in headers):
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body or None)
        answer = connection.getresponse()
        return Reply(answer.status, answer.getheaders(), answer.read())
    finally:
        connection.close()


class Line:
    """A connection that sends what and when a test likes."""

    def __init__(self, url: str) -> None:
        host, port = place(url).split(":")
        self._socket = socket.create_connection((host, int(port)), TIMEOUT)
        self._host = place(url)

    def head(self, method: str, path: str, headers: Headers) -> Line:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host}", *(f"{name}: {value}" for name, value in headers), "", ""]
        return self.send("\r\n".join(lines).encode("latin-1"))

    def send(self, data: bytes) -> Line:
        self._socket.sendall(data)
        return self

    def chunk(self, data: bytes) -> Line:
        return self.send(b"%x\r\n%s\r\n" % (len(data), data))

    def status(self) -> int:
        """Of the answer; the rest of it stays unread."""
        answer = HTTPResponse(self._socket)
        answer.begin()
        return answer.status

    def end(self) -> None:
        """Nothing more is sent; returns when the server has no more to say, either."""
        self._socket.shutdown(socket.SHUT_WR)
        with suppress(ConnectionResetError):
            while self._socket.recv(65_536):
                pass

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
