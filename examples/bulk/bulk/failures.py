"""Exit codes, and what ends the program with one of them."""

from __future__ import annotations

DONE = 0
REFUSED = 1
NOT_STARTED = 2
UNKNOWN = 3
STOPPED = 4
IN_USE = 5
NOT_WRITTEN = 6

EXIT_CODES = """\
exit codes:
  0    every row is done (or, with --dry-run, nothing is wrong)
  1    finished; some rows were refused, or are not done: see the report
  2    not started, nothing was sent: wrong usage, file or journal, or findings that were not accepted
  3    finished; of some rows it is unknown whether they are done: see the report
  4    stopped early because of the service (key refused, no answers, …): put it right, run again
  5    another process is using the journal; nothing was sent
  6    the journal or a report could not be written
  129, 130, 143   stopped by a closed terminal, Ctrl-C, a termination signal; run again to go on
"""


class Failure(Exception):  # noqa: N818  # the words that end the program, not a bug
    """What a person is told, and the exit code."""

    def __init__(self, code: int, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.code = code
