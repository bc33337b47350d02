"""What spreadsheets, databases and people put where an id should be, and what ids look like. Generated where there is a rule."""

from __future__ import annotations

import base64
import random
import uuid
from collections.abc import Callable

# As Excel, LibreOffice and Google Sheets write them. What is tested knows none of these lists.
ERRORS = {
    "en": "#DIV/0! #N/A #NAME? #NULL! #NUM! #REF! #VALUE! #SPILL! #CALC! #GETTING_DATA #FIELD! #BLOCKED!",
    "newer": "#CONNECT! #UNKNOWN! #ERROR! #BUSY!",
    "de": "#DIV/0! #NV #NAME? #NULL! #ZAHL! #BEZUG! #WERT! #ÜBERLAUF! #KALK!",
    "fr": "#DIV/0! #N/A #NOM? #NUL! #NOMBRE! #REF! #VALEUR! #PROPAGATION!",
    "es": "#¡DIV/0! #N/D #¿NOMBRE? #¡NULO! #¡NUM! #¡REF! #¡VALOR! #¡DESBORDAMIENTO!",
    "it": "#DIV/0! #N/D #NOME? #NULLO! #NUM! #RIF! #VALORE! #ESPANSIONE!",
    "pt": "#DIV/0! #N/D #NOME? #NULO! #NÚM! #REF! #VALOR! #DESPEJAR!",
    "nl": "#DEEL/0! #N/B #NAAM? #LEEG! #GETAL! #VERW! #WAARDE!",
    "pl": "#DZIEL/0! #N/D! #NAZWA? #ZERO! #LICZBA! #ADR! #ARG!",
    "ru": "#ДЕЛ/0! #Н/Д #ИМЯ? #ПУСТО! #ЧИСЛО! #ССЫЛКА! #ЗНАЧ! #ПЕРЕНОС!",
    "sv": "#DIVISION/0! #SAKNAS! #SAKNAS #NAMN? #SKÄRNING! #OGILTIGT! #REFERENS! #VÄRDEFEL!",
    "da": "#DIVISION/0! #I/T #NAVN? #NUL! #NUM! #REFERENCE! #VÆRDI!",
    "nb": "#DIV/0! #I/T #NAVN? #NULL! #NUM! #REF! #VERDI! #OVERFLYT!",
    "fi": "#JAKO/0! #PUUTTUU! #PUUTTUU #NIMI? #TYHJÄ! #LUKU! #VIITTAUS! #ARVO!",
    "cs": "#DĚLENÍ_NULOU! #NENÍ_K_DISPOZICI #NÁZEV? #NULL! #ČÍSLO! #ODKAZ! #HODNOTA!",
    "hu": "#ZÉRÓOSZTÓ! #HIÁNYZIK #NÉV? #NULLA! #SZÁM! #HIV! #ÉRTÉK!",
    "tr": "#SAYI/0! #YOK #AD? #BOŞ! #SAYI! #BAŞV! #DEĞER!",
    "el": "#ΔΙΑΙΡ/0! #Δ/Υ #ΟΝΟΜΑ? #ΚΕΝΟ! #ΑΡΙΘΜΟΣ! #ΑΝΑΦ! #ΤΙΜΗ!",
    "uk": "#ДІЛ/0! #Н/Д #ІМʼЯ? #ПУСТО! #ЧИСЛО! #ПОСИЛАННЯ! #ЗНАЧ!",
    "ja": "#DIV/0! ＃Ｎ／Ａ #名前? #値!",
    "wide": "# ## ### ######## ################ ＃＃＃＃",
    "libre": "Err:502 Err:508 Err:522 Fehler:502 Erreur:508 Erro:509",
}

FORMULAS = [
    "=A1",
    "=VLOOKUP(A2;B:C;2)",
    "=SVERWEIS(A2;B:C;2;FALSCH)",
    '="007"',
    "=1+1",
    "+SUM(A1:A3)",
    "@SUM(A1)",
    "-SUM(A1:A9)",
    "TRUE()",
    "$A$1",
    "Sheet1!A1",
    "Ошибка:502",
]

