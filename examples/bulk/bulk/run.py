"""The run itself. One thread decides, paces and writes the journal; workers only exchange a request for an answer.

    change ──► done, refused                          the row is settled
           ──► unclear ──► (settle) ──► look-up ──► done, unknown
           ──► not sent, 429 ──┐              └──► not in effect ──► change, signed anew, while attempts are left
                               └──► change, signed anew, while attempts are left

Whatever ends it leaves a journal that the next run goes on from.
"""

from __future__ import annotations

import heapq
import signal
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from math import inf
from queue import Empty
from time import monotonic
from typing import Protocol, TypeVar

from .exchange import Answer, Task, Workers
from .failures import NOT_WRITTEN, STOPPED, Failure
from .journal import Journal, State
from .pace import Pace
from .rows import Row

T = TypeVar("T")

# Rounds of trouble in a row, each with a longer pause, after which the service is taken to be away.
ROUNDS_BEFORE_STOPPING = 6
REJECTIONS_BEFORE_STOPPING = 3
# A signal that arrives just before the main thread falls asleep does not wake it.
LONGEST_SLEEP_SECONDS = 0.25
# A pause longer than this is a reason to end, and to be run again later.
LONGEST_WAIT_SECONDS = 300


@dataclass
class Limits:
    concurrency: int
    attempts: int
    settle_seconds: float


class Watch(Protocol):
    """Whoever shows how far it is."""

    def settled(self, state: State) -> None: ...

    def stopping(self, in_flight: int) -> None: ...


