"""The program: check, show the plan, run, report."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx
from enrollkit import InvalidInput, SmileId

from . import checks, report, rows, screen, settings
from .actions import CHANGES, Change
from .exchange import Exchange, Workers
from .failures import DONE, NOT_STARTED, REFUSED, UNKNOWN, Failure
from .findings import Finding, Found
from .journal import STATES, Journal, State, open_journal
from .pace import Pace
from .rows import Row, Table
from .run import Limits, Run
from .settings import Settings


def main(argv: Sequence[str] | None = None) -> int:
    arguments = sys.argv[1:] if argv is None else argv
    given = settings.parse(arguments)
    screen.make_safe()
    try:
        return _main(given, CHANGES[given.action], shlex.join(["python", "-m", "bulk", *arguments]))
    except Failure as failure:
        screen.say(str(failure))
        return failure.code
    except KeyboardInterrupt:
        screen.say("Stopped; nothing was under way.")
        return 130


def _main(given: Settings, change: Change, command: str) -> int:
    if given.resend_unknown and not change.harmless_twice:
        text = f"--resend-unknown is not for {change.name}: a second permission could let a second person in under the same id."
        raise Failure(NOT_STARTED, text, "Look at each row of the report; for those that want it, make a file of their own.")
    table, users, found = _checked(given, change)
    smile = _client(given, "not-the-key" if given.dry_run else settings.api_key(given.key_file))
    address = _address(smile)
    whole = f"{change.name}: {len(users)} users; partner {given.partner_id}, {given.environment}, {address}, as {given.operator}"
    screen.say(whole, f"{given.rate:g} a second, {given.concurrency} at once: about {_duration(len(users) / given.rate)}")
    needed = _still_needed(given, change, len(users))
    in_the_way = _in_the_way(found, given.accept)
    if in_the_way or (needed and not given.dry_run):
        raise Failure(NOT_STARTED, "Nothing was sent.", *in_the_way, *needed)
    if given.dry_run:
        screen.say("Dry run: nothing was sent.", *needed)
        return DONE
    binding = {
        "partner_id": str(given.partner_id),
        "environment": str(given.environment),
        "address": address,
        "action": change.slug,
        "column": table.column,
        "csv_sha256": table.sha256,
    }
    path = given.journal or _beside(given.file, f"{change.name}.journal")
    numbered = (Row(line, user_id) for user_id, line in users.items())
    with open_journal(path, binding, numbered) as (journal, resumed):
        # From here on, the journal holds them.
        users.clear()
        return _carry_out(given, change, smile, journal, resumed, command)


def _checked(given: Settings, change: Change) -> tuple[Table, dict[str, int], list[Finding]]:
    """The file, each user's id with its line, and what was found, which is shown whatever else happens."""
    found = Found()
    try:
        table = rows.read(given.file, given.column, given.delimiter, found)
        users = checks.findings(table, change, found)
        screen.say(*table.notes)
    finally:
        screen.say_findings(found.all())
    return table, users, found.all()


def _client(given: Settings, key: str) -> SmileId:
    missing = [
        f"--{name.replace('_', '-')} is missing (or ENROLLKIT_{name.upper()})"
        for name in ("partner_id", "environment", "operator")
        if not getattr(given, name)
    ]
    if missing:
        raise Failure(NOT_STARTED, *missing)
    try:
        return SmileId(
            partner_id=str(given.partner_id),
            environment=str(given.environment),
            operator=given.operator,
            base_url=given.base_url,
            allow_http=given.allow_http,
            api_key=key,
        )
    except InvalidInput as error:
        wrong = [f"{violation.path} {violation.message}" for violation in error.violations]
        raise Failure(NOT_STARTED, *wrong) from None


def _address(smile: SmileId) -> str:
    url = smile.enrollee_info("nobody").url
    return url.removesuffix("/api/v2/partner/enrollee/info")


def _in_the_way(found: list[Finding], accepted: list[str]) -> list[str]:
    """What is said of findings that nobody has accepted. Errors can't be."""
    lines = ["The file has rows that can't be sent: put it right."] if any(one.level == "error" for one in found) else []
    open_kinds = [one.kind for one in found if one.level == "question" and one.kind not in accepted]
    if open_kinds:
        flags = " ".join(f"--accept {kind}" for kind in open_kinds)
        lines += ["Put the file right; or, if it is meant so, add:", f"    {flags}"]
    return lines


def _still_needed(given: Settings, change: Change, count: int) -> list[str]:
    needed = []
    if given.environment == "production" and not given.production:
        needed.append("This is production: it needs --production.")
    if given.environment != "production" and given.production:
        needed.append(f"--production was given, but the environment is {given.environment}.")
    if change.is_deletion and given.confirm_delete != count:
        needed.append(f"Deleting is for ever: it needs --confirm-delete with the number of users, which is {count}.")
    if not change.is_deletion and given.confirm_delete is not None:
        needed.append(f"--confirm-delete was given, but the action is {change.name}.")
    return needed


def _carry_out(given: Settings, change: Change, smile: SmileId, journal: Journal, resumed: bool, command: str) -> int:
    before = journal.counts()
    if resumed:
        screen.say("Going on: " + ", ".join(f"{count} {state}" for state, count in before.items() if count))
    again: tuple[State, ...] = ("pending", "not_done", "unknown") if given.resend_unknown else ("pending", "not_done")
    fresh, unclear = journal.rows(*again), journal.rows("sent")
    stopped = _run(given, change, smile, journal, fresh, unclear) if fresh or unclear else None
    if stopped is not None:
        screen.say(str(stopped))
    after = journal.counts()
    # Before the summary, whose reader may be gone.
    prefix = given.report or _beside(given.file, f"{change.name}.report")
    written = report.write(prefix, change.slug, lambda: journal.entries(*STATES))
    wanting = [state for state in STATES if state not in ("done", "pending")]
    screen.say_summary(after, change.name, journal.entries(*wanting), sum(after[state] for state in wanting))
    screen.say("The report: " + ", ".join(str(path) for path in written))
    if after["pending"] or after["sent"] or after["not_done"]:
        screen.say("To go on, run the same command again:", f"    {command}")
    elif not fresh and not unclear:
        screen.say("There was nothing left to do. A run of its own wants a journal of its own: --journal.")
    if stopped is not None:
        return stopped.code
    if after["unknown"] or after["sent"]:
        return UNKNOWN
    return REFUSED if after["refused"] or after["not_done"] else DONE


def _run(
    given: Settings, change: Change, smile: SmileId, journal: Journal, fresh: list[Row], unclear: list[Row]
) -> Failure | None:
    total = sum(journal.counts().values())
    pool = httpx.Limits(max_connections=given.concurrency, max_keepalive_connections=given.concurrency)
    with httpx.Client(limits=pool) as client, screen.Bar(total, total - len(fresh) - len(unclear)) as bar:
        workers = Workers(Exchange(smile, change, client, given.timeout).carry_out, given.concurrency)
        pace = Pace(given.rate, given.pause_seconds)
        limits = Limits(given.concurrency, given.attempts, given.settle_seconds)
        run = Run(journal, workers, pace, limits, bar)
        run.go(fresh, unclear)
    return run.stopped


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def _beside(file: Path, ending: str) -> Path:
    return file.with_name(f"{file.stem}.{ending}")
