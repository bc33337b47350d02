"""Every recipe of RECIPES.md runs, in its framework, against the sandbox."""

from __future__ import annotations

import asyncio
import importlib
import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import enrollkit
import pytest
from enrollkit import InvalidInput

from .support.proxy import proxy
from .support.readme import blocks, write_project
from .support.sandbox import SANDBOX_KEY, Sandbox, sandbox

RUN: set[str] = set()
PAGE = {"origin": "https://app.bank.example", "content-type": "application/json; charset=utf-8", "cookie": "session=operator"}
DEACTIVATE = {"action": "smile_id.deactivate", "user_id": "user-42"}
Ask = Callable[[str, dict[str, str], bytes], tuple[int, bytes, dict[str, str]]]


@pytest.fixture(scope="module")
def started() -> Iterator[Sandbox]:
    with sandbox("--user", "user-42") as one:
        yield one


@pytest.fixture
def module(started: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Any]]:
    """Imports a recipe, out of a project that has all of them."""
    monkeypatch.setenv("SMILE_ID_API_KEY", SANDBOX_KEY)
    monkeypatch.syspath_prepend(str(tmp_path))
    names = {file.stem for file in write_project(tmp_path, started.url)}

    def imported(name: str) -> Any:
        RUN.add(name)
        return importlib.import_module(name)

    yield imported
    for name in names:
        sys.modules.pop(name, None)


def relay_answers(ask: Ask, path: str = "/api/smile") -> None:
    """What a relay's route of any framework must do."""
    status, body, headers = ask(path, PAGE, json.dumps(DEACTIVATE).encode())
    assert (status, json.loads(body)["outcome"]["acknowledgement"]) == (200, "stated")
    assert (headers["content-type"], headers["cache-control"]) == ("application/json", "no-store")
    for headers_sent, expected in [
        ({**PAGE, "origin": "https://evil.example"}, 403),
        ({key: value for key, value in PAGE.items() if key != "origin"}, 403),
        ({**PAGE, "content-type": "text/plain"}, 415),
        ({**PAGE, "cookie": "session=guest"}, 403),
    ]:
        status, body, _ = ask(path, headers_sent, json.dumps(DEACTIVATE).encode())
        assert status == expected
        assert body.startswith(b"{")
    forever = {"action": "smile_id.delete_permanently", "user_id": "user-42", "confirm": "user-42"}
    assert ask(path, PAGE, json.dumps(forever).encode())[0] == 403
    assert ask(path, PAGE, b"{}")[0] == 422
    assert ask(path, PAGE, json.dumps({**DEACTIVATE, "user_id": "nobody"}).encode())[0] == 502


def webhook_is_stored(ask: Ask, stored: dict[str, str | None]) -> None:
    """As large as the service says, and more than its servers send: 2 MiB, and a byte more is too large."""
    at = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    signed = {"response-timestamp": at, "response-signature": enrollkit.signature(SANDBOX_KEY, at, "085"), "user-id": "user-42"}
    limit = 2 * 1024 * 1024
    body = b'{"SmileJobID":"0000000001","ResultCode":"0840","x":"' + b"x" * (limit - 54) + b'"}'
    assert len(body) == limit
    assert [ask("/webhooks/smile-id", signed, body)[0] for _ in range(2)] == [200, 200]
    assert list(stored.values()) == ["user-42"]
    assert ask("/webhooks/smile-id", {**signed, "response-signature": "x"}, b"{}")[0] == 401
    assert ask("/webhooks/smile-id", signed, body + b" " * 1024 * 1024)[0] in (400, 413)
    assert len(stored) == 1


def test_fastapi(module: Callable[[str], Any]) -> None:
    httpx: Any = pytest.importorskip("httpx")
    pytest.importorskip("fastapi")
    recipe = module("fastapi_app")

    def ask(path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes, dict[str, str]]:
        async def exchange() -> Any:
            transport = httpx.ASGITransport(recipe.app)
            async with recipe.lifespan(recipe.app), httpx.AsyncClient(transport=transport, base_url="http://app") as client:
                return await client.post(path, headers=headers, content=body)

        reply = asyncio.run(exchange())
        return reply.status_code, reply.content, dict(reply.headers)

    relay_answers(ask)
    webhook_is_stored(ask, module("jobs").stored)


