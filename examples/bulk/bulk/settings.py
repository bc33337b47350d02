"""The command line, the environment and the key. A secret is never an argument: others on the machine can read those."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from .actions import CHANGES
from .failures import EXIT_CODES, NOT_STARTED, Failure
from .findings import QUESTIONS
from .rows import DELIMITERS

MAX_KEY_BYTES = 16 * 1024

_EPILOG = f"""\
The API key comes from ENROLLKIT_API_KEY or --key-file. ENROLLKIT_PARTNER_ID, ENROLLKIT_ENVIRONMENT,
ENROLLKIT_OPERATOR and ENROLLKIT_BASE_URL stand in for their flags.

{EXIT_CODES}"""


class Settings(argparse.Namespace):
    """The command line, typed."""

    file: Path
    action: str
    partner_id: str | None
    environment: str | None
    operator: str | None
    base_url: str | None
    allow_http: bool
    key_file: Path | None
    dry_run: bool
    production: bool
    confirm_delete: int | None
    accept: list[str]
    resend_unknown: bool
    column: str
    delimiter: str | None
    journal: Path | None
    report: Path | None
    rate: float
    concurrency: int
    attempts: int
    timeout: float
    settle_seconds: float
    pause_seconds: float


def parse(argv: Sequence[str]) -> Settings:
    # Abbreviated flags would let `--prod` mean `--production`.
    parser = argparse.ArgumentParser(
        prog="python -m bulk",
        description="Carries one action out for every user of a CSV file. Run the same command again to go on where it ended.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("file", type=Path, metavar="CSV", help="the file with one user per row, below a header")
    add("action", choices=CHANGES, metavar="ACTION", help=", ".join(CHANGES))

    who = parser.add_argument_group("who and where").add_argument
    who("--partner-id", metavar="DIGITS", default=_variable("PARTNER_ID"), help="leading zeros included")
    # The core checks the word, as it does the rest.
    who("--environment", metavar="NAME", default=_variable("ENVIRONMENT"), help="sandbox or production; there is no default")
    who("--operator", metavar="EMAIL", default=_variable("OPERATOR"), help="your e-mail address, which every change needs")
    who("--base-url", metavar="URL", default=_variable("BASE_URL"), help="a gateway or sandbox, not Smile ID's own hosts")
    who("--allow-http", action="store_true", help="http to another machine than this one, for a trusted network only")
    who("--key-file", type=Path, metavar="FILE", help="the file with the API key, instead of ENROLLKIT_API_KEY")

    sure = parser.add_argument_group("being sure").add_argument
    sure("--dry-run", action="store_true", help="check and plan; send nothing, write nothing, need no key")
    sure("--production", action="store_true", help="needed with --environment production")
    sure("--confirm-delete", type=int, metavar="COUNT", help="needed to delete: the number of users in the file")
    sure("--accept", action="append", default=[], choices=QUESTIONS, metavar="KIND", help="a kind of finding that is meant so")
    sure("--resend-unknown", action="store_true", help="send rows again that are unknown; not for re-enroll")

    files = parser.add_argument_group("files").add_argument
    files("--column", default="user_id", metavar="NAME", help="the column with the ids (user_id)")
    files("--delimiter", choices=DELIMITERS, metavar="CHAR", help="what separates cells, if the header leaves it open")
    files("--journal", type=Path, metavar="FILE", help="(beside the CSV: NAME.ACTION.journal)")
    files("--report", type=Path, metavar="PREFIX", help="(beside the CSV: NAME.ACTION.report) gets .jsonl and .csv")

    pace = parser.add_argument_group("pace").add_argument
    pace("--rate", type=_between(0.01, 1000), default=5.0, metavar="N", help="requests a second, look-ups included (5)")
    pace("--concurrency", type=_whole(1, 64), default=4, metavar="N", help="requests under way at once (4)")
    pace("--attempts", type=_whole(1, 10), default=4, metavar="N", help="how often a row is sent at most, in one run (4)")
    pace("--timeout", type=_between(0.1, 600), default=30.0, metavar="SECONDS", help="how long to wait for an answer (30)")
    pace("--settle-seconds", type=_between(0, 600), default=5.0, metavar="SECONDS", help="before a lost answer's look-up (5)")
    pace(
        "--pause-seconds", type=_between(0, 60), default=1.0, metavar="SECONDS", help="first pause after trouble; it doubles (1)"
    )
    return parser.parse_args(argv, namespace=Settings())


def api_key(file: Path | None) -> str:
    """The key, without the line end that editors put behind it. Nothing else is trimmed: the core says what is wrong."""
    # Nothing that is started from here on needs it.
    key = os.environ.pop("ENROLLKIT_API_KEY", None)
    if file is None:
        if not key:
            raise Failure(NOT_STARTED, "The API key is missing: set ENROLLKIT_API_KEY, or name a file with --key-file.")
        return key
    try:
        with file.open("rb") as opened:
            text = opened.read(MAX_KEY_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(NOT_STARTED, f"Can't read the key file: {type(error).__name__}: {file}") from None
    return text.removesuffix("\n").removesuffix("\r")


def _variable(name: str) -> str | None:
    return os.environ.get(f"ENROLLKIT_{name}") or None


def _between(least: float, most: float) -> Callable[[str], float]:
    def number(text: str) -> float:
        value = float(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{least} to {most}")
        return value

    return number


def _whole(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{least} to {most}")
        return value

    return number