NOTHING = [
    *("NULL", "null", "Null", r"\N", "nil", "None", "NaN", "nan", "NA", "N/A", "n/a", "undefined", "(null)", "<null>", "[NULL]"),
    *(
        "-Infinity",
        "inf",
        "<NA>",
        "NaT",
        "unknown",
        "n.a.",
        "N.A.",
        "k.A.",
        "k. A.",
        "н/д",
        "s/d",
        "n.v.t.",
        "b.d.",
        "n. a.",
        "missing",
        "void",
    ),
]
SIGNS_ONLY = ["-", "--", "—", "–", "?", "???", ".", "...", "…", "*", "/", "-----", "~~~", "____", "+------+", "!", "()", "🙂"]
TRUTH = [
    *("TRUE", "FALSE", "true", "False", "yes", "No", "WAHR", "FALSCH", "VRAI", "FAUX", "VERDADERO", "FALSO", "VERO", "WAAR"),
    *("ONWAAR", "ИСТИНА", "ЛОЖЬ", "PRAWDA", "FAŁSZ", "DOĞRU", "YANLIŞ", "SANT", "FALSKT", "IGAZ", "HAMIS", "TOSI", "EPÄTOSI"),
]
TOOL_LINES = [
    *("(3 rows affected)", "(1 row)", "(3 Zeilen)", "(3 строки)", "(3 行受影响)", "(12 lignes affectées)", "(0 filas afectadas)"),
    *("3 rows in set (0.00 sec)", "12 righe (0,01 s)", "Completion time: 2026-11-22T10:00:00", "Total: 3", "Итого: 3", "| ann |"),
    *(
        "3 rows selected.",
        "3 row(s) returned",
        "Summe:",
        "Lädt...",
        "&nbsp;",
        "-- 3 rows",
        "# exported by a tool",
        "// end",
        "[abc]",
        "{abc}",
        '{"id":"a"}',
        '["a","b"]',
        "<td>ann</td>",
        "│ ann │",
    ),
]
TEXT_MARKS = ["'007", '"007"', '"a b"']

# Per locale: what stands between day, month and year, and the short months as spreadsheets write them.
SHORT_MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "de": "Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    "fr": "janv févr mars avr mai juin juil août sept oct nov déc",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "sv": "jan feb mar apr maj jun jul aug sep okt nov dec",
    "pl": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "ru": "янв фев мар апр май июн июл авг сен окт ноя дек",
    "tr": "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
    "fi": "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    "hu": "jan febr márc ápr máj jún júl aug szept okt nov dec",
    "el": "Ιαν Φεβ Μαρ Απρ Μαϊ Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ",
}
# Of languages whose words no list of ours holds: the form must be enough.
UNLISTED_MONTHS = {
    "cy": "Ion Chwef Maw Ebr",
    "eu": "urt ots api",
    "lt": "saus vas kov bal",
    "is": "janúar mars apríl",
    "sq": "jan shk pri",
}