def test_flask(module: Callable[[str], Any]) -> None:
    pytest.importorskip("flask")
    recipe = module("flask_app")

    def ask(path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes, dict[str, str]]:
        # A cookie of its own would be the client's.
        reply = recipe.app.test_client(use_cookies=False).post(path, headers=headers, data=body)
        return reply.status_code, reply.data, {name.lower(): value for name, value in reply.headers}

    relay_answers(ask)
    webhook_is_stored(ask, module("jobs").stored)


def test_django(module: Callable[[str], Any]) -> None:
    django: Any = pytest.importorskip("django")
    from django.conf import settings

    if not settings.configured:
        settings.configure(ROOT_URLCONF="django_urls", ALLOWED_HOSTS=["*"], DATABASES={}, USE_TZ=True, SECRET_KEY="x")
        django.setup()
    from django.test import Client
    from django.urls import clear_url_caches

    module("django_urls")
    clear_url_caches()

    def ask(path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes, dict[str, str]]:
        reply = Client(raise_request_exception=False).generic(
            "POST", path, body, headers.get("content-type", "application/json"), headers=headers
        )
        return reply.status_code, reply.content, {name.lower(): value for name, value in reply.headers.items()}

    relay_answers(ask)
    webhook_is_stored(ask, module("jobs").stored)


def test_apps(module: Callable[[str], Any]) -> None:
    route = module("apps").app_route
    body = json.dumps({"action": "smile_id.re_enroll", "user_id": "user-42"}).encode()
    # As serverless platforms and ASGI give headers.
    for headers in ({"content-type": "application/json; charset=utf-8"}, [(b"Content-Type", b"application/json")]):
        assert route("POST", headers, body, "user-42")[0] == 200
    for user_id in ("user-43", None):
        assert route("POST", headers, body, user_id)[0] == 403
    assert route("POST", headers, json.dumps(DEACTIVATE).encode(), "user-42")[0] == 403
    assert route("POST", {**PAGE}, body, "user-42")[0] == 403
    assert route("GET", headers, b"", "user-42")[0] == 405
    assert route("POST", {}, body, "user-42")[0] == 415


def test_proxy(module: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch, started: Sandbox) -> None:
    pytest.importorskip("httpx")
    pytest.importorskip("requests")
    recipe = module("proxy")
    with proxy() as (url, seen):
        # The sandbox speaks plain HTTP, which has a variable of its own.
        monkeypatch.setenv("http_proxy", url)
        monkeypatch.setenv("no_proxy", "elsewhere.example")
        assert recipe.deactivate("user-42").acknowledgement == "stated"
        monkeypatch.delenv("http_proxy")
        assert recipe.deactivate_through(url, "user-42").acknowledgement == "stated"
    assert [line.startswith(f"POST {started.url}/") for line in seen] == [True, True]


def test_compose(module: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMILE_ID_URL", "http://sandbox:8085")
    recipe = module("compose")
    assert recipe.smile.deactivate("user-42").url.startswith("http://sandbox:8085/")
    monkeypatch.setenv("SMILE_ID_URL", "http://elsewhere:8085")
    sys.modules.pop("compose")
    with pytest.raises(InvalidInput, match="allow_http"):
        module("compose")
    monkeypatch.delenv("SMILE_ID_URL")
    assert "portal.smileidentity.com" in module("compose").smile.deactivate("u").url


def test_your_tests(module: Callable[[str], Any]) -> None:
    pytest.importorskip("httpx")
    pytest.importorskip("requests")
    tests = [value for name, value in vars(module("your_tests")).items() if name.startswith("test_")]
    assert len(tests) == 3
    for test in tests:
        test()


def test_every_recipe_has_a_test() -> None:
    tested = {name.removeprefix("test_") for name in globals() if name.startswith("test_")}
    assert {name.removesuffix("_app").removesuffix("_urls") for name in blocks("RECIPES.md")} <= tested
