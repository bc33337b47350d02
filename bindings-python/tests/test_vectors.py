"""Every case of tests/vectors, through the public API."""

from typing import Any

import pytest

from .support.compare import difference
from .support.files import files_of
from .support.vectors import SKIPPED, UnknownOption, run

CASES = [pytest.param(file["kind"], case, id=case["id"]) for _, file in files_of("vectors") for case in file["cases"]]


@pytest.mark.parametrize(("kind", "case"), CASES)
def test_vector(kind: str, case: dict[str, Any]) -> None:
    if case["id"] in SKIPPED:
        pytest.skip(SKIPPED[case["id"]])
    try:
        actual = run(kind, case["input"])
    except UnknownOption as error:
        unknown = [one for one in case["expect"]["violations"] if one["code"] == "unknown_key"]
        assert any(f"'{one['path']}'" in str(error) for one in unknown)
        return
    assert difference(case["expect"], actual) is None


def test_what_is_skipped_exists() -> None:
    assert SKIPPED.keys() <= {param.id for param in CASES}


@pytest.mark.parametrize(
    ("expected", "actual"),
    [({"signature": "not this"}, {"signature": "x"}), (9007199254740993, 9007199254740992.0), (1, True), ([], [1]), (None, 0)],
)
def test_a_wrong_expectation_is_found(expected: object, actual: object) -> None:
    assert difference(expected, actual) is not None