def dates() -> list[str]:
    """As they stand in a cell: of whole dates, and of what became of an id such as MAR1."""
    found = []
    for pattern in ("{d:02}.{m:02}.{y}", "{d}.{m}.{y}", "{d}. {m}. {y}", "{d:02}/{m:02}/{y}", "{m}/{d}/{y}", "{y}-{m:02}-{d:02}"):
        found += [pattern.format(d=d, m=m, y=y) for d, m, y in ((1, 3, 2026), (31, 12, 1999), (9, 9, 2030))]
    for pattern in ("{d:02}-{m:02}-{y}", "{y}/{m:02}/{d:02}", "{y}. {m:02}. {d:02}.", "{d:02}.{m:02}.{y:.2}", "{m}/{d}/{y:.2}"):
        found += [pattern.format(d=d, m=m, y=y) for d, m, y in ((1, 3, "2026"), (31, 12, "1999"), (9, 9, "2030"))]
    found += [
        "2026年11月22日",
        "11月22日",
        "3月1日",
        "2026년 11월 22일",
        "03월 01일",
        "令和8年3月1日",
        "２０２６年３月１日",
        "٢٢/١١/٢٠٢٦",
    ]
    found += [
        "2026-11-22T10:00:00Z",
        "2026-11-22 10:00:00",
        "22.11.2026 10:00",
        "11/22/2026 1:05 PM",
        "2026-11-22T10:00:00.123+01:00",
    ]
    found += [
        "0000-00-00",
        "0000-00-00 00:00:00",
        "00.01.1900",
        "9999-12-31",
        "22.11.",
        "22/11",
        "10:00",
        "23:59:59",
        "1:05 PM",
        "20261122T100000Z",
        "11/2026",
        "22.11.2026 г.",
    ]
    for words in SHORT_MONTHS.values():
        for number, word in enumerate(words.split(), 1):
            found += [
                f"{number}-{word}",
                f"{number:02}. {word}",
                f"{word}-26",
                f"{number} {word}",
                f"{number:02}/{word}",
                f"{word}.-26",
            ]
            found += [
                f"{number} {word} 2026",
                f"{number}-{word}-2026",
                f"{number:02}-{word}-26",
                f"{word} {number}, 2026",
                f"{word} 26",
            ]
    for words in UNLISTED_MONTHS.values():
        for number, word in enumerate(words.split(), 1):
            found += [
                f"{number:02}. {word}",
                f"{number} {word}",
                f"{word}.-26",
                f"{number}. {word} 2026",
                f"{number} {word}. 2026",
            ]
    found += ["1 de marzo de 2026", "5 de marzo", "1er mars 2026", "March 1, 2026", "Sunday, 1 March 2026", "So, 1. März 2026"]
    return [*found, "Sun Mar 01 2026", "1. 3. 2026", "Mar 2026", "1 مارس 2026", "1 มี.ค. 2026"]


def numbers() -> list[str]:
    """As they are shown in one locale or another: grouped, with a decimal part, a sign, a currency, an exponent."""
    found = []
    for group, point in (
        (",", "."),
        (".", ","),
        (" ", ","),
        ("\u00a0", ","),
        ("\u202f", ","),
        ("’", "."),
        ("'", "."),
        ("\u2009", ","),
    ):
        found += [
            f"1{group}234{group}567",
            f"12{group}345{group}678",
            f"1{group}234{group}567{point}89",
            f"123{group}456",
            f"-1{group}234",
        ]
    for point in ".,":
        found += [
            f"12{point}0",
            f"12345{point}0",
            f"0{point}5",
            f"12{point}50 €",
            f"-7{point}25",
            f"1{point}23E+11",
            f"1{point}234567e15",
        ]
        found += [f"9{point}8E+05", f"1{point}23 × 10^11", f"1{point}23x10^11"]
    found += [
        "12,34,567",
        "1,23,45,678.90",
        "1E+11",
        "5e+05",
        "12 %",
        "12%",
        "€12",
        "$12.00",
        "12 €",
        "₹12,34,567",
        "-5",
        "−5",
        "5-",
        "(5)",
    ]
    found += ["1.#INF", "CHF 1’000.00", "5,00 zł", "R$ 5,00", "500 EUR", "50 kr"]
    return [
        *found,
        "(1.234,00)",
        "٫٥",
        "١٬٢٣٤",
        "١٢٫٥",
        "1.234.567,00 €",
        "$ 1,234",
        "1234567890123450000",
        "9.00719925474099E+15",
    ]


GIVEN = "anna ben carla david elena frank grace henry irina jonas karin liam maria noah olga paul quinn rosa sven tina"
FAMILY = "adler brown costa dubois evans fischer garcia hansen ito jones kim lopez meyer novak olsen petrov"


