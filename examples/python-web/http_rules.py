"""What the FastAPI routes ask of a body: a limit in size, and in time."""

from __future__ import annotations

import os

import anyio
from fastapi import HTTPException, Request
from starlette.requests import ClientDisconnect

# Whoever sends slowly must not hold a connection for ever. Less than the 35 s in which a webhook is answered.
BODY_SECONDS = float(os.environ.get("BODY_SECONDS", "20"))

NO_STORE = {"Cache-Control": "no-store"}


async def read_body(request: Request, largest: int) -> bytes:
    """The body as it came. `await request.body()` would take whatever is sent into memory."""
    # `close`: what else is on its way is not read to its end.
    too_large = HTTPException(413, headers={"Connection": "close"})
    if int(request.headers.get("content-length", "0")) > largest:
        raise too_large
    body = bytearray()
    try:
        with anyio.fail_after(BODY_SECONDS):
            async for chunk in request.stream():
                if len(body) + len(chunk) > largest:
                    raise too_large
                body += chunk
    except TimeoutError:
        raise HTTPException(408, headers={"Connection": "close"}) from None
    except ClientDisconnect:
        raise HTTPException(400) from None
    return bytes(body)
