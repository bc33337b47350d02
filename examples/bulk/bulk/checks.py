"""What looks wrong with the ids, before anything is sent.

Errors can't be sent at all. Questions must be answered by a person, one kind at a time, with --accept. Hints are only told.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque

from enrollkit import check

from .actions import Change
from .column import Column
from .findings import Found
from .rows import Row, Table, bare
from .shapes import LONGEST, looks

# The same ids so often, and so many rows.
_FEW_VALUES_IN, _FEWEST_ROWS = 5, 10
# How far from the end a program still writes its own lines.
_LAST_ROWS = 3
_COUNT_AND_WORDS = re.compile(r"\d[\d.,'’ ]*\s[^\W\d_].*")
# What the core takes whatever the action; the rest it is asked about, one by one.
PLAIN = re.compile(r"[!-~]{1,255}")


def findings(table: Table, change: Change, found: Found) -> dict[str, int]:
    """Each id once, with its line. What was found goes to `found`."""
    unique: dict[str, int] = {}
    folded: set[str] = set()
    column = Column()
    last: deque[Row] = deque(maxlen=_LAST_ROWS)
    count = 0
    name = bare(table.column)
    for row in table.rows(found):
        user_id = row.user_id
        count += 1
        if not user_id.strip():
            found.add("missing_id", row.line, user_id)
            continue
        last.append(row)
        if user_id in unique:
            found.add("duplicate_id", row.line, user_id)
            continue
        unique[user_id] = row.line
        fold = _folded(user_id)
        if fold in folded:
            found.add("similar_ids", row.line, user_id)
        folded.add(fold)
        if not PLAIN.fullmatch(user_id) and check(change.intent(user_id)):
            found.add("not_an_id", row.line, user_id)
            continue
        if user_id.strip().casefold() == name:
            found.add("header_again", row.line, user_id)
            continue
        _by_itself(row, column, found)
    if count >= _FEWEST_ROWS and len(unique) * _FEW_VALUES_IN <= count:
        for user_id, line in unique.items():
            found.add("few_values", line, user_id)
    for row in last:
        if _COUNT_AND_WORDS.fullmatch(row.user_id) and not looks(row.user_id).sure:
            found.add("tool_line", row.line, row.user_id)
    column.findings(found)
    return unique


def _by_itself(row: Row, column: Column, found: Found) -> None:
    user_id = row.user_id
    kinds = []
    if user_id != user_id.strip():
        kinds.append("outer_white_space")
    if not user_id.isascii():
        if any(_is_invisible(character) for character in user_id):
            kinds.append("invisible_character")
        if "\N{REPLACEMENT CHARACTER}" in user_id or _is_read_wrongly(user_id):
            kinds.append("damaged_text")
    maybe = None
    if len(user_id) > LONGEST:
        kinds.append("long_id")
    else:
        seen = looks(user_id)
        if seen.sure:
            kinds.append(seen.sure)
        maybe = seen.maybe
    for kind in kinds:
        found.add(kind, row.line, user_id)
    # What is asked about anyway is neither odd nor usual.
    if not kinds:
        column.add(row.line, user_id, maybe)
    elif maybe:
        found.add(maybe, row.line, user_id)


def _folded(user_id: str) -> str:
    plain = user_id if user_id.isascii() else unicodedata.normalize("NFKC", user_id)
    folded = "".join(plain.casefold().split())
    # Most are their own: a million of them need no second copy.
    return user_id if folded == user_id else folded


def _is_invisible(character: str) -> bool:
    category = unicodedata.category(character)
    return category in ("Cf", "Zl", "Zp", "Cn", "Co") or (category == "Zs" and character != " ")


def _is_read_wrongly(text: str) -> bool:
    """`MÃ¼ller`: text that is UTF-8 once more when it is written as what it was read as."""
    for codec in ("cp1252", "latin-1"):
        try:
            return text.encode(codec).decode("utf-8") != text
        except UnicodeError:
            continue
    return False