def good(seed: int = 1) -> dict[str, list[str]]:
    """Per kind, a column of 40 that nobody must be asked about, neither in whole nor one by one."""
    chance = random.Random(seed)
    given, family = GIVEN.split(), FAMILY.split()

    def text(of: str, count: int) -> str:
        return "".join(chance.choices(of, k=count))

    def key(count: int) -> str:
        return base64.urlsafe_b64encode(chance.randbytes(count)).decode().rstrip("=")

    def person() -> tuple[str, str]:
        return chance.choice(given), chance.choice(family)

    digits, hexadecimal, crockford = "0123456789", "0123456789abcdef", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    made: dict[str, Callable[[int], str]] = {
        "uuid": lambda _: str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "uuid in braces": lambda _: "{" + str(uuid.UUID(int=chance.getrandbits(128), version=4)).upper() + "}",
        "uuid without hyphens": lambda _: text(hexadecimal, 32),
        "ulid": lambda _: "01J" + text(crockford, 23),
        "short hex": lambda _: text(hexadecimal, 8),
        "object id": lambda _: text(hexadecimal, 24),
        "sha256": lambda _: text(hexadecimal, 64),
        "base64url": lambda _: key(16),
        "base64": lambda _: base64.b64encode(chance.randbytes(16)).decode(),
        "nano id": lambda _: text(alphabet + alphabet.upper() + digits, 21),
        "prefixed": lambda _: "usr_" + text(alphabet + alphabet.upper() + digits, 14),
        "numbered": lambda n: f"user-{n}",
        "numbered from 2 digits": lambda n: f"user-{n + 10}",
        "padded number": lambda n: f"{n:06}",
        "number": lambda n: str(100_000 + n * 37),
        "long number": lambda _: str(chance.randrange(10**17, 10**18)),
        "16 digits": lambda _: str(chance.randrange(10**15, 10**16)),
        "counted": lambda n: str(n + 1),
        "dotted": lambda n: f"user_{n // 7 + 1}.{n % 7}",
        "e-mail": lambda n: "{}.{}{}@bank.example".format(*person(), n),
        "e-mail with a plus": lambda n: f"{person()[0]}+{n}@bank.example",
        "name": lambda n: "{}.{}".format(*person()) + "abcdefghij"[n % 10] * (n // 10),
        "full name": lambda n: "{} {}".format(*person()).title() + " " + "ABCDEFGHIJ"[n % 10] + "ABCD"[n // 10],
        "first name": lambda n: given[n % 20] + "abcd"[n // 20],
        "name with an apostrophe": lambda n: f"o'{family[n % 16]}{n}",
        "telephone": lambda _: "+49151" + text(digits, 8),
        "telephone in groups": lambda _: f"+49 151 {text(digits, 8)}",
        "telephone with brackets": lambda _: f"({text('23456789', 3)}) {text('23456789', 3)}-{text(digits, 4)}",
        "telephone with hyphens": lambda _: f"{text('23456789', 3)}-{text('23456789', 3)}-{text(digits, 4)}",
        "three parts": lambda _: f"{text(digits, 3)}-{text(digits, 2)}-{text(digits, 4)}",
        "pairs": lambda _: f"{text('456789', 1)}{text(digits, 1)}-{text(digits, 2)}-{text(digits, 2)}",
        "case number": lambda n: f"2026-{n + 1:04}",
        "plate": lambda _: f"{text(alphabet.upper(), 2)}-{text(digits, 4)}-{text(alphabet.upper(), 2)}",
        "branch and seat": lambda n: f"{n % 4 + 1}-{n + 1}",
        "hash sign": lambda n: f"#{n + 1000}",
        "subject": lambda _: f"auth0|{text(hexadecimal, 24)}",
        "uri": lambda n: f"https://id.bank.example/users/{n}",
        "did": lambda n: f"did:web:bank.example:{n}",
        "security id": lambda _: f"S-1-5-21-{text('123456789', 9)}-{text('123456789', 4)}",
        "letter and number": lambda n: f"A{n + 100}",
        "number and letter": lambda n: f"{n + 100}-a",
        "umlauts": lambda n: f"Zoë-Müller-{n}",
        "cyrillic": lambda n: ["анна", "борис", "вера", "глеб"][n % 4] + "абвгдежзик"[n // 4],
        "chinese": lambda n: "王李张刘陈杨黄赵吴周"[n % 10] + "伟芳娜敏"[n // 10],
        "arabic": lambda n: ["أحمد", "سارة", "ليلى", "عمر"][n % 4] + "ابتثجحخدذر"[n // 4],
        "month in a name": lambda n: f"{['jan', 'feb', 'mar'][n % 3]}{n}",
        "set": lambda n: f"set-{n + 1:02}",
        "team": lambda n: f"{['red', 'blue', 'green', 'amber'][n % 4]}-{n + 1:02}",
        "ip-like": lambda n: f"10.0.{n}.7",
        "version-like": lambda n: f"1.2.{n}",
    }
    return {name: sorted({make(number) for number in range(40)}) for name, make in made.items()}
