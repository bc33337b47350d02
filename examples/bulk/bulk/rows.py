"""Reads the CSV file: delimiter, header, one user id per row. What can't be read for certain is found, and nothing is sent."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import text
from .findings import Found, shown
from .text import MAX_FILE_BYTES, UNREADABLE, Lines, refused

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
# Of a header with more columns, these many are shown.
SHOWN_COLUMNS = 10
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
# What some spreadsheets write first, for themselves.
_SEPARATOR_LINE = re.compile(r"sep=([,;\t|])[\r\n]*")


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    user_id: str


@dataclass(frozen=True)
class Table:
    """The file, open at the row below its header."""

    # As the header spells it.
    column: str
    sha256: str
    # How the file is read, for a person to see.
    notes: list[str]
    _lines: Lines
    _delimiter: str
    _place: int
    _width: int

    def rows(self, found: Found) -> Iterator[Row]:
        """Each row, once; what is wrong with the lines goes to `found`."""
        count = blank = 0
        for line, cells in _records(self._lines, self._delimiter, found):
            if not any(cells):
                blank += 1
                continue
            count += 1
            user_id = cells[self._place] if self._place < len(cells) else ""
            if any(cells[self._width :]):
                found.add("too_many_cells", line, user_id)
            # Whoever writes fewer cells leaves out the empty ones at the end; only one is what programs write for themselves.
            if len(cells) == 1 < self._width:
                found.add("single_cell", line, cells[0])
            yield Row(line, user_id)
        if blank:
            self.notes.append(f"blank lines, skipped: {blank}")
        # Where so many lines are so, it is how the file is written.
        if found.tallies["single_cell"].count * 2 >= count:
            found.forget("single_cell")
        if not count and not found.has_errors():
            raise refused("has no rows below its header")


def read(path: Path, column: str, delimiter: str | None, found: Found) -> Table:
    content = text.content(path)
    encoding = text.encoding(content)
    if encoding.without_mark:
        found.add("without_byte_order_mark", 1)
    # A cell of any size is found, as everything else is; a limit would hide what stands below it.
    csv.field_size_limit(MAX_FILE_BYTES)
    lines = Lines(content, encoding.codec)
    if first := _SEPARATOR_LINE.fullmatch(next(lines, "")):
        delimiter = delimiter or first[1]
        lines.record()
    else:
        lines.go_back(keep=0)
    header, separator = _header(lines, delimiter, found)
    place = _place(header, column)
    notes = [f"read as {encoding.name}, separated by {DELIMITERS[separator]}s, ids from the column {shown(header[place])}"]
    return Table(header[place], hashlib.sha256(content).hexdigest(), notes, lines, separator, place, len(header))


def _records(lines: Lines, delimiter: str, found: Found) -> Iterator[tuple[int, list[str]]]:
    """The number of its first line, and the cells of each record."""
    # Strict: `"a"b` and a quote that is never closed are errors, not guesses.
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line, cells = lines.number + 1, None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # Python 3.10 reads no NUL, which no id may have anyway.
            found.add("not_an_id" if "NUL" in str(error) else "bad_quotes", line, lines.first())
            lines.go_back()
        for number, one in enumerate(lines.record(), line):
            if UNREADABLE in one:
                found.add("not_unicode", number, one.rstrip("\r\n"))
        if cells is not None:
            yield line, cells


def _header(lines: Lines, delimiter: str | None, found: Found) -> tuple[list[str], str]:
    for line in lines:
        if not line.strip("\r\n"):
            lines.record()
            continue
        lines.go_back(keep=0)
        separator = delimiter or _delimiter(line)
        for _, cells in _records(lines, separator, found):
            if any(cells):
                return cells, separator
    raise refused("has no header")


def _delimiter(line: str) -> str:
    header = _QUOTED.sub("", line)
    counts = sorted(((header.count(one), one) for one in DELIMITERS), reverse=True)
    if counts[0][0] == 0:
        return ","
    if counts[1][0]:
        names = " and ".join(DELIMITERS[one] for count, one in counts if count)
        raise refused(f"has a header with {names} in it: say which one separates, with --delimiter")
    return counts[0][1]


def _place(header: list[str], column: str) -> int:
    """The column of exactly this name, else the only one that differs in outer space or case."""
    found_exactly = [place for place, name in enumerate(header) if name == column]
    places = found_exactly or [place for place, name in enumerate(header) if bare(name) == bare(column)]
    if len(places) == 1:
        return places[0]
    names = ", ".join(shown(header[place]) for place in places) if places else ""
    if found_exactly:
        raise refused(f"has {len(places)} columns named {shown(column)}")
    if places:
        raise refused(f"has {len(places)} columns that are much like {shown(column)}: {names}. --column names one exactly")
    names = ", ".join(map(shown, header[:SHOWN_COLUMNS])) + (", …" if len(header) > SHOWN_COLUMNS else "")
    raise refused(f"has no column {shown(column)}; its first line is {names}. --column names another")


def bare(name: str) -> str:
    """A column's name without what a person does not see of it."""
    visible = "".join(" " if unicodedata.category(one) in ("Cf", "Cc") else one for one in name)
    return visible.strip().casefold()
