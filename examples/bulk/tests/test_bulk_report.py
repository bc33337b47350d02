"""The report: exact for programs, inert in a spreadsheet."""

from __future__ import annotations

import csv
import json

import pytest
from support import Desk, Sandbox

from bulk.report import inert

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "\uff1d1+1",  # full-width =
    "\uff0bcmd",
    "\uff0dcmd",
    "\uff20cmd",
    "x;=1+1",
    'x";=1+1',
    "x\t=1",
    "x,@y",
    "'=1",
    '"=1',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_formula_is_text(text: str) -> None:
    written = inert(text)
    assert written != text
    # As one cell, and in pieces, whatever a spreadsheet takes for the delimiter.
    for delimiter in ",;\t|":
        for piece in written.split(delimiter):
            seen = piece.strip(' \t\r\n\0\u00a0\u200b\ufeff"')
            assert not seen.startswith(tuple("=+-@\uff1d\uff0b\uff0d\uff20")), (text, written)


@pytest.mark.parametrize(
    "text", ["007", "123456789012", "1.5", "1E5", "1-2", "12:30", "10%", "MAR1", "1-Mar", "märz 3", "Sept2", "5mai"]
)
def test_what_looks_like_a_number_or_a_day_is_text(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["user-42", "a=b", "Zoë", "2026-11-22T10:00:00.000Z", "a-b;c", "a@b.example", "anna1", "Mar"])
def test_the_rest_stays_as_it_is(text: str) -> None:
    assert inert(text) == text


def test_both_reports_say_what_came_of_each_row(desk: Desk, sandbox: Sandbox) -> None:
    ids = ["user-1", "=1+1", "007", "[red]x[/red]:smile:", "nobody"]
    sandbox.enroll(ids[:4])
    desk.csv(*ids)
    ended = desk.run("deactivate", "--accept=spreadsheet_error")
    assert ended.code == 1, ended.err
    lines = [json.loads(line) for line in (desk.folder / "users.deactivate.report.jsonl").read_text().splitlines()]
    assert [(row["line"], row["user_id"], row["state"], row["code"], row["service_code"], row["sends"]) for row in lines] == [
        *((number + 2, one, "done", "stated", None, 1) for number, one in enumerate(ids[:4])),
        (6, "nobody", "refused", "user_not_found", "2210", 1),
    ]
    assert {row["action"] for row in lines} == {"smile_id.deactivate"}
    with (desk.folder / "users.deactivate.report.csv").open(newline="") as file:
        table = list(csv.DictReader(file))
    assert [row["user_id"] for row in table] == ["user-1", "'=1+1", "'007", "[red]x[/red]:smile:", "nobody"]
    assert [list(row) for row in table] == [list(row) for row in lines]
    assert "nobody" in ended.out
    assert "user_not_found 2210" in ended.out
    for path in desk.folder.glob("*.report.*"):
        assert path.stat().st_mode & 0o777 == 0o600


def test_the_screen_shows_ids_as_they_are(desk: Desk) -> None:
    ids = ["[red]x[/red]:smile:", "x\u202ey"]
    desk.csv(*ids)
    ended = desk.run("deactivate", "--accept=invisible_character")
    assert "[red]x[/red]:smile:" in ended.out
    assert r"'x\u202ey'" in ended.out
    assert "\x1b" not in ended.out
