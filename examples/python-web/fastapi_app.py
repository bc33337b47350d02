"""Smile ID's webhooks and a relay in FastAPI. Start: `uvicorn --factory fastapi_app:create_app`."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import httpx
from enrollkit import SignatureRefused, Verified
from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool

from http_rules import read_body
from receiver import LARGEST_BODY, Receiver
from relay_routes import router
from relaying import Relaying
from settings import RelaySettings, Settings


def create_app() -> FastAPI:
    logging.basicConfig(level=logging.INFO)
    settings = Settings.from_env()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.receiver = await run_in_threadpool(settings.receiver)
        async with httpx.AsyncClient() as client:
            app.state.relaying = await run_in_threadpool(Relaying, settings, RelaySettings.from_env(), client)
            yield
        app.state.receiver.stop()

    # The pages that FastAPI makes of its routes are for developers; a redirect from `/x/` to `/x` is a second way in.
    app = FastAPI(lifespan=lifespan, openapi_url=None, redirect_slashes=False)
    app.include_router(router)
    app.post("/webhooks/smile-id")(smile_id)
    return app


def the_receiver(request: Request) -> Receiver:
    receiver: Receiver = request.app.state.receiver
    return receiver


async def verified_webhook(request: Request, receiver: Annotated[Receiver, Depends(the_receiver)]) -> Verified:
    """A dependency: the delivery, if its sender knew a fresh signature; else a 401 before the route begins."""
    # The bytes as they came. JSON that was read and written again is another delivery.
    body = await read_body(request, LARGEST_BODY)
    try:
        # `raw`: the headers as they came, each as often as it came. In a thread: a large body takes a while to read.
        return await run_in_threadpool(receiver.verify, request.headers.raw, body)
    except SignatureRefused:
        # `verify` logged the reason; the sender is not told.
        raise HTTPException(401) from None


async def smile_id(
    verified: Annotated[Verified, Depends(verified_webhook)], receiver: Annotated[Receiver, Depends(the_receiver)]
) -> Response:
    # In a thread: the disk must not hold up the loop, which serves everybody.
    return Response(status_code=await run_in_threadpool(receiver.accept, verified))
