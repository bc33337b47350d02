"""Sends one request and says what its answer means. Runs in the workers; decides and stores nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Thread
from typing import Literal, TypeAlias

import httpx
from enrollkit import ApiError, EnrolleeInfo, EnrollkitError, NoResponse, SmileId, Unreadable, confirmed_by, send

from .actions import Change

Meaning: TypeAlias = Literal[
    "done",  # the service said so, or the look-up did
    "refused",  # the service said no to this row, with a code of its own
    "rejected",  # somebody said no, without one: a gateway, a proxy, a wrong address
    "unclear",  # it may have taken effect: look it up
    "not_sent",  # nothing has left this machine: it can't have taken effect
    "not_in_effect",  # the look-up says so
    "unknown",  # the look-up can't tell
    "not_looked_up",  # the look-up itself failed
    "wait",  # too many requests; nothing was done
    "stop",  # it concerns every row, not this one
    "broken",  # a defect of this program
]


@dataclass(frozen=True)
class Task:
    line: int
    user_id: str
    is_look_up: bool = False
    sends: int = 0
    look_ups: int = 0
    # Why it is not clear yet.
    code: str | None = None


@dataclass(frozen=True)
class Answer:
    task: Task
    meaning: Meaning
    code: str
    service_code: str | None = None
    wait_seconds: int | None = None
    causes: list[str] = field(default_factory=list)


# They hold for the partner, the key or the address, so the next row would fare no better.
_STOPS = ("unauthorized", "forbidden", "payment_required", "redirected")
_SERVICE_CODE = re.compile(r"[0-9A-Za-z]{1,16}")
_CAUSES = {
    "key_of_other_environment": "the API key belongs to the other environment",
    "partner_id_changed": "the partner id is not as Smile ID wrote it (leading zeros count)",
    "clock": "this machine's clock is wrong",
}


class Exchange:
    """Everything a worker needs. The signature is made just before it is sent, and anew each time."""

    def __init__(self, smile: SmileId, change: Change, client: httpx.Client, timeout: float) -> None:
        self._smile, self._change, self._client, self._timeout = smile, change, client, timeout

    def carry_out(self, task: Task) -> Answer:
        return self._look_up(task) if task.is_look_up else self._send(task)

    def _send(self, task: Task) -> Answer:
        try:
            outcome = send(self._change.call(self._smile, task.user_id), self._client, timeout=self._timeout)
        except ApiError as error:
            if confirmed_by(self._change.slug, error) == "in_effect":
                return _answer(task, "done", error)
            if error.outcome_unknown:
                return _answer(task, "unclear", error)
            return _general(task, error) or _answer(task, "refused" if error.service_code else "rejected", error)
        except NoResponse as error:
            return Answer(task, "not_sent", "not_sent") if error.not_sent else _answer(task, "unclear", error)
        except Unreadable as error:
            return _answer(task, "unclear", error)
        return Answer(task, "done" if outcome.acknowledgement == "stated" else "unclear", outcome.acknowledgement)

    def _look_up(self, task: Task) -> Answer:
        try:
            found = send(self._smile.enrollee_info(task.user_id), self._client, timeout=self._timeout)
        except ApiError as error:
            if general := _general(task, error):
                return general
            if error.kind == "server":
                return _answer(task, "not_looked_up", error)
            return Answer(task, _confirmed(self._change, error), error.kind, _service_code(error))
        except (NoResponse, Unreadable) as error:
            return _answer(task, "not_looked_up", error)
        # What was looked up ends here: only a word of it is kept.
        return Answer(task, _confirmed(self._change, found), "confirmed")


def _confirmed(change: Change, look_up: EnrolleeInfo | ApiError) -> Meaning:
    meanings: dict[str, Meaning] = {"in_effect": "done", "not_in_effect": "not_in_effect"}
    return meanings.get(confirmed_by(change.slug, look_up), "unknown")


def _general(task: Task, error: ApiError) -> Answer | None:
    """What says nothing about this row."""
    if error.kind in _STOPS:
        return _answer(task, "stop", error)
    return _answer(task, "wait", error) if error.kind == "rate_limited" else None


def _answer(task: Task, meaning: Meaning, error: EnrollkitError) -> Answer:
    if not isinstance(error, ApiError):
        return Answer(task, meaning, error.code)
    causes = [_CAUSES.get(cause, cause) for cause in error.causes]
    if (skew := error.clock_skew_seconds) is not None and abs(skew) > 60:
        causes.insert(0, f"the service's clock differs from this machine's by {skew} s")
    return Answer(task, meaning, error.kind, _service_code(error), error.retry_after_seconds, causes)


def _service_code(error: ApiError) -> str | None:
    # The service's text; whatever is no plain code stays out of journal and report.
    code = error.service_code
    return code if code is not None and _SERVICE_CODE.fullmatch(code) else None


class Workers:
    """Threads that carry tasks out. They die with the program: what they were doing is marked in the journal."""

    def __init__(self, carry_out: Callable[[Task], Answer], count: int) -> None:
        self._carry_out = carry_out
        self._tasks: SimpleQueue[Task] = SimpleQueue()
        self.answers: SimpleQueue[Answer] = SimpleQueue()
        for _ in range(count):
            Thread(target=self._work, daemon=True).start()

    def start(self, task: Task) -> None:
        self._tasks.put(task)

    def _work(self) -> None:
        while True:
            task = self._tasks.get()
            try:
                answer = self._carry_out(task)
            except BaseException as error:  # noqa: BLE001  # whoever waits for the answer must get one
                answer = Answer(task, "broken", type(error).__name__)
            self.answers.put(answer)
