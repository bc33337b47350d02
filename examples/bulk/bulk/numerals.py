"""Numbers as they are shown to people, in one locale or another."""

from __future__ import annotations

import re

from .words import LETTER

_CURRENCY = "$¢-¥֏؋৲৳฿៛₠-₿"
BEFORE_NUMBERS = "+-−(.,٫$¢£¤¥֏؋৲৳฿៛" + "".join(map(chr, range(0x20A0, 0x20C0)))
_AROUND = re.compile(rf"(?P<sign>[-−]?)\s?[{_CURRENCY}]?\s?(?P<inner>[-−]?)(?P<number>.*?)(?P<after>\s?[{_CURRENCY}%‰٪]|[-−]?)")
_LIKE_A_NUMBER = re.compile(r"(?:[^\w]|\d|[eEЕеxX])*|.*#[A-Z]+")
_DECIMAL = re.compile(r"\d*[.,٫]\d+|\d+[.,٫]")
# Groups of three, or an Indian one; behind them perhaps a decimal part.
_GROUPED = re.compile(
    r"(?!0)\d{1,3}(?P<by>[.,'’‘ʼ´`٬ ])(?:\d{3}(?P=by))*\d{3}(?:(?!(?P=by))[.,٫]\d+)?|(?!0)\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?"
)
_NOT_FINITE = re.compile(r"\d\.#[A-Z]+")
# CHF 1'000.00, 5,00 zł; with a plain number it could be a name: 12 ann.
_MONEY = re.compile(rf"{LETTER}{{1,3}}(?:\s|[{_CURRENCY}]\s?)(?P<behind>\d.*)|(?P<before>\d.*\d)\s{LETTER}{{1,3}}\.?")
UNIT = re.compile(rf"\d+\s{LETTER}{{1,4}}\.?")
_E = r"\s?[eEЕе]\s?"
_SCIENTIFIC = re.compile(
    rf"\d+(?:[.,٫]\d*)?{_E}\+\d+|\d+[.,٫]\d*{_E}[-−]?\d+|\d+(?:[.,٫]\d*)?\s?[×xX·*⋅]\s?10\s?\^?\s?[+\-−]?\d+"
)
SCIENTIFIC_OR_HEX = re.compile(r"\d+[eE]-?\d+")
# Spreadsheets keep 15 digits and write zeros for the rest.
ROUNDED = re.compile(r"[1-9]\d{14}0+")


def is_money(text: str) -> bool:
    match = _MONEY.fullmatch(text)
    if match is None:
        return False
    number = match["behind"] or match["before"]
    return any(form.fullmatch(number) for form in (_DECIMAL, _GROUPED))


def kind_of_number(text: str) -> str | None:
    """Which kind of number it is, if it is one that no id looks like."""
    if not _LIKE_A_NUMBER.fullmatch(text):
        return None
    in_brackets = text[0] == "(" and text[-1] == ")"
    around = _AROUND.fullmatch(text[1:-1] if in_brackets else text)
    if around is None:
        return None
    inner = around["number"]
    # A plus is a telephone number's, or this.
    if _SCIENTIFIC.fullmatch(inner.lstrip("+")):
        return "scientific_notation"
    if _DECIMAL.fullmatch(inner) or _NOT_FINITE.fullmatch(inner):
        return "decimal_number"
    if _GROUPED.fullmatch(inner):
        return "formatted_number"
    # -5, 5-, (5), $5, 5 %: a plain number with something around it.
    return "formatted_number" if inner.isdigit() and inner != text else None
