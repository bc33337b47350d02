"""The routes that our page calls. Its calls are `SmileId.relay("/api/smile")` and `Unifyia.relay("/api/sign-up")`."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable
from typing import Annotated

from enrollkit import relay
from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool

from http_rules import NO_STORE, from_our_page, read_body
from relaying import Relaying
from sessions import Session

# An intent is a few words and a user id; a form with photos in it needs more than this one.
LARGEST_INTENT = 16 * 1024
LARGEST_FORM = 256 * 1024

router = APIRouter()


async def our_page(request: Request) -> Relaying:
    """A dependency: the relay, for calls of our own page."""
    relaying: Relaying = request.app.state.relaying
    from_our_page(request, relaying.settings.origin)
    return relaying


async def logged_in(request: Request, relaying: Annotated[Relaying, Depends(our_page)]) -> Session:
    """A dependency: who is logged in. Yours asks your framework's session."""
    token = request.cookies.get(relaying.settings.cookie)
    session = None if token is None else await run_in_threadpool(relaying.sessions.find, token)
    if session is None:
        raise HTTPException(401, headers=NO_STORE)
    return session


@router.post("/api/smile")
async def smile(
    request: Request,
    relaying: Annotated[Relaying, Depends(our_page)],
    session: Annotated[Session, Depends(logged_in)],
) -> Response:
    return await answered(relaying.smile_id(session, await read_body(request, LARGEST_INTENT)))


@router.post("/api/sign-up")
async def sign_up(request: Request, relaying: Annotated[Relaying, Depends(our_page)]) -> Response:
    return await answered(relaying.sign_up(await read_body(request, LARGEST_FORM)))


async def answered(work: Awaitable[relay.Answer]) -> Response:
    try:
        answer = await work
    except sqlite3.Error:
        # What can't be written down is not done.
        raise HTTPException(503, headers=NO_STORE) from None
    # Answers are about people: no cache keeps them.
    return Response(answer.body, answer.status, NO_STORE, "application/json")