class Run:
    def __init__(self, journal: Journal, workers: Workers, pace: Pace, limits: Limits, watch: Watch) -> None:
        self._journal, self._workers, self._pace, self._limits, self._watch = journal, workers, pace, limits, watch
        self._fresh: deque[Row] = deque()
        # Look-ups and repetitions, by the time from which they may go out.
        self._later: list[tuple[float, int, Task]] = []
        self._order = count()
        self._in_flight = 0
        # Until the service has understood a request, they go one by one: a wrong key is found out once, not many times.
        self._is_proven = False
        self._rejected = 0
        self.stopped: Failure | None = None

    def go(self, fresh: list[Row], open_rows: list[Row]) -> None:
        """Until everything is settled, or something stops it; then what is in flight is waited for."""
        self._fresh.extend(fresh)
        for row in open_rows:
            # It may have been sent a moment ago, by a process that was killed.
            self._put_off(Task(row.line, row.user_id, is_look_up=True, code="interrupted"), self._limits.settle_seconds)
        told = False
        with self._signals():
            while True:
                wait = self._start_what_may_start()
                if not self._in_flight and (self.stopped or not (self._fresh or self._later)):
                    return
                if self.stopped and not told:
                    told = True
                    self._watch.stopping(self._in_flight)
                try:
                    answer = self._workers.answers.get(timeout=min(wait, LONGEST_SLEEP_SECONDS))
                except Empty:
                    continue
                self._in_flight -= 1
                self._guarded(self._took, answer)

    def _start_what_may_start(self) -> float:
        """Starts as much as concurrency and pace allow. The seconds until more may start."""
        while not self.stopped and self._in_flight < (self._limits.concurrency if self._is_proven else 1):
            wait = self._pace.wait()
            if self._later and self._later[0][0] <= monotonic():
                if wait > 0:
                    return wait
                self._guarded(self._start, heapq.heappop(self._later)[2])
            elif self._fresh:
                if wait > 0:
                    return wait
                row = self._fresh.popleft()
                self._guarded(self._start, Task(row.line, row.user_id))
            elif self._later:
                return max(self._later[0][0] - monotonic(), wait, 0.0)
            else:
                break
        # An answer must come first.
        return inf

    def _start(self, task: Task) -> None:
        if task.is_look_up:
            task = replace(task, look_ups=task.look_ups + 1)
        else:
            self._journal.mark_sent(task.line)
            task = replace(task, sends=task.sends + 1)
        self._pace.sent()
        self._workers.start(task)
        self._in_flight += 1

    def _took(self, answer: Answer) -> None:
        task = answer.task
        match answer.meaning:
            case "done" | "refused":
                self._went_well()
                self._settle(task, answer.meaning, answer)
            case "rejected":
                # Not for good: it may be the address that is wrong, and not the row.
                self._settle(task, "not_done", answer)
                self._rejected += 1
                if self._rejected >= REJECTIONS_BEFORE_STOPPING:
                    text = f"{self._rejected} rows in a row were refused without a service code ({answer.code})."
                    self._stop(f"{text} Is the address right?")
            case "unknown":
                self._is_proven = True
                # Why it was looked up tells more than that the look-up was read; what the look-up was refused with, still more.
                if answer.code == "confirmed":
                    answer = replace(answer, code=task.code or answer.code)
                self._settle(task, "unknown", answer)
            case "unclear":
                self._trouble(answer)
                task = replace(task, is_look_up=True, look_ups=0, code=answer.code)
                self._put_off(task, self._limits.settle_seconds)
            case "not_in_effect":
                self._again(task, replace(answer, code=task.code or answer.code))
            case "not_sent" | "wait" if not task.is_look_up:
                self._trouble(answer)
                self._again(task, answer)
            case "wait" | "not_looked_up":
                self._trouble(answer)
                if task.look_ups < self._limits.attempts:
                    self._put_off(task, 0)
                else:
                    # It stays marked as sent: the next run looks it up first.
                    self._watch.settled("sent")
            case "stop":
                code = " ".join(filter(None, (answer.code, answer.service_code)))
                self._stop(f"The service would refuse every request: {code}.", *_likely(answer.causes))
                if not task.is_look_up:
                    self._journal.settle(task.line, "pending", answer.code, answer.service_code)
            case _:
                self._stop(f"A defect of this program: {answer.code}. Line {task.line} is looked up by the next run.")

    def _again(self, task: Task, answer: Answer) -> None:
        """It is not in effect: it may be sent again, and is while attempts are left."""
        if answer.meaning == "not_sent":
            self._journal.unsend(task.line)
        if task.sends < self._limits.attempts:
            self._journal.settle(task.line, "pending", answer.code, answer.service_code)
            self._put_off(replace(task, is_look_up=False), 0)
        else:
            self._settle(task, "not_done", answer)

    def _settle(self, task: Task, state: State, answer: Answer) -> None:
        self._journal.settle(task.line, state, answer.code, answer.service_code)
        self._watch.settled(state)

    def _put_off(self, task: Task, seconds: float) -> None:
        heapq.heappush(self._later, (monotonic() + seconds, next(self._order), task))

    def _went_well(self) -> None:
        self._is_proven = True
        self._rejected = 0
        self._pace.went_well()

    def _trouble(self, answer: Answer) -> None:
        if answer.meaning == "not_sent" and not self._is_proven and self._pace.rounds == 0:
            self._stop("The service can't be reached: no connection to it came about. Is the address right?")
        asked = answer.wait_seconds or 0
        if asked > LONGEST_WAIT_SECONDS:
            self._stop(f"The service asks to wait {asked} s ({answer.code}). Run again then.")
        # One at a time until something goes through again, so that few rows become unclear.
        self._is_proven = False
        self._pace.trouble(asked)
        if self._pace.rounds >= ROUNDS_BEFORE_STOPPING:
            self._stop(f"The service gave no usable answer {self._pace.rounds} times in a row, the last time: {answer.code}.")

    def _stop(self, *lines: str, code: int = STOPPED) -> None:
        if self.stopped is None:
            self.stopped = Failure(code, *lines)

    def _guarded(self, step: Callable[[T], None], what: T) -> None:
        try:
            step(what)
        except Failure as failure:
            # The journal can't be written: nothing more is sent, since it could not be marked.
            self.stopped = failure if failure.code == NOT_WRITTEN else self.stopped or failure

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """The first signal stops orderly. The second ends the program at once, which the journal survives as well."""
        numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
        before = {number: signal.getsignal(number) for number in numbers}
        # What is ignored stays so: that is what `nohup` is for.
        before = {number: handler for number, handler in before.items() if handler != signal.SIG_IGN}

        def handle(number: int, _frame: object) -> None:
            for one in before:
                signal.signal(one, signal.SIG_DFL)
            self._stop(f"Stopped by {signal.Signals(number).name}.", code=128 + number)

        for number in before:
            signal.signal(number, handle)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _likely(causes: list[str]) -> list[str]:
    return ["The usual causes:", *(f"  - {cause}" for cause in causes)] if causes else []
