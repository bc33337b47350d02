"""What is read from a CSV file, what is refused, and what looks wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from enrollkit import check

from bulk import checks, rows
from bulk.actions import CHANGES
from bulk.failures import Failure
from bulk.findings import Found, shown


def read(
    tmp_path: Path, content: str | bytes, column: str = "user_id", delimiter: str | None = None
) -> tuple[rows.Table, list[rows.Row], Found]:
    path = tmp_path / "users.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = Found()
    table = rows.read(path, column, delimiter, found)
    return table, list(table.rows(found)), found


@pytest.mark.parametrize(
    "content",
    [
        "user_id\n007\nb\n",
        "user_id\r\n007\r\nb",
        "user_id\r007\rb\r",
        "\n\nuser_id\n\n007\n\nb\n\n",
        '"user_id"\n"007"\n"b"\n',
        "name,user_id\nAnna,007\nBen,b\n",
        "name;user_id\nAnna, too;007\nBen;b\n",
        "name\tuser_id\nAnna\t007\nBen\tb\n",
        "name|user_id\nAnna|007\nBen|b\n",
        'sep=;\nname;user_id\n"An;na";007\nBen;b\n',
        '"a;b", user_id \n1,007\n2,b\n',
        "user_id,name\n007,Anna\n,\nb\n",
        b"\xef\xbb\xbfuser_id\n007\nb\n",
        "\ufeffuser_id\n007\nb\n".encode("utf-16-le"),
        "\ufeffuser_id\n007\nb\n".encode("utf-16-be"),
    ],
)
def test_ids_are_read_as_they_stand(tmp_path: Path, content: str | bytes) -> None:
    assert [row.user_id for row in read(tmp_path, content)[1]] == ["007", "b"]


def test_it_is_said_how_the_file_was_read(tmp_path: Path) -> None:
    table, _, _ = read(tmp_path, "\ufeffname;user_id\nAnna;ä\n;\n".encode("utf-16-le"))
    assert table.notes == [
        "read as UTF-16 (its byte order mark says so), separated by semicolons, ids from the column 'user_id'",
        "blank lines, skipped: 1",
    ]


def test_lines_are_the_file_s_own(tmp_path: Path) -> None:
    _, found, _ = read(tmp_path, 'sep=,\nnote,user_id\n"two\nlines",a\n\nx,b\n')
    assert [(row.line, row.user_id) for row in found] == [(3, "a"), (6, "b")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\r\n \n", "is empty"),
        (b"user_id\n", "no rows"),
        (b"user_id\n\n\n", "no rows"),
        (b"id,name\n1,Anna\n", "no column 'user_id'; its first line is 'id', 'name'"),
        (b"user-1\nuser-2\n", "no column 'user_id'; its first line is 'user-1'"),
        (b"user_id,user_id\na,b\n", "2 columns named 'user_id'"),
        (b"User_ID,user_id \na,b\n", "2 columns that are much like 'user_id': 'User_ID', 'user_id '. --column names one exactly"),
        (b"ab,b\x1b[2J,'\n1,2,3\n", "its first line is 'ab', 'b\\x1b[2J', \"'\". --column names another"),
        (b"x" * 100 + b",y\n1,2\n", f"its first line is '{'x' * 40}'… (100 characters), 'y'"),
        (b"a," * 99 + b"a\n", "'a', …. --column"),
        (b"user_id,a;b\n1,2\n", "comma"),
        ("\ufeffuser_id\na\n".encode("utf-32-le"), "UTF-32"),
        (b"PK\x03\x04rest of a workbook", "is a workbook"),
    ],
)
def test_what_can_not_be_read_for_certain_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(Failure) as caught:
        read(tmp_path, content)
    assert said in str(caught.value)
    assert caught.value.code == 2


@pytest.mark.parametrize(
    ("header", "column", "spelled"),
    [
        ("User_ID ,user_id", "User_ID ", "User_ID "),
        ("User_ID ,user_id", "user_id", "user_id"),
        ("id,User_ID ", "User_ID ", "User_ID "),
        ("id, USER_id", "user_id", " USER_id"),
        ("id,user_id", " User_ID ", "user_id"),
        ("id,\u00a0user_id\u200b", "user_id", "\u00a0user_id\u200b"),
        ("id,STRASSE", "straße", "STRASSE"),
    ],
)
def test_a_column_is_found_by_its_name(tmp_path: Path, header: str, column: str, spelled: str) -> None:
    table, _, _ = read(tmp_path, f"{header}\n1,2\n", column)
    assert table.column == spelled
    assert table.notes[0].endswith(f"ids from the column {spelled!r}")


def test_a_missing_or_unreadable_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(Failure, match="Can't read the CSV file"):
            rows.read(path, "user_id", None, Found())


def kinds(tmp_path: Path, content: str | bytes, action: str = "deactivate", column: str = "user_id") -> dict[str, list[int]]:
    path = tmp_path / "users.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = Found()
    checks.findings(rows.read(path, column, None, found), CHANGES[action], found)
    return {one.kind: [place.line for place in one.places] for one in found.all()}


@pytest.mark.parametrize(
    ("user_id", "kind"),
    [
        ('"   "', "missing_id"),
        ('"a\nb"', "not_an_id"),
        ("a\x01b", "not_an_id"),
        ("a\x7fb", "not_an_id"),
        (" a", "outer_white_space"),
        ("a\u3000", "outer_white_space"),
        ("a\u00a0b", "invisible_character"),
        ("a\u200bb", "invisible_character"),
        ("a\u202eb", "invisible_character"),
        ("\ufeffa", "invisible_character"),
        ("a\ufffdb", "damaged_text"),
        ("1.23E+11", "scientific_notation"),
        ('"1,23e+11"', "scientific_notation"),
        ("12E5", "scientific_notation"),
        ("12345.0", "decimal_number"),
        ('"12,50"', "decimal_number"),
        ("1234567890123450000", "rounded_number"),
        ("1-Mar", "date"),
        ("Mar-26", "date"),
        ("2026-11-22", "date"),
        ("22.11.2026", "date"),
        ("#N/A", "spreadsheet_error"),
        ("#REF!", "spreadsheet_error"),
        ("=A1", "spreadsheet_error"),
        ("'007", "text_mark"),
    ],
)
def test_an_id_that_looks_wrong_is_found(tmp_path: Path, user_id: str, kind: str) -> None:
    for action in ("deactivate", "delete-permanently"):
        assert kind in kinds(tmp_path, f"user_id\nfine\n{user_id}\n", action)


@pytest.mark.parametrize("user_id", ["user-42", "007", "Zoë", "1e", "E12", "user 1", "a.b@c.example", "5-a", "marvin"])
def test_a_usual_id_is_not(tmp_path: Path, user_id: str) -> None:
    assert kinds(tmp_path, f"user_id\n{user_id}\n") == {}


def test_ids_are_compared_with_each_other(tmp_path: Path) -> None:
    content = "user_id,name\n10\n11\n10\n12\n7\nAnna\nanna,B,C\n13\n14\n15\n"
    assert kinds(tmp_path, content) == {"duplicate_id": [4], "too_many_cells": [8], "similar_ids": [8], "mixed_lengths": [6]}
    assert kinds(tmp_path, "user_id\n8\n9\n10\n11\n") == {}


def test_no_finding_hides_another(tmp_path: Path) -> None:
    huge = b"x" * 2_000_000
    content = (
        b"user_id,note\nfine-1,a\n"
        + huge
        + b',b\nfine-2,\xe4\n#NV,c\n"a"b,d\na\0b,e\nNULL,f\n,g\nfine-1,h\n"fine-3,i\n1.234.567,j\n'
    )
    expected = {
        "not_unicode": [4],
        "bad_quotes": [6, 11],
        "missing_id": [9],
        "not_an_id": [7],
        "duplicate_id": [10],
        "spreadsheet_error": [5],
        "empty_value": [8],
        "formatted_number": [12],
        "long_id": [3],
    }
    assert kinds(tmp_path, content) == expected
    assert kinds(tmp_path, content.replace(b"\n", b"\r\n")) == expected
    assert kinds(tmp_path, b"\xef\xbb\xbf" + content.replace(b"\n", b"\r")) == expected


def test_what_is_kept_does_not_grow_with_what_is_found(tmp_path: Path) -> None:
    path = tmp_path / "users.csv"
    path.write_text("user_id\n" + "".join(f'{number}.5\n\nNULL\n"a"b\n' for number in range(20_000)), encoding="utf-8")
    found = Found()
    checks.findings(rows.read(path, "user_id", None, found), CHANGES["deactivate"], found)
    counts = {one.kind: (one.count, len(one.places)) for one in found.all()}
    assert counts["decimal_number"] == counts["bad_quotes"] == (20_000, 5)
    assert counts["duplicate_id"] == (19_999, 5)


def test_utf_16_is_read_and_what_is_wrong_with_it_found(tmp_path: Path) -> None:
    text = "user_id\nfine\n#NV\n,\n" + "x" * 500 + "\n"
    for codec in ("utf-16-le", "utf-16-be"):
        assert kinds(tmp_path, "\ufeff".encode(codec) + text.encode(codec)) == {"spreadsheet_error": [3], "long_id": [5]}
        found = kinds(tmp_path, text.encode(codec))
        assert found == {"without_byte_order_mark": [1], "spreadsheet_error": [3], "long_id": [5]}
    broken = "\ufeff".encode("utf-16-le") + (text + "a\ud800b").encode("utf-16-le", "surrogatepass") + b"\0"
    assert kinds(tmp_path, broken)["not_unicode"] == [6]


def test_quotes_that_do_not_fit_hide_one_line_only(tmp_path: Path) -> None:
    lines = 'user_id\na\n"b\nc\n"d"e\nNULL\n"f\n'
    assert kinds(tmp_path, lines) == {"bad_quotes": [3, 5, 7], "empty_value": [6]}


def test_what_a_cell_holds_is_shown_short_and_safe() -> None:
    assert shown("a\x1b[2J\u202eb ") == r"'a\x1b[2J\u202eb '"
    assert shown("\\N") == r"'\N'"
    assert shown("'007") == '"\'007"'
    assert shown("\udcff\U000e0001") == r"'\udcff\U000e0001'"
    assert shown("x" * 2_000_000) == f"'{'x' * 40}'… (2000000 characters)"


def test_programs_lines_are_found_by_where_they_stand(tmp_path: Path) -> None:
    assert kinds(tmp_path, "user_id,name\na,Anna\nb,Ben\nSumme\n") == {"single_cell": [4]}
    # Where most lines are so, it is how the file is written.
    assert kinds(tmp_path, "user_id,name\na\nb\nc,Cleo\n") == {}
    assert kinds(tmp_path, "user_id\na\n User_ID\nb\n") == {"header_again": [3]}
    assert kinds(tmp_path, "user_id\na\nb\n3 rows\n")["tool_line"] == [4]
    values = "WAHR\nFALSCH\nX\n" * 10
    assert kinds(tmp_path, f"user_id\n{values}")["few_values"] == [2, 3, 4]


def test_an_id_unlike_nearly_all_others_is_asked_about(tmp_path: Path) -> None:
    def odd(*ids: str) -> list[int]:
        return kinds(tmp_path, "user_id\n" + "".join(f"{one}\n" for one in ids)).get("odd_shape", [])

    numbered = [f"user-{number}" for number in range(30)]
    for one in ("Summe", "nicht vorhanden", "1234", "user_id 7", "юзер-7", "user-7/8", "user7"):
        assert odd(*numbered, one) == [32], one
    assert odd(*map(str, range(1000, 1030)), "1A30") == [32]
    # Two usual forms are not one and its exceptions; a handful shows nothing.
    assert odd(*numbered, "anna", "ben", "carla") == []
    assert odd("user-1", "user-2", "user-3", "anna") == []
    names = [f"{first}{second}" for first in ("anna", "ben", "carla", "dora") for second in "abcdefgh"]
    assert odd(*names, "EDELTRAUD") == [34]
    assert odd(*names, "jean-luc", "o'neil") == []


def test_what_is_plain_needs_no_asking_the_core() -> None:
    for character in map(chr, range(0x21, 0x7F)):
        for user_id in (character, character * 255):
            assert checks.PLAIN.fullmatch(user_id)
            assert not any(check(change.intent(user_id)) for change in CHANGES.values())
