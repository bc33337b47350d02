"""The file's bytes as lines of text: which encoding it is, and which lines of it can't be read."""

from __future__ import annotations

import codecs
import io
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from .failures import NOT_STARTED, Failure

MAX_FILE_BYTES = 64 * 1024 * 1024
# Stands for bytes that are no text. No decoder makes it of a file, since half a pair is not Unicode.
UNREADABLE = "\udcff"


def refused(what: str) -> Failure:
    return Failure(NOT_STARTED, f"The CSV file {what}.")


@dataclass(frozen=True)
class Encoding:
    codec: str
    # For a person to see.
    name: str
    # What is wrong with it as such.
    without_mark: bool = False


def content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            read = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise Failure(NOT_STARTED, f"Can't read the CSV file: {error}") from None
    if len(read) > MAX_FILE_BYTES:
        raise refused(f"is larger than {MAX_FILE_BYTES // 1024 // 1024} MiB: split it")
    if not read.strip():
        raise refused("is empty")
    if read.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise refused('is a workbook: save it as "CSV UTF-8" first')
    return read


def encoding(read: bytes) -> Encoding:
    """A guess (Latin-1, Windows-1252, …) would turn one id into another, so there is none."""
    if read.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        raise refused("is UTF-32: save it as UTF-8")
    if read.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Encoding("utf-16", "UTF-16 (its byte order mark says so)")
    # Every other byte of such a file is zero: the first of each pair, or the second.
    zeros = read.count(b"\0")
    if zeros * 4 > len(read):
        first = read[::2].count(b"\0")
        return Encoding("utf-16-be" if first * 2 > zeros else "utf-16-le", "UTF-16 without a byte order mark", without_mark=True)
    return Encoding("utf-8-sig", "UTF-8 with a byte order mark" if read.startswith(codecs.BOM_UTF8) else "UTF-8")


class Lines:
    """The lines with their ends, counted as an editor does. One can go back to behind the first line of a record."""

    def __init__(self, read: bytes, codec: str) -> None:
        self._file = io.TextIOWrapper(io.BytesIO(read), codec, _HANDLER, newline="")
        self._record: list[str] = []
        self._again: deque[str] = deque()
        # How many have been read.
        self.number = 0

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._file)
        self._record.append(line)
        self.number += 1
        return line

    def record(self) -> list[str]:
        """The lines of the record that was read last."""
        record, self._record = self._record, []
        return record

    def first(self) -> str:
        return self._record[0].rstrip("\r\n") if self._record else ""

    def go_back(self, keep: int = 1) -> None:
        """To behind the first line of the record that was read last, or before it. What is kept is still the record."""
        self._record, again = self._record[:keep], self._record[keep:]
        self.number -= len(again)
        self._again.extendleft(reversed(again))


def _unreadable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return UNREADABLE, error.end


_HANDLER = "enrollkit_bulk_unreadable"
codecs.register_error(_HANDLER, _unreadable)
