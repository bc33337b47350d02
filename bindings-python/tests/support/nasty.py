"""A server that answers as no service should, and remembers what it was sent."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

Answer = Callable[[socket.socket], None]


class Nasty:
    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.requests: list[str] = []


@contextmanager
def tls() -> Iterator[Nasty]:
    """A server with a certificate of its own making."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).with_name("self-signed.pem"))
    with nasty(reply(), context) as server:
        server.url = f"https://127.0.0.1:{server.port}"
        yield server


@contextmanager
def nasty(answer: Answer, context: ssl.SSLContext | None = None) -> Iterator[Nasty]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = Nasty(listener.getsockname()[1])
    ended = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            if context is not None:
                connection = context.wrap_socket(connection, server_side=True)
            text = request(connection)
            if text:
                server.requests.append(text)
                answer(connection)

    def accept() -> None:
        with suppress(OSError):
            while not ended.is_set():
                threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        ended.set()
        # Closing it does not wake who waits for a connection.
        with suppress(OSError), socket.create_connection(("127.0.0.1", server.port), timeout=1):
            pass
        listener.close()
        thread.join(5)


def request(connection: socket.socket) -> str:
    """The whole request."""
    text = b""
    while b"\r\n\r\n" not in text:
        chunk = connection.recv(65536)
        if not chunk:
            return text.decode("latin-1")
        text += chunk
    head, _, body = text.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    while lengths and len(body) < int(lengths[0]):
        body += connection.recv(65536)
    return (head + b"\r\n\r\n" + body).decode("latin-1")


def reply(body: bytes = b"{}", head: str = "200 OK", headers: str = "", length: int | None = None) -> Answer:
    size = len(body) if length is None else length
    text = f"HTTP/1.1 {head}\r\nContent-Length: {size}\r\n{headers}\r\n".encode() + body
    return lambda connection: connection.sendall(text)


def half() -> Answer:
    return reply(b'{"success":true', length=1000)


def half_of_chunks() -> Answer:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return lambda connection: connection.sendall(head + b"f\r\n" + b'{"success":true\r\n')


def drip(head: bytes) -> Answer:
    """A byte every now and then: no single wait is long."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(head)
        for _ in range(200):
            connection.sendall(b" ")
            time.sleep(0.05)

    return answer


def slow_body() -> Answer:
    return drip(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")


def slow_head() -> Answer:
    return drip(b"HTTP/1.1 200 OK\r\nX-Slow: ")


def endless() -> Answer:
    def answer(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b" " * 65536)

    return answer


def bomb() -> Answer:
    """A megabyte that becomes a gigabyte."""
    member = gzip.compress(bytes(64 * 1024 * 1024), 9)
    return reply(member * 16, headers="Content-Encoding: gzip\r\n")


def zipped(body: bytes) -> Answer:
    return reply(gzip.compress(body), headers="Content-Encoding: gzip\r\n")


def silence() -> Answer:
    return lambda connection: time.sleep(20)


def hang_up() -> Answer:
    return lambda connection: None


def no_http() -> Answer:
    return lambda connection: connection.sendall(b"SSH-2.0-OpenSSH_9.9\r\n")
