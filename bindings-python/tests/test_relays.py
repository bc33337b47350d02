"""Relays are types of their own, which share a client's actions and nothing else; intents have a factory for each action."""

from __future__ import annotations

import json
from typing import Any, get_args

import enrollkit
import pytest
from enrollkit import (
    Intent,
    InvalidInput,
    SmileId,
    SmileIdActions,
    SmileIdRelay,
    Unifyia,
    UnifyiaActions,
    UnifyiaRelay,
    parse_intent,
    relay,
)
from enrollkit._generated.sets import Action

from .support.vectors import USER

SMILE = SmileId(partner_id="085", environment="sandbox", operator="ops@bank.example", api_key="not-a-real-key")
UNIFYIA = Unifyia(base_url="https://id.bank.example")
GIVEN: dict[str, dict[str, Any]] = {
    "smile_id.delete_permanently": {"user_id": "u", "confirm": "u"},
    "unifyia.sign_up": {"user": USER, "organization": "o"},
    "unifyia.branding": {"organization": "o"},
}
ACTIONS = get_args(Action)


def given(action: str) -> dict[str, Any]:
    return GIVEN.get(action, {"user_id": "u"})


@pytest.mark.parametrize("action", ACTIONS)
def test_each_action_has_a_factory_and_a_method_of_clients_and_relays(action: str) -> None:
    service, name = action.split(".")
    intent = getattr(Intent, name)(**given(action))
    assert intent == parse_intent({"action": action, **given(action)})
    client, through = (SMILE, SmileIdRelay("/api")) if service == "smile_id" else (UNIFYIA, UnifyiaRelay("/api"))
    for one in (client, through):
        by_method, by_intent = getattr(one, name)(**given(action)), one.call(intent)
        assert (by_method.operation, by_method.url) == (by_intent.operation, by_intent.url) == (action, by_method.url)
    assert json.loads(through.call(intent).body or b"") == intent.to_dict()


def test_a_relay_is_no_client() -> None:
    smile, unifyia = SmileIdRelay("/api/smile"), UnifyiaRelay("https://app.bank.example/api")
    assert isinstance(smile, SmileIdActions) and isinstance(SMILE, SmileIdActions)  # noqa: PT018  # both, by one class
    assert isinstance(unifyia, UnifyiaActions) and isinstance(UNIFYIA, UnifyiaActions)  # noqa: PT018  # as above
    assert not isinstance(smile, SmileId)
    for name in ("sign", "raw", "with_operator"):
        assert hasattr(SMILE, name) and not hasattr(smile, name)  # noqa: PT018  # as above
    for name in ("raw", "with_token"):
        assert hasattr(UNIFYIA, name) and not hasattr(unifyia, name)  # noqa: PT018  # as above
    assert (repr(smile), repr(unifyia)) == ("SmileIdRelay('/api/smile')", "UnifyiaRelay('https://app.bank.example/api')")
    for abstract in (SmileIdActions, UnifyiaActions):
        with pytest.raises(TypeError):
            abstract()


def test_a_relay_checks_forms_as_a_client_does() -> None:
    extra = {**USER, "favouriteColour": "blue"}
    strict, open_to_more = UnifyiaRelay("/api"), UnifyiaRelay("/api", allow_extra_keys=True)
    assert [one.code for one in strict.check(extra)] == ["unknown_key"]
    assert open_to_more.check(extra) == strict.check(extra, allow_extra_keys=True) == []
    assert open_to_more.sign_up(extra).body
    with pytest.raises(InvalidInput):
        strict.sign_up(extra)


def test_a_factory_says_all_that_is_wrong() -> None:
    with pytest.raises(InvalidInput) as caught:
        Intent.sign_up({**USER, "email": "nobody", "groupId": "admins"}, 5, self_service=True)  # type: ignore[arg-type]  # it is wrong
    assert {one.path: one.code for one in caught.value.violations} == {
        "organization": "wrong_type",
        "email": "bad_email",
        "groupId": "set_by_server",
    }
    extra = Intent.sign_up({**USER, "favouriteColour": "blue"}, allow_extra_keys=True)
    assert extra.with_user_fields({"favouriteFood": "peas"}).user == {**USER, "favouriteColour": "blue", "favouriteFood": "peas"}
    assert Intent.sign_up(json.dumps(USER)) == Intent.sign_up(USER)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: parse_intent({"action": "smile_id.nothing"}),
        lambda: SMILE.call({"action": "smile_id.nothing"}),
        lambda: relay.refused({"action": "smile_id.nothing"}),
        lambda: enrollkit.confirmed_by("smile_id.nothing", OSError()),  # type: ignore[arg-type]  # it is wrong
        lambda: enrollkit.confirmed_by("smile_id.nothing", enrollkit.EnrolleeInfo.from_dict(LOOKED_UP)),  # type: ignore[arg-type]  # it is wrong
    ],
)
def test_no_such_action_is_said_in_one_way(ask: Any) -> None:
    with pytest.raises(InvalidInput) as caught:
        ask()
    (violation,) = caught.value.violations
    assert (violation.path, violation.code, violation.expected) == ("action", "unknown_value", ", ".join(ACTIONS))


LOOKED_UP: dict[str, Any] = {"operation": "smile_id.enrollee_info", "history": []}


def test_a_policy_says_no_to_what_is_wrong_in_other_ways() -> None:
    assert relay.refused({"action": "smile_id.deactivate"}).operation == "smile_id.deactivate"
    with pytest.raises(InvalidInput, match="action"):
        relay.refused({})
