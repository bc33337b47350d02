"""What was found in the file: how often, and where first. However many rows there are, only a few places are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

Level: TypeAlias = Literal["error", "question", "hint"]

SHOWN_PLACES = 5
SHOWN_CHARACTERS = 40

KINDS: dict[str, tuple[Level, str]] = {
    "without_byte_order_mark": ("error", 'UTF-16 that does not say so: save it as "CSV UTF-8"'),
    "not_unicode": ("error", 'bytes that are not the encoding of the file: save it as "CSV UTF-8"'),
    "bad_quotes": ("error", "a quote inside a cell, or one that is never closed: where the cell ends is not certain"),
    "missing_id": ("error", "no id"),
    "not_an_id": ("error", "an id that can't be sent (control characters, line breaks)"),
    "duplicate_id": ("question", "an id that stands above already; it is sent once"),
    "few_values": ("question", "the same few ids again and again: it may be the wrong column"),
    "too_many_cells": ("question", "more cells than the header has: an id may have been cut at a delimiter"),
    "single_cell": ("question", "one cell only, unlike most lines: a program's own line, or a row that was cut"),
    "header_again": ("question", "the column's name instead of an id"),
    "tool_line": ("question", "a program's own line or mark, such as (3 rows affected), {…}, | … | or Total: 3"),
    "spreadsheet_error": ("question", "a spreadsheet's error or formula instead of an id"),
    "empty_value": ("question", "a word or sign for nothing, such as NULL, \\N or n/a"),
    "no_letter_or_digit": ("question", "neither a letter nor a digit"),
    "truth_value": ("question", "true or false instead of an id"),
    "scientific_notation": ("question", "a number such as 1.23E+11: a spreadsheet has overwritten the id"),
    "decimal_number": ("question", "a number with a decimal part, such as 12.0: a spreadsheet may have added it"),
    "formatted_number": ("question", "a number as it is shown to people, such as 1.234.567, -5 or 12 %"),
    "rounded_number": ("question", "a long number that ends as a spreadsheet rounds them: digits may be lost"),
    "date": ("question", "a date or time: a spreadsheet may have made it of an id such as MAR1"),
    "text_mark": ("question", "an apostrophe in front or quotes around, as programs mark text"),
    "outer_white_space": ("question", "white space before or behind the id, which is sent as part of it"),
    "invisible_character": ("question", "a character that can't be seen, or a space other than the usual one"),
    "damaged_text": ("question", "text that was read with the wrong encoding before it came into this file"),
    "long_id": ("question", "an id of more than 255 characters"),
    "odd_shape": ("question", "made otherwise than nearly all others: its signs, letters, digits or length"),
    "similar_ids": ("hint", "ids that differ only in case, spaces or the width of letters from one above"),
    "mixed_lengths": ("hint", "ids of digits, shorter than most: leading zeros may have been lost"),
}
QUESTIONS = tuple(kind for kind, (level, _) in KINDS.items() if level == "question")


class Place(NamedTuple):
    line: int
    # The cell.
    text: str


@dataclass
class Tally:
    """How many, and the first few."""

    count: int = 0
    places: list[Place] = field(default_factory=list)

    def add(self, line: int, text: str) -> None:
        self.count += 1
        if len(self.places) < SHOWN_PLACES:
            self.places.append(Place(line, text))

    def merge(self, other: Tally) -> None:
        self.count += other.count
        self.places = sorted([*self.places, *other.places])[:SHOWN_PLACES]


@dataclass(frozen=True)
class Finding:
    kind: str
    count: int
    places: list[Place]

    @property
    def level(self) -> Level:
        return KINDS[self.kind][0]

    @property
    def text(self) -> str:
        return KINDS[self.kind][1]


class Found:
    """Collects while the file is read."""

    def __init__(self) -> None:
        self.tallies = {kind: Tally() for kind in KINDS}

    def add(self, kind: str, line: int, text: str = "") -> None:
        self.tallies[kind].add(line, text)

    def forget(self, kind: str) -> None:
        self.tallies[kind] = Tally()

    def has_errors(self) -> bool:
        return any(one.level == "error" for one in self.all())

    def all(self) -> list[Finding]:
        return [Finding(kind, tally.count, tally.places) for kind, tally in self.tallies.items() if tally.count]


def shown(text: str) -> str:
    """A cell or a name as a person may see it: in quotes, so that outer space shows, short, and nothing that a terminal obeys."""
    quote = '"' if "'" in text else "'"
    safe = "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text[:SHOWN_CHARACTERS])
    return f"{quote}{safe}{quote}" if len(text) <= SHOWN_CHARACTERS else f"{quote}{safe}{quote}… ({len(text)} characters)"
