"""What is read from a CSV file, what is refused, and what looks wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulk import checks, rows
from bulk.actions import CHANGES
from bulk.failures import Failure


def read(tmp_path: Path, content: str | bytes, column: str = "user_id", delimiter: str | None = None) -> rows.Table:
    path = tmp_path / "users.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return rows.read(path, column, delimiter)


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
    assert [row.user_id for row in read(tmp_path, content).rows] == ["007", "b"]


def test_it_is_said_how_the_file_was_read(tmp_path: Path) -> None:
    notes = read(tmp_path, "\ufeffname;user_id\nAnna;ä\n;\n".encode("utf-16-le")).notes
    assert notes == [
        "read as UTF-16 (its byte order mark says so), separated by semicolons, ids from the column 'user_id'",
        "blank lines, skipped: 1",
    ]


def test_lines_are_the_file_s_own(tmp_path: Path) -> None:
    table = read(tmp_path, 'sep=,\nnote,user_id\n"two\nlines",a\n\nx,b\n')
    assert [(row.line, row.user_id) for row in table.rows] == [(3, "a"), (6, "b")]


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
        (b"user_id,a;b\n1,2\n", "comma"),
        (b'user_id\n"a"b\n', "line 2"),
        (b'user_id\na\n"b\nc\n', "line 3"),
        (b"user_id\n" + b"x" * 200_000, "field larger than field limit"),
        ("user_id\nä\n".encode("latin-1"), "not UTF-8 (first in line 2)"),
        ("user_id\na\n".encode("utf-16-le"), "UTF-16 without a byte order mark"),
        ("\ufeffuser_id\na\n".encode("utf-32-le"), "UTF-32"),
        (b"\xff\xfeuser_id\n1", "begins as UTF-16 does, but is not"),
        (b"PK\x03\x04rest of a workbook", "is a workbook"),
    ],
)
def test_what_can_not_be_read_for_certain_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(Failure) as caught:
        read(tmp_path, content)
    assert said in str(caught.value)
    assert caught.value.code == 2


def test_a_missing_or_unreadable_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(Failure, match="Can't read the CSV file"):
            rows.read(path, "user_id", None)


def kinds(tmp_path: Path, content: str, action: str = "deactivate") -> dict[str, list[int]]:
    found, _ = checks.findings(read(tmp_path, content), CHANGES[action])
    return {one.kind: one.lines for one in found}


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
