"""The report: JSON Lines, exact, for programs; and CSV for eyes, which a spreadsheet opens without computing or rewriting."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO

from .failures import NOT_WRITTEN, Failure
from .journal import Entry
from .words import LETTER, MONTHS, bare

FIELDS = ("line", "user_id", "action", "state", "code", "service_code", "sends", "sent_at", "changed_at")

# A sign that begins a formula, at the start or behind whatever another country's spreadsheet may take for a delimiter. What can't
# be seen between them does not help.
_FORMULA = re.compile(
    r"""(^|[,;|"'\t\r\n])((?:[^\S\t\r\n]|[\0\u00ad\u200b-\u200f\u2060\ufeff])*)(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])"""
)
# What a spreadsheet would take for a number or a date, and rewrite: leading zeros, long numbers, 1E5, 1-2.
_NUMBER = re.compile(r"[\d\s.,:/eE+%-]*\d[\d\s.,:/eE+%-]*")
# MAR1 and 1 märz become days: a month's name, or how it begins, and a number.
_MONTH = re.compile(rf"(?:\d{{1,2}}\W{{0,2}})?({LETTER}{{3,}})(?:\W{{0,2}}\d{{1,4}})?")
_MONTHS = tuple({month[:3] for month in MONTHS if len(month) >= 3})


def write(prefix: Path, action: str, entries: Callable[[], Iterable[Entry]]) -> list[Path]:
    """Both reports, for their owner only; each is there whole or not at all. `entries` is asked for each: they may be many."""

    def rows() -> Iterable[list[object]]:
        return ([*_row(entry, action)] for entry in entries())

    def lines(file: TextIO) -> None:
        for row in rows():
            file.write(json.dumps(dict(zip(FIELDS, row, strict=True))) + "\n")

    def table(file: TextIO) -> None:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(FIELDS)
        writer.writerows([inert(value) if isinstance(value, str) else value for value in row] for row in rows())

    return [_written(prefix.with_name(prefix.name + end), content) for end, content in ((".jsonl", lines), (".csv", table))]


def inert(text: str) -> str:
    """Text that stays text in a spreadsheet: an apostrophe stands before what would be computed or rewritten."""
    month = _MONTH.fullmatch(text)
    if _NUMBER.fullmatch(text) or (month and month[1] != text and bare(month[1]).startswith(_MONTHS)):
        return f"'{text}"
    return _FORMULA.sub(r"\1'\2", text)


def _row(entry: Entry, action: str) -> Iterable[object]:
    yield from (entry.line, entry.user_id, action, entry.state, entry.code, entry.service_code)
    yield from (entry.sends, entry.sent_at, entry.changed_at)


def _written(path: Path, content: Callable[[TextIO], None]) -> Path:
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)
        # Not through a link that someone else has put there, and readable by nobody else.
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline="") as file:
            content(file)
        part.replace(path)
    except OSError as error:
        text = f"The report can't be written: {error}. The journal is complete; run again to get it."
        raise Failure(NOT_WRITTEN, text) from None
    return path
