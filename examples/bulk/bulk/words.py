"""Words that no form tells from an id. They help in files of a few rows; where there are more, the column shows as much.

Months tell `Mar-26` from `user-26`. They are not needed where the form says enough: `01. Mrz`, `févr.-26`, `3月1日`.
"""

from __future__ import annotations

import unicodedata

# Letters with their accents and vowel signs, which are no letters to `re`.
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
LETTER = f"(?:[^\\W\\d_][{_MARKS}]*)"

_MONTHS = """
jan feb mar apr may jun jul aug sep oct nov dec sept june july march april
mrz mär märz mai juni juli okt dez jän janv févr mars avr juin juil août déc
ene abr ago dic gen mag giu lug set ott fev out maart mrt mei
maj jún júl ápr márc febr szept máj
sty lut kwi cze lip sie wrz paź lis gru led úno bře dub kvě čvn čvc srp zář říj pro
tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu tam hel maa huh tou kes hei syy lok joul
oca şub nis haz tem ağu eyl eki kas ara ian iul iun noi
янв фев мар апр май мая июн июня июл июля авг сен сент окт ноя нояб дек февр марта
січ лют бер кві тра чер лип сер вер жов лис гру
ιαν φεβ μαρ απρ μαϊ ιουν ιουλ αυγ σεπ οκτ νοε δεκ
ינו פבר מרץ אפר מאי יונ יול אוג ספט אוק נוב דצמ
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
มค กพ มีค เมย พค มิย กค สค กย ตค พย ธค
जन फ़र मार्च अप्रैल मई जून जुल अग सित अक्टू नव दिस
thg tháng th
"""

# As programs write them, in any case.
_EMPTY = "null nil none nan na n/a nat void undefined unknown missing empty blank tbd pd.na <na> inf infinity"
_TRUTH = "true false yes no"
# As spreadsheets write them.
_TRUTH_IN_CAPITALS = """
WAHR FALSCH VRAI FAUX VERDADERO FALSO VERO VERDADEIRO WAAR ONWAAR SANT FALSKT SAND FALSK USANN TOSI EPÄTOSI IGAZ HAMIS PRAWDA
FAŁSZ PRAVDA NEPRAVDA DOĞRU YANLIŞ ADEVĂRAT FALS ИСТИНА ЛОЖЬ ІСТИНА ХИБНІСТЬ ΑΛΗΘΗΣ ΨΕΥΔΗΣ BENAR SALAH ĐÚNG SAI
"""


def bare(word: str) -> str:
    """Without case, dots and the second spelling of a letter."""
    return unicodedata.normalize("NFKC", word).casefold().replace(".", "")


MONTHS = frozenset(map(bare, _MONTHS.split()))
EMPTY = frozenset(_EMPTY.split())
TRUTH = frozenset(_TRUTH.split())
TRUTH_IN_CAPITALS = frozenset(_TRUTH_IN_CAPITALS.split())
