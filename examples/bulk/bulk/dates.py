"""Dates and times, in numbers and in the words of any language."""

from __future__ import annotations

import re

from .words import LETTER, MONTHS, bare

_CLOCK = re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-6]\d(?:[.,]\d+)?)?(?:\s?[AaPp]\.?\s?[Mm]\.?)?")
# What follows a date.
_TIME = re.compile(rf"(?:T|[,\s]+){_CLOCK.pattern}\s?(?:Z|[+-]\d\d:?\d\d|[A-Z]{{3,4}}(?:[+-]\d{{4}}.*)?)?$")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:/(\d{1,2})|\.\s?(\d{1,2})\.)")
_DATE = re.compile(r"(\d{1,4})(\.\s?|[/‐-―-])(\d{1,2})\2(\d{1,4})\.?(?:\sг\.?)?")
_MONTH_OF_YEAR = re.compile(r"(?:0?[1-9]|1[0-2])/\d{4}|\d{4}/(?:0?[1-9]|1[0-2])")
# Year, month, day, hours behind their numbers; before them perhaps an era.
_COUNTED = re.compile(r"(?:[^\W\d_a-zA-Z]{2})?(?:\d{1,4}\s?[年月日時时分秒년월일시초]\s?)+")
_COMPACT = re.compile(r"\d{8}T\d{4,6}(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?")
_DAYS, _MONTHS = 31, 12


# So that nothing is slow on a cell that is full of separators.
_LONGEST = 60


def is_numeric_date(text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    if any(form.fullmatch(text) for form in (_CLOCK, _MONTH_OF_YEAR, _COUNTED, _COMPACT)):
        return True
    if match := _DAY_MONTH.fullmatch(text):
        return _is_day_and_month(match[1], match[2] or match[3])
    match = _DATE.fullmatch(_TIME.sub("", text))
    if match is None or not _is_calendar_s(match[1], match[3], match[4]):
        return False
    # 1.2.26 is a version, or a chapter: with dots, short years go with 01.02.
    return match[2] != "." or 4 in (len(match[1]), len(match[4])) or len(match[1]) == len(match[3]) == 2


def _is_calendar_s(first: str, second: str, third: str) -> bool:
    if len(first) == 4 and len(third) <= 2:
        year, rest = first, (second, third)
    elif len(first) <= 2 and len(third) in (2, 4):
        year, rest = third, (first, second)
    else:
        return False
    return _is_day_and_month(*rest) or (len(first) == len(year) == 2 and _is_day_and_month(second, third))


def _is_day_and_month(one: str, other: str) -> bool:
    # Databases write a date that is none as 0000-00-00.
    small, large = sorted((int(one), int(other)))
    return small <= _MONTHS and large <= _DAYS


_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:1[89]|2[0-5])\d\d"
_SEPARATOR = r"[-‐-―./, ]"
# Number first: 01. Mrz, 1 märz, 5 de marzo.
_DAY_WORD = re.compile(rf"{_DAY}\.?(?:[a-z]{{2}}|º)? (?:de )?{LETTER}{{3,}}\.?")
# One word, a number before or behind: whether it is a month tells the word.
_WORD_NUMBER = re.compile(
    rf"(?:(?P<day>{_DAY}){_SEPARATOR}{{1,2}})?(?P<word>{LETTER}+(?:\.{LETTER}+)*)(?P<dot>\.?)(?:{_SEPARATOR}{{0,2}}(?P<year>\d{{2}}|\d{{4}}))?"
)
_TOKENS = re.compile(rf"\d+|{LETTER}+")
# Addresses, keys, and the parts of a UUID.
_NO_DATE = re.compile(r"[@_]|\d{5}|\d[a-fA-F]\d|[a-fA-F]\d[a-fA-F]")
_BETWEEN_TOKENS = re.compile(r"[\s.,/'’‐-―-]*")


def is_worded_date(text: str) -> bool:
    if len(text) > _LONGEST or _NO_DATE.search(text):
        return False
    if _DAY_WORD.fullmatch(text):
        return True
    match = _WORD_NUMBER.fullmatch(text)
    if match and (match["day"] or match["year"]):
        separated = match["day"] or match["dot"] or text[match.end("word")] in "-‐‑‒–—―./, "
        if separated and bare(match["word"]) in MONTHS:
            return True
        # févr.-26: nobody else puts a dot before a hyphen.
        if match["dot"] and match["year"] and text[match.end("dot")] == "-":
            return True
    return _has_day_word_and_year(_TIME.sub("", text))


def _has_day_word_and_year(text: str) -> bool:
    tokens = _TOKENS.findall(text)
    words = [token for token in tokens if not token[0].isdigit()]
    numbers = [token for token in tokens if token[0].isdigit()]
    if not 1 <= len(words) <= 4 or len(numbers) != 2 or not all(map(_BETWEEN_TOKENS.fullmatch, _TOKENS.split(text))):
        return False
    days = [number for number in numbers if re.fullmatch(_DAY, number)]
    years = [number for number in numbers if re.fullmatch(_YEAR, number)]
    if any(bare(word) in MONTHS for word in words):
        return bool(days)
    # Without a word that is known, only what no id looks like: spaces or dots, and a whole year.
    return bool(days and years) and (" " in text or "." in text) and any(len(word) >= 3 for word in words)
