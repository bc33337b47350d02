"""What a cell looks like by itself: decided by its form, since spreadsheets and databases write in every language."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from .dates import is_numeric_date, is_worded_date
from .numerals import BEFORE_NUMBERS, ROUNDED, SCIENTIFIC_OR_HEX, UNIT, is_money, kind_of_number
from .words import EMPTY, LETTER, TRUTH, TRUTH_IN_CAPITALS

# What is longer is found as such. Nothing here is ever slow on what is shorter.
LONGEST = 255


class Looks(NamedTuple):
    # What is wrong for certain enough to ask; or what is, unless the column shows that ids just look so there (`column.py`).
    sure: str | None = None
    maybe: str | None = None


_NOTHING_WRONG = Looks()


def looks(user_id: str) -> Looks:
    # Full-width letters, thin spaces and the like as the usual ones.
    text = (user_id if user_id.isascii() else unicodedata.normalize("NFKC", user_id)).strip()
    if text[:1].isalpha():
        return _word(text)
    found = _numeric(text) if text[:1].isdigit() or text[:1] in BEFORE_NUMBERS else _NOTHING_WRONG
    return _signs(text) if found is _NOTHING_WRONG else found


# --- What begins with a sign -------------------------------------------------------------------------------------------------

# #N/A, #DIV/0!, #¿NOMBRE?, #Н/Д, #NENÍ_K_DISPOZICI: letters, and no digit but a division's zero. ####### is a column too narrow.
_ERROR = re.compile(
    rf"#+|#[¡¿]?(?=[^\w]*{LETTER})(?:{LETTER}|[/_0. -])+[!?]?|=(?=.*\w).*|[+\-@]\w+\(.*\)|\$[A-Z]{{1,3}}\$?\d+", re.DOTALL
)
_NOTHING = re.compile(r"\\[A-Za-z]|[-−]inf(?:inity)?|[(<\[{]\s?(?:null|nil|none|na|nan|n/a|empty|blank)\s?[)>\]}]", re.IGNORECASE)
_TEXT_MARK = re.compile(r"'.*|\".*\"", re.DOTALL)
_BRACKETS = re.compile(r"\(.*\)|\[.*\]|\{.*\}|<.*>|\|.*\|", re.DOTALL)
_GUID = re.compile(r"[({][0-9A-Fa-f-]{32,36}[)}]")
_COMMENT = re.compile(r"(?:--|#+|//|/\*)\s.*\w.*|[\u2500-\u257f].*|&\w+;", re.DOTALL)


def _signs(text: str) -> Looks:
    if _COMMENT.fullmatch(text):
        return Looks("tool_line")
    if _ERROR.fullmatch(text):
        return Looks("spreadsheet_error")
    if _NOTHING.fullmatch(text):
        return Looks("empty_value")
    if not any(one.isalnum() for one in text):
        return Looks("no_letter_or_digit")
    if _TEXT_MARK.fullmatch(text):
        return Looks("text_mark")
    return Looks("tool_line") if _BRACKETS.fullmatch(text) and not _GUID.fullmatch(text) else _NOTHING_WRONG


# --- What begins with a digit ------------------------------------------------------------------------------------------------


def _numeric(text: str) -> Looks:
    if text.isalnum():
        if ROUNDED.fullmatch(text):
            return Looks(maybe="rounded_number")
        if SCIENTIFIC_OR_HEX.fullmatch(text):
            return Looks(maybe="scientific_notation")
        return Looks(maybe="date") if is_numeric_date(text) else _NOTHING_WRONG
    kind = kind_of_number(text)
    if kind:
        return Looks(kind)
    if SCIENTIFIC_OR_HEX.fullmatch(text):
        return Looks(maybe="scientific_notation")
    if is_money(text):
        return Looks("formatted_number")
    if is_numeric_date(text) or is_worded_date(text):
        return Looks(maybe="date")
    if UNIT.fullmatch(text):
        return Looks(maybe="formatted_number")
    return Looks("tool_line") if _COUNT.fullmatch(text) else _NOTHING_WRONG


# --- What begins with a letter -----------------------------------------------------------------------------------------------

# n/a, н/д, k.A., n. v. t.: letters that stand for words.
_ABBREVIATED = re.compile(rf"{LETTER}{{1,2}}(?:/{LETTER}{{1,2}}){{1,2}}\.?|{LETTER}\.\s?(?:{LETTER}\.\s?)*{LETTER}\.")
# LibreOffice's numbers for errors.
_NUMBERED_ERROR = re.compile(r"(?:err[a-z]{0,3}|fehler|[^\W\da-z_]{3,})\s?:\s?5[0-4]\d", re.IGNORECASE)
# TRUE(), Sheet1!A1
_CALL_OR_PLACE = re.compile(rf"{LETTER}+\(\)|.*!\$?[A-Z]{{1,3}}\$?\d+")
# 3 rows in set (0.00 sec)
_COUNT = re.compile(r"\d[\d.,'’ ]*\s.*(?:\(.*\).*|\.)", re.DOTALL)
_LABEL = re.compile(rf"{LETTER}+(?:\s{LETTER}+)*\s?[:：](?:\s.*)?|[^\d]*(?:\.\.\.)", re.DOTALL)


def _word(text: str) -> Looks:
    if text.isalnum():
        if text.casefold() in TRUTH or text in TRUTH_IN_CAPITALS:
            return Looks("truth_value")
        if text.casefold() in EMPTY:
            return Looks("empty_value")
        # 令和8年3月1日
        return Looks(maybe="date") if not text.isascii() and is_numeric_date(text) else _NOTHING_WRONG
    if text.casefold() in EMPTY or _ABBREVIATED.fullmatch(text):
        return Looks("empty_value")
    if _NUMBERED_ERROR.fullmatch(text) or _CALL_OR_PLACE.fullmatch(text):
        return Looks("spreadsheet_error")
    if _LABEL.fullmatch(text):
        return Looks("tool_line")
    if is_money(text):
        return Looks("formatted_number")
    return Looks(maybe="date") if is_worded_date(text) else _NOTHING_WRONG
