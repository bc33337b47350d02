"""What a start says about its settings, and how it reaches a sandbox in a container of its own."""

from __future__ import annotations

import sys

import pytest

from conftest import Start
from support.between import Calls
from support.page import Page, read
from support.world import World, documented, headers_of, signed

# Like `sandbox` in Compose, it is none of the names that mean this machine.
ANOTHER_HOST = "127.0.0.2"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux listens on any address of 127.0.0.0/8")
@pytest.mark.parametrize("server", ["fastapi-uvicorn", "flask-waitress", "django-waitress"])
def test_plain_http_to_another_host_is_a_setting(world: World, start: Start, server: str) -> None:
    with Calls(world.sandbox.url, ANOTHER_HOST) as calls:
        urls = {"ENROLLKIT_BASE_URL": calls.url, "ENROLLKIT_UNIFYIA_URL": calls.url}
        with pytest.raises(AssertionError, match="allow_http"):
            start(server, None, **urls)
        web = start(server, None, **urls, ENROLLKIT_ALLOW_HTTP="1")
        one = web.job("container", passed_on=False)
        assert web.deliver(signed(headers_of(one), documented(one))).status == 202
        web.wait_acted(one)
        if server.startswith("fastapi"):
            assert Page(web, "operator", "ops@bank.example").smile("enrollee_info", one).status == 200
            assert read(Page(web).sign_up(name=one))["outcome"]["acknowledgement"] == "stated"
        assert calls.look_ups[one] == (2 if server.startswith("fastapi") else 1)
        calls.shutdown()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"PUBLIC_ORIGIN": "http://app.bank.example/"}, "origin"),
        ({"ALLOW_NO_ORIGIN": "false"}, "ALLOW_NO_ORIGIN is 1 or 0"),
        ({"ENROLLKIT_ALLOW_HTTP": "yes"}, "ENROLLKIT_ALLOW_HTTP is 1 or 0"),
        ({"PUBLIC_ORIGIN": ""}, "PUBLIC_ORIGIN is not set"),
    ],
)
def test_a_setting_that_can_not_be_meant_stops_the_start(start: Start, setting: dict[str, str], said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        start("fastapi-uvicorn", None, **setting)
