"""Reads the CSV file: encoding, delimiter, header, one user id per row. What can't be read for certain is refused."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path

from .failures import NOT_STARTED, Failure

MAX_FILE_BYTES = 64 * 1024 * 1024
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
# What some spreadsheets write first, for themselves.
_SEPARATOR_LINE = re.compile(r"sep=([,;\t|])(?:\r\n|\n|\r)")


@dataclass(frozen=True)
class Row:
    line: int
    user_id: str


@dataclass(frozen=True)
class Table:
    rows: list[Row]
    sha256: str
    # Lines with more cells than the header has: an id may have been cut at a delimiter.
    long_lines: list[int]
    # How the file was read, for a person to see.
    notes: list[str]


def read(path: Path, column: str, delimiter: str | None) -> Table:
    content = _content(path)
    text, encoding = _decoded(content)
    lines = 0
    if first := _SEPARATOR_LINE.match(text):
        text, lines, delimiter = text[first.end() :], 1, delimiter or first[1]
    separator = delimiter or _delimiter(text)
    try:
        rows, long_lines, blank = _rows(text, separator, column, lines)
    except csv.Error as error:
        raise _refused(f"is not readable as CSV: {error}") from None
    if not rows:
        raise _refused("has no rows below its header")
    notes = [f"read as {encoding}, separated by {DELIMITERS[separator]}s, ids from the column {column!r}"]
    if blank:
        notes.append(f"blank lines, skipped: {blank}")
    return Table(rows, hashlib.sha256(content).hexdigest(), long_lines, notes)


def _refused(what: str) -> Failure:
    return Failure(NOT_STARTED, f"The CSV file {what}.")


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise Failure(NOT_STARTED, f"Can't read the CSV file: {error}") from None
    if len(content) > MAX_FILE_BYTES:
        raise _refused(f"is larger than {MAX_FILE_BYTES // 1024 // 1024} MiB: split it")
    if not content.strip():
        raise _refused("is empty")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _refused('is a workbook: save it as "CSV UTF-8" first')
    return content


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        raise _refused("is UTF-32: save it as UTF-8")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), "UTF-16 (its byte order mark says so)"
        except UnicodeDecodeError:
            raise _refused("begins as UTF-16 does, but is not: save it as UTF-8") from None
    # Every other byte of such a file is zero.
    if content.count(b"\0") * 4 > len(content):
        raise _refused("looks like UTF-16 without a byte order mark: save it as UTF-8")
    try:
        encoding = "UTF-8 with a byte order mark" if content.startswith(b"\xef\xbb\xbf") else "UTF-8"
        return content.decode("utf-8-sig"), encoding
    except UnicodeDecodeError as error:
        # A guess (Latin-1, Windows-1252, …) would turn one id into another.
        line = content.count(b"\n", 0, error.start) + 1
        raise _refused(f'is not UTF-8 (first in line {line}): save it as "CSV UTF-8"') from None


def _delimiter(text: str) -> str:
    header = _QUOTED.sub("", re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0])
    counts = sorted(((header.count(one), one) for one in DELIMITERS), reverse=True)
    if counts[0][0] == 0:
        return ","
    if counts[1][0]:
        names = " and ".join(DELIMITERS[one] for count, one in counts if count)
        raise _refused(f"has a header with {names} in it: say which one separates, with --delimiter")
    return counts[0][1]


def _rows(text: str, delimiter: str, column: str, before: int) -> tuple[list[Row], list[int], int]:
    # Strict: `"a"b` and a quote that is never closed are errors, not guesses.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    place = blank = 0
    rows: list[Row] = []
    long_lines: list[int] = []
    line = before + 1
    try:
        for cells in reader:
            if not any(cells):
                blank += 1
            elif header is None:
                header, place = cells, _place(cells, column)
            else:
                rows.append(Row(line, cells[place] if place < len(cells) else ""))
                if any(cells[len(header) :]):
                    long_lines.append(line)
            line = before + reader.line_num + 1
    except csv.Error as error:
        raise csv.Error(f"line {line}: {error}") from None
    return rows, long_lines, blank


def _place(header: list[str], column: str) -> int:
    names = [name.strip() for name in header]
    found = names.count(column)
    if found > 1:
        raise _refused(f"has {found} columns named {column!r}")
    if not found:
        shown = ", ".join(repr(name[:40]) for name in names[:10])
        raise _refused(f"has no column {column!r}; its first line is {shown}. --column names another")
    return names.index(column)
