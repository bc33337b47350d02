"""Self-service sign-up: whoever fills in their own form has no session, and may set only what is theirs."""

from __future__ import annotations

import json

import pytest

from conftest import Start
from support.page import Page, last_line, read, sent
from support.world import Web


@pytest.fixture(scope="module")
def web(start_for_all: Start) -> Web:
    return start_for_all("fastapi-uvicorn")


def test_a_person_signs_up_and_the_server_sets_what_is_its_own(web: Web) -> None:
    person = Page(web)
    reply = person.sign_up(name="anna", email="anna@home.example")
    assert reply.status == 200
    assert read(reply)["outcome"]["operation"] == "unifyia.sign_up"
    assert "json" not in read(reply)["outcome"]
    made = web.world.sandbox.control("GET", "sign_ups")["sign_ups"]
    bodies = [json.loads(one["body"]) if isinstance(one["body"], str) else one["body"] for one in made]
    # All share one sandbox.
    [body] = [one for one in bodies if one["name"] == "anna"]
    assert (body["userStatus"], body["createdBy"], body["email"]) == ("Active", "self-service", "anna@home.example")
    assert last_line(web) == ("self-service", "unifyia.sign_up", "anna", "stated")
    assert read(person.sign_up(name="anna"))["error"]["kind"] == "conflict"
    assert b"anna@home" not in web.bytes_on_disk()
    assert "anna" not in web.app.log()


def test_nobody_sets_what_only_the_organization_may(web: Web) -> None:
    before = sent(web)
    person = Page(web)
    reply = person.sign_up(name="mallory", userStatus="Active", canIssueIdentity=True, groupId="admins", id=1)
    assert reply.status == 422
    found = {one["path"] for one in read(reply)["error"]["violations"] if one["code"] == "set_by_server"}
    assert found == {"userStatus", "canIssueIdentity", "groupId", "id"}
    assert person.sign_up(organisationName="Other Bank").status == 403
    for intent in (
        {"action": "smile_id.enrollee_info", "user_id": "user-1"},
        {"action": "unifyia.branding", "organization": "Acme Bank"},
    ):
        assert person.post("/api/sign-up", intent).status == 403
    assert sent(web) == before
