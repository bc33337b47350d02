"""What a person sees while it runs. Nothing from the file or the service is ever read as markup."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from itertools import islice
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from .findings import Finding, shown
from .journal import STATES, Entry, State

SHOWN_ROWS = 20

# Messages go to standard error, the summary to standard output.
err = Console(stderr=True, markup=False, highlight=False, emoji=False, soft_wrap=True)
out = Console(markup=False, highlight=False, emoji=False)

_WORDS: dict[State, str] = {
    "done": "in effect",
    "refused": "the service said no",
    "not_done": "not in effect; tried again by the next run",
    "unknown": "nobody knows: a person has to look",
    "sent": "sent, not looked up yet; done first by the next run",
    "pending": "not sent; done by the next run",
}


def make_safe() -> None:
    """A terminal that can't show an id must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(*lines: str) -> None:
    for line in lines:
        err.print(Text(line))


def say_findings(found: list[Finding]) -> None:
    for one in found:
        places = ", ".join(f"line {place.line}: {shown(place.text)}" for place in one.places)
        more = f", and {one.count - len(one.places)} more" if one.count > len(one.places) else ""
        say(f"{one.level}: {one.kind}: {one.text}", f"    {places}{more}")


def say_summary(counts: dict[State, int], action: str, wanting: Iterable[Entry], count: int) -> None:
    """`wanting`: the rows that a person should see, so many of them."""
    table = Table(title=Text(action))
    for name in ("state", "rows", "meaning"):
        table.add_column(name, justify="right" if name == "rows" else "left")
    for state in STATES:
        if counts[state]:
            table.add_row(state, str(counts[state]), _WORDS[state])
    out.print(table)
    if not count:
        return
    table = Table()
    for name in ("line", "user id", "state", "code"):
        table.add_column(name, justify="right" if name == "line" else "left", overflow="fold")
    for entry in islice(wanting, SHOWN_ROWS):
        code = " ".join(filter(None, (entry.code, entry.service_code)))
        table.add_row(str(entry.line), Text(shown(entry.user_id)), entry.state, code)
    out.print(table)
    if count > SHOWN_ROWS:
        out.print(f"… and {count - SHOWN_ROWS} more: see the report.")


class Bar:
    """The progress bar, and how many came out how."""

    def __init__(self, total: int, already: int) -> None:
        self._counts: dict[State, int] = {}
        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
        self._progress = Progress(*columns, console=err)
        self._task = self._progress.add_task("", total=total, completed=already)

    def settled(self, state: State) -> None:
        self._counts[state] = self._counts.get(state, 0) + 1
        text = "  ".join(f"{state} {self._counts[state]}" for state in STATES if state in self._counts)
        self._progress.update(self._task, advance=1, description=text)

    def stopping(self, in_flight: int) -> None:
        self._progress.console.print(Text(f"Stopping: {in_flight} requests are still under way. Once more ends it at once."))

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()
