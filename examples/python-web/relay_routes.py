"""The routes that our page and our app call, by `SmileIdRelay("/api/smile")` and `UnifyiaRelay("/api/sign-up")`."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Coroutine
from typing import Annotated, Any

from enrollkit import relay
from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute

from http_rules import NO_STORE, read_body
from relaying import Relaying
from sessions import Session

# An intent is a few words and a user id; a form with photos in it needs more than this one.
LARGEST_INTENT = 16 * 1024
LARGEST_FORM = 256 * 1024


class OurPage(APIRoute):
    """A route for calls of our own page, and of our app if the settings say so; before anything else is looked at."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def checked(request: Request) -> Response:
            # A foreign page can make a browser send the cookie; but it can't write another Origin, nor send JSON without asking.
            own = the_relay(request).settings
            headers = request.headers.raw
            refusal = relay.route_refusal(request.method, headers, origins=[own.origin], allow_no_origin=own.allow_no_origin)
            return await handle(request) if refusal is None else response(refusal)

        return checked


router = APIRouter(route_class=OurPage)


def the_relay(request: Request) -> Relaying:
    relaying: Relaying = request.app.state.relaying
    return relaying


async def logged_in(request: Request, relaying: Annotated[Relaying, Depends(the_relay)]) -> Session:
    """A dependency: who is logged in. Yours asks your framework's session."""
    token = token_of(request, relaying.settings.cookie)
    session = None if token is None else await run_in_threadpool(relaying.sessions.find, token)
    if session is None:
        raise HTTPException(401, headers=NO_STORE)
    return session


def token_of(request: Request, cookie: str) -> str | None:
    """A page's cookie. An app, which has no origin, names its session itself: what a browser adds unasked needs an origin."""
    if "origin" in request.headers:
        return request.cookies.get(cookie)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else None


@router.post("/api/smile")
async def smile(
    request: Request,
    relaying: Annotated[Relaying, Depends(the_relay)],
    session: Annotated[Session, Depends(logged_in)],
) -> Response:
    return await answered(relaying.smile_id(session, await read_body(request, LARGEST_INTENT)))


@router.post("/api/sign-up")
async def sign_up(request: Request, relaying: Annotated[Relaying, Depends(the_relay)]) -> Response:
    return await answered(relaying.sign_up(await read_body(request, LARGEST_FORM)))


async def answered(work: Awaitable[relay.Answer]) -> Response:
    try:
        answer = await work
    except sqlite3.Error:
        # What can't be written down is not done.
        raise HTTPException(503, headers=NO_STORE) from None
    return response(answer)


def response(answer: relay.Answer) -> Response:
    # Answers are about people: no cache keeps them.
    return Response(answer.body, answer.status, NO_STORE, "application/json")
