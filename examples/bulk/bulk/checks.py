"""What looks wrong with the ids, before anything is sent.

Errors can't be sent at all. Questions must be answered by a person, one kind at a time, with --accept. Hints are only told.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Literal

from enrollkit import check

from .actions import Change
from .rows import Row, Table

Level = Literal["error", "question", "hint"]


@dataclass(frozen=True)
class Finding:
    kind: str
    level: Level
    text: str
    lines: list[int]


_KINDS: dict[str, tuple[Level, str]] = {
    "missing_id": ("error", "no id"),
    "not_an_id": ("error", "an id that can't be sent (control characters, line breaks)"),
    "duplicate_id": ("question", "an id that stands above already; it is sent once"),
    "too_many_cells": ("question", "more cells than the header has: an id may have been cut at a delimiter"),
    "outer_white_space": ("question", "white space before or behind the id, which is sent as part of it"),
    "invisible_character": ("question", "a character that can't be seen, or a space other than the usual one"),
    "damaged_text": ("question", "the character that stands for text which could not be read"),
    "scientific_notation": ("question", "a number such as 1.23E+11: a spreadsheet has overwritten the id"),
    "decimal_number": ("question", "a number with a decimal part, such as 12.0: a spreadsheet may have added it"),
    "rounded_number": ("question", "a long number that ends as a spreadsheet rounds them: digits may be lost"),
    "date": ("question", "a date: a spreadsheet may have made it of an id such as MAR1"),
    "spreadsheet_error": ("question", "a spreadsheet's error or formula instead of an id"),
    "text_mark": ("question", "an apostrophe in front, as spreadsheets mark text"),
    "similar_ids": ("hint", "ids that differ only in case, spaces or the width of letters from one above"),
    "mixed_lengths": ("hint", "ids of digits, shorter than most: leading zeros may have been lost"),
}
QUESTIONS = tuple(kind for kind, (level, _) in _KINDS.items() if level == "question")

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_PATTERNS = {
    "scientific_notation": re.compile(r"[+-]?\d+(?:[.,]\d*)?e[+-]?\d+", re.IGNORECASE),
    "decimal_number": re.compile(r"[+-]?\d+[.,]\d+"),
    # Spreadsheets keep 15 digits and write zeros for the rest.
    "rounded_number": re.compile(r"[1-9]\d{14}0+"),
    "date": re.compile(
        rf"\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}|\d{{1,2}}[-. ]?(?:{_MONTHS})|(?:{_MONTHS})[-. ]?\d{{2,4}}", re.IGNORECASE
    ),
    "spreadsheet_error": re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!)|=.*", re.IGNORECASE),
    "text_mark": re.compile(r"'.*"),
}


def findings(table: Table, change: Change) -> tuple[list[Finding], list[Row]]:
    """What was found, and each id once."""
    found: dict[str, list[int]] = defaultdict(list)
    found["too_many_cells"] = table.long_lines
    unique: dict[str, Row] = {}
    folded: set[str] = set()
    for row in table.rows:
        for kind in _about(row.user_id, change):
            found[kind].append(row.line)
        if not row.user_id.strip():
            continue
        if row.user_id in unique:
            found["duplicate_id"].append(row.line)
            continue
        unique[row.user_id] = row
        fold = "".join(unicodedata.normalize("NFKC", row.user_id).casefold().split())
        if fold in folded:
            found["similar_ids"].append(row.line)
        folded.add(fold)
    rows = list(unique.values())
    found["mixed_lengths"] = _shorter_than_most(rows)
    made = [Finding(kind, *_KINDS[kind], lines) for kind, lines in found.items() if lines]
    return sorted(made, key=lambda one: list(_KINDS).index(one.kind)), rows


def _about(user_id: str, change: Change) -> list[str]:
    if not user_id.strip():
        return ["missing_id"]
    if check(change.intent(user_id)):
        return ["not_an_id"]
    kinds = [kind for kind, pattern in _PATTERNS.items() if pattern.fullmatch(user_id.strip())]
    if user_id != user_id.strip():
        kinds.append("outer_white_space")
    if any(_is_invisible(character) for character in user_id):
        kinds.append("invisible_character")
    if "\N{REPLACEMENT CHARACTER}" in user_id:
        kinds.append("damaged_text")
    return kinds


def _is_invisible(character: str) -> bool:
    category = unicodedata.category(character)
    return category in ("Cf", "Zl", "Zp", "Cn", "Co") or (category == "Zs" and character != " ")


def _shorter_than_most(rows: list[Row]) -> list[int]:
    digits = [row for row in rows if row.user_id.isascii() and row.user_id.isdigit()]
    lengths = Counter(len(row.user_id) for row in digits)
    if len(lengths) < 2:
        return []
    usual, count = lengths.most_common(1)[0]
    # Ids that are simply numbered 8, 9, 10, 11 have no usual length.
    if count * 2 <= len(digits):
        return []
    return [row.line for row in digits if len(row.user_id) < usual]
