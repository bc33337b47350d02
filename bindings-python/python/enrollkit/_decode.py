"""Undoes a `Content-Encoding` that nobody asked for, never to more bytes than there is room for."""

from __future__ import annotations

import zlib

_GZIP = 31


class Plain:
    """A body that comes as it is, in an encoding that is not known as well."""

    whole = True

    def add(self, chunk: bytes, room: int) -> bytes:
        """What the chunk adds to the body: at most `room` bytes."""
        return chunk[:room]


class Gzip:
    """A body that came compressed; it may have several parts, one after the other."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(_GZIP)

    @property
    def whole(self) -> bool:
        """Whether the last part has come to its end."""
        return self._inflate.eof

    def add(self, chunk: bytes, room: int) -> bytes:
        """What the chunk adds to the body: at most `room` bytes. What is left after that, nobody asks for."""
        out = b""
        while chunk and len(out) < room:
            if self._inflate.eof:
                self._inflate = zlib.decompressobj(_GZIP)
            out += self._inflate.decompress(chunk, room - len(out))
            chunk = self._inflate.unused_data if self._inflate.eof else b""
        return out


def decoder(encoding: str | None) -> Plain | Gzip:
    """What undoes an encoding."""
    return Gzip() if (encoding or "").strip().lower() in ("gzip", "x-gzip") else Plain()
