"""What looks wrong is asked about, in every language; what is an id is not. By itself, and in a column."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from samples import (
    ERRORS,
    FORMULAS,
    NOTHING,
    SIGNS_ONLY,
    TEXT_MARKS,
    TOOL_LINES,
    TRUTH,
    dates,
    good,
    numbers,
)
from test_bulk_rows import kinds

NUMBERS = {"scientific_notation", "decimal_number", "formatted_number", "rounded_number"}
WRONG: list[tuple[str, set[str]]] = [
    *((text, {"spreadsheet_error"}) for texts in ERRORS.values() for text in texts.split()),
    *((text, {"spreadsheet_error"}) for text in FORMULAS),
    *((text, {"empty_value"}) for text in NOTHING),
    *((text, {"no_letter_or_digit"}) for text in SIGNS_ONLY),
    *((text, {"truth_value"}) for text in TRUTH),
    *((text, {"tool_line"}) for text in TOOL_LINES),
    *((text, {"text_mark"}) for text in TEXT_MARKS),
    *((text, {"date"}) for text in dates()),
    *((text, NUMBERS) for text in numbers()),
]
HINTS = {"similar_ids", "mixed_lengths"}


def asked(tmp_path: Path, ids: Sequence[str]) -> dict[str, list[int]]:
    cells = "".join('"{}"\n'.format(user_id.replace('"', '""')) for user_id in ids)
    return {kind: lines for kind, lines in kinds(tmp_path, f"the id\n{cells}", column="the id").items() if kind not in HINTS}


def test_there_are_many_samples() -> None:
    assert len(WRONG) > 1000
    assert len({text for text, _ in WRONG}) > 1000
    assert sum(len(column) for column in good().values()) > 1500


def test_what_looks_wrong_is_asked_about_wherever_it_stands(tmp_path: Path) -> None:
    missed = []
    for text, expected in WRONG:
        for around in (["fine"], [], ["user-1", "user-2", "user-3"]):
            found = asked(tmp_path, [*around, text, *around[:1]])
            if not any(len(around) + 2 in found.get(kind, ()) for kind in expected):
                missed.append((text, around, found))
    assert missed == []


@pytest.mark.parametrize("name", ["uuid", "numbered", "padded number"])
def test_what_looks_wrong_is_asked_about_in_a_column_of_ids(tmp_path: Path, name: str) -> None:
    ids = good()[name]
    missed = [text for text, _ in WRONG if [22] not in asked(tmp_path, [*ids[:20], text, *ids[20:]]).values()]
    assert missed == []


@pytest.mark.parametrize("name", good())
def test_ids_are_not_asked_about(tmp_path: Path, name: str) -> None:
    for seed in range(5):
        ids = good(seed)[name]
        random.Random(seed).shuffle(ids)
        assert asked(tmp_path, ids) == {}, ids


@pytest.mark.parametrize("name", sorted(good().keys() - {"set", "16 digits", "short hex", "pairs"}))
def test_one_id_is_not_asked_about(tmp_path: Path, name: str) -> None:
    """Four of the kinds can look like something else by chance; only the column, as above, shows that they don't."""
    needless = {user_id: found for user_id in good()[name] if (found := asked(tmp_path, [user_id]))}
    assert needless == {}
