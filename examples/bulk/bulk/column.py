"""What the ids of a column have in common, and which ones differ from nearly all others.

A form alone can't tell whether `12-11-26` is a date or an account, or `SUMMA` a person: the other ids can. Each id goes into the
group of those that are made alike, so that what is kept does not grow with the rows.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from .findings import Found, Tally
from .words import bare

# Fewer ids show nothing usual.
FEWEST = 10
# One in so many may differ: then the others are "nearly all".
ONE_IN = 20
# Ids of a fixed length are at least this long: shorter ones are numbered, or words.
SHORTEST_FIXED = 12
# With more groups than that, there is no usual form.
MOST_GROUPS = 20_000
# What names and addresses have here and there.
_MILD = frozenset("-_.'’+")
_DIGITS_PLACES = frozenset(["begins with digit", "ends with digit"])
_PLACES = _DIGITS_PLACES | {"begins with letter"}
# Whoever lacks these is asked about; whoever has one that others have not, is not: `anna2` among names.
_USUAL_ONLY = _PLACES | {"digit", "latin"}
_SPREADSHEET_DIGITS = 15
_MANY_WORDS = 3
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORD_FIRST = re.compile(r"([^\W\d_]+)\W?\d+")


class Form(NamedTuple):
    signs: str
    length: int
    has_digit: bool
    has_letter: bool
    is_latin: bool
    # A word in capitals.
    is_capitals: bool
    begins_with_digit: bool
    ends_with_digit: bool

    @property
    def is_number(self) -> bool:
        return not self.signs and not self.has_letter


@dataclass
class _Group:
    plain: Tally = field(default_factory=Tally)
    # Those of whom their form says that they may be something else.
    maybe: dict[str, Tally] = field(default_factory=dict)
    # What they begin with; three are many.
    words: set[str] = field(default_factory=set)
    dates_words: set[str] = field(default_factory=set)

    def add_word(self, user_id: str, is_date: bool) -> None:
        words = self.dates_words if is_date else self.words
        if len(words) < _MANY_WORDS:
            word = _FIRST_WORD.match(user_id)
            words.add(bare(word[0]) if word else "")

    def is_by_chance(self, kind: str, length: int) -> bool:
        """Whether ids that were made at random would look so as often."""
        count = self.maybe[kind].count
        if kind == "rounded_number" and length:
            expected = self.count / 10.0 ** (length - _SPREADSHEET_DIGITS)
            return count <= expected + 3 * math.sqrt(expected)
        # mar-26 among ben-26 and tom-31 is one of many names; among user-1 and user-2, it is none of them.
        is_one_of_them = kind != "date" or len(self.words) >= _MANY_WORDS or self.dates_words <= self.words
        return self.count >= FEWEST and count * 2 < self.count and is_one_of_them

    @property
    def count(self) -> int:
        return self.plain.count + sum(tally.count for tally in self.maybe.values())


class Column:
    def __init__(self) -> None:
        self._groups: dict[Form, _Group] = {}
        self._count = 0
        self._dates = 0
        # What stands before the number of a date: two are enough to know.
        self._words: set[str] = set()

    def add(self, line: int, user_id: str, maybe: str | None) -> None:
        self._count += 1
        form = _form(user_id)
        group = self._groups.get(form)
        if group is None:
            group = self._groups.setdefault(form if len(self._groups) < MOST_GROUPS else _ANY, _Group())
        group.add_word(user_id, maybe == "date")
        if maybe is None:
            group.plain.add(line, user_id)
            return
        group.maybe.setdefault(maybe, Tally()).add(line, user_id)
        if maybe == "date":
            self._dates += 1
            if len(self._words) < 2:
                word = _WORD_FIRST.fullmatch(user_id)
                self._words.add(bare(word[1]) if word else "")

    def findings(self, found: Found) -> None:
        is_series = self._is_series()
        differs = self._differing()
        for form, group in self._groups.items():
            odd = [group.plain]
            for kind, tally in group.maybe.items():
                if (kind == "date" and is_series) or group.is_by_chance(kind, form.length):
                    odd.append(tally)
                else:
                    found.tallies[kind].merge(tally)
            for tally in odd if form in differs else ():
                found.tallies["odd_shape"].merge(tally)
        for tally in self._shorter_than_most():
            found.tallies["mixed_lengths"].merge(tally)

    def _is_series(self) -> bool:
        """`set-1`, `set-2`, …: one word that happens to be a month's, numbered. A spreadsheet puts the number first."""
        return len(self._words) == 1 and self._words != {""} and self._dates >= FEWEST and self._dates * 2 > self._count

    def _differing(self) -> set[Form]:
        few = max(1, self._count // ONE_IN)
        if self._count < FEWEST or len(self._groups) > MOST_GROUPS:
            return set()
        having: Counter[str] = Counter()
        lengths: Counter[int] = Counter()
        for form, group in self._groups.items():
            lengths[form.length] += group.count
            for name in _features(form):
                having[name] += group.count
        usual = {name for name, count in having.items() if count >= self._count - few}
        unusual = {name for name, count in having.items() if count <= few and name not in _MILD | _USUAL_ONLY}
        length, same = lengths.most_common(1)[0]
        is_fixed = same >= self._count - few

        def differs(form: Form) -> bool:
            has = set(_features(form))
            lacking = usual - has
            if is_fixed and form.length == length:
                # Of ids made at random, some have no digit, or no letter. Where all begin or end alike, it is not chance.
                if "begins with letter" not in lacking:
                    lacking.discard("letter")
                if not lacking & _DIGITS_PLACES:
                    lacking.discard("digit")
            elif is_fixed and length >= SHORTEST_FIXED:
                return True
            return bool(lacking - _PLACES or unusual & has)

        return {form for form in self._groups if differs(form)}

    def _shorter_than_most(self) -> Iterator[Tally]:
        numbers = [(form.length, group) for form, group in self._groups.items() if form.is_number]
        lengths: Counter[int] = Counter()
        for length, group in numbers:
            lengths[length] += group.count
        if len(lengths) < 2:
            return
        usual, count = lengths.most_common(1)[0]
        # Ids that are simply numbered 8, 9, 10, 11 have no usual length.
        if count * 2 <= lengths.total():
            return
        for length, group in numbers:
            if length < usual:
                yield group.plain


def _features(form: Form) -> Iterator[str]:
    yield from form.signs
    if form.has_digit:
        yield "digit"
    if form.has_letter:
        yield "letter"
    if form.is_latin:
        yield "latin"
    yield "begins with digit" if form.begins_with_digit else "begins with letter"
    if form.ends_with_digit:
        yield "ends with digit"
    if form.is_capitals:
        yield "capitals"


_ALPHANUMERIC = {code: None for code in range(128) if chr(code).isalnum()}
_LETTERS = {code: None for code in range(128) if chr(code).isalpha()}
_ANY = Form("", 0, True, True, True, False, False, False)


def _form(user_id: str) -> Form:
    length = len(user_id)
    if user_id.isascii():
        signs = user_id.translate(_ALPHANUMERIC)
        others = len(user_id.translate(_LETTERS))
        is_latin = True
    else:
        signs = "".join(one for one in user_id if not one.isalnum() and unicodedata.category(one)[0] != "M")
        letters = [one for one in user_id if one.isalpha()]
        others = length - len(letters)
        is_latin = all(_is_latin(one) for one in letters)
    return Form(
        _distinct(signs) if signs else "",
        length,
        others > len(signs),
        others < length,
        is_latin,
        not others and length > 1 and user_id.isupper(),
        user_id[0].isdigit(),
        user_id[-1].isdigit(),
    )


@lru_cache(1024)
def _distinct(signs: str) -> str:
    return "".join(sorted(set(signs)))


@lru_cache(1024)
def _is_latin(letter: str) -> bool:
    return "LATIN" in unicodedata.name(letter, "")
