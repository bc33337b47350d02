"""The relay's work: what a page wants is checked, written down, signed, sent and answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import httpx
from enrollkit import Call, EnrollkitError, Intent, Outcome, asend, parse_intent, relay
from fastapi.concurrency import run_in_threadpool

from audit import Audit
from database import Database
from policy import allows, allows_sign_up
from sessions import Session, Sessions
from settings import RelaySettings, Settings

SERVICE_SECONDS = 10.0
# The fields that a self-service form must not set, as this organization wants them.
SET_BY_SERVER = {"userStatus": "Active", "createdBy": "self-service", "isFederated": False, "expressEnrollment": False}


class Relaying:
    def __init__(self, settings: Settings, own: RelaySettings, client: httpx.AsyncClient) -> None:
        database = Database(settings.database)
        self.settings = own
        # An origin that no browser sends is told now, and not with the first request.
        relay.route_refusal("POST", [], origins=[own.origin])
        self.sessions = Sessions(database)
        self._audit = Audit(database)
        self._client = client
        self._smile = settings.smile_id()
        self._unifyia = own.unifyia()

    async def smile_id(self, session: Session, body: bytes) -> relay.Answer:
        try:
            # All that is wrong at once; unknown and repeated keys are wrong, too.
            intent = parse_intent(body)
        except EnrollkitError as error:
            return await self._refused(session.email, None, error)
        if not allows(session, intent):
            return await self._refused(session.email, intent, relay.refused(intent))
        # What the policy saw is what gets signed. Who is logged in answers for it; an end user is no operator.
        by_operator = session.role == "operator"
        operator = session.email if by_operator else self.settings.operator
        call = partial(self._smile.with_operator(operator).call, intent)
        # What the service wrote may name others than whom it is about: for operators only.
        return await self._perform(session.email, intent, call, error_details=by_operator)

    async def sign_up(self, body: bytes) -> relay.Answer:
        try:
            # What only the organization may set is a violation, `set_by_server`.
            intent = parse_intent(body, self_service=True)
        except EnrollkitError as error:
            return await self._refused("self-service", None, error)
        if not allows_sign_up(intent, self.settings.organization):
            return await self._refused("self-service", intent, relay.refused(intent))
        call = partial(self._unifyia.call, intent.with_user_fields(SET_BY_SERVER))
        return await self._perform("self-service", intent, call, error_details=False)

    async def _perform(
        self, who: str, intent: Intent, make_call: Callable[[], Call[Outcome]], *, error_details: bool
    ) -> relay.Answer:
        # A thread of its own: SQLite waits for the disk, and the loop must not.
        line = await run_in_threadpool(self._audit.begin, who, intent.action, about(intent))
        result: Outcome | EnrollkitError
        try:
            # Once. An answer that got lost is told as such, and a look-up tells what became of it; so is what was never sent.
            result = await asend(make_call(), self._client, timeout=SERVICE_SECONDS)
        except EnrollkitError as error:
            result = error
        await run_in_threadpool(self._audit.end, line, result)
        # An outcome goes without identity documents, an error without what the service wrote unless asked for.
        return relay.answer(result, details=error_details and isinstance(result, EnrollkitError))

    async def _refused(self, who: str, intent: Intent | None, error: EnrollkitError) -> relay.Answer:
        action, whom = (None, None) if intent is None else (intent.action, about(intent))
        await run_in_threadpool(self._audit.refused, who, action, whom, error)
        return relay.answer(error)


def about(intent: Intent) -> str | None:
    """Whom it is about, for the audit."""
    return intent.user_id if intent.user is None else intent.user.get("name")
