"""What Python's objects become: exact JSON, or a violation with a path; never a method of the caller's, never another exception."""

from __future__ import annotations

import enum
import gc
import json
import pickle
import sys
from collections import OrderedDict
from datetime import date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from itertools import count
from typing import Any, NamedTuple

import enrollkit
import pytest
from enrollkit import EnrollkitError, Intent, InvalidInput, SmileId, SmileIdRelay, Unifyia, UnifyiaRelay, Verifier
from hypothesis import given
from hypothesis import strategies as st

from .support.vectors import USER


def found(value: Any) -> list[tuple[str, str]]:
    """What is wrong with a user that holds this in an open field."""
    user = {**USER, "userAttribute": {"x": value}}
    return [(one.path, one.code) for one in enrollkit.check_user(user)]


def written(value: Any) -> str:
    """The JSON that is sent for it."""
    body = Unifyia(base_url="https://id.bank.example").sign_up({**USER, "userAttribute": {"x": value}}).body
    assert body is not None
    return body.decode().split('"userAttribute":{"x":')[1].split('},"userAddress":')[0]


class Color(enum.IntEnum):
    RED = 7


class Point(NamedTuple):
    x: int
    y: int


class LoudStr(str):
    def __str__(self) -> str:
        raise AssertionError("it was asked")

    __repr__ = __hash__ = __eq__ = __len__ = encode = __str__  # type: ignore[assignment]  # all of them shout


class LoudDict(dict):  # type: ignore[type-arg]  # any
    def items(self) -> Any:
        raise AssertionError("it was asked")

    __iter__ = __getitem__ = keys = values = get = __len__ = __contains__ = __eq__ = items  # type: ignore[assignment]  # as above


class LoudList(list):  # type: ignore[type-arg]  # any
    def __iter__(self) -> Any:
        raise AssertionError("it was asked")

    __len__ = __getitem__ = __eq__ = __iter__  # type: ignore[assignment]  # as above


class LoudInt(int):
    def __index__(self) -> int:
        raise AssertionError("it was asked")

    __int__ = __str__ = __repr__ = bit_length = __index__  # type: ignore[assignment]  # as above


class LoudFloat(float):
    def __float__(self) -> float:
        raise AssertionError("it was asked")

    __str__ = __repr__ = __float__  # type: ignore[assignment]  # as above


NOON = datetime(2026, 11, 22, 12, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=2)))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (0, "0"),
        (2**63, "9223372036854775808"),
        (-(10**3000), "-1" + "0" * 3000),
        (Color.RED, "7"),
        (LoudInt(2**70), str(2**70)),
        (0.1, "0.1"),
        (1e300, "1e+300"),
        (-0.0, "-0.0"),
        (LoudFloat(1.5), "1.5"),
        (Decimal("1.10"), "1.10"),
        (Decimal("1E+400"), "1E+400"),
        ("é\u2028\x00🗝", '"é\u2028\\u0000🗝"'),
        (LoudStr("text"), '"text"'),
        ([1, (2, [3])], "[1,[2,[3]]]"),
        (Point(1, 2), "[1,2]"),
        (LoudList([1]), "[1]"),
        ({"b": 1, "a": {"__proto__": []}}, '{"b":1,"a":{"__proto__":[]}}'),
        (OrderedDict(b=1, a=2), '{"b":1,"a":2}'),
        (LoudDict(a=1), '{"a":1}'),
        (NOON, '"2026-11-22T10:00:00.999Z"'),
    ],
    # Their own texts would be asked for a name.
    ids=count(),
)
def test_exact(value: Any, text: str) -> None:
    assert written(value) == text


def cycle() -> Any:
    one: list[Any] = []
    one.append({"again": one})
    return one


def nested(levels: int) -> Any:
    value: Any = []
    for _ in range(levels):
        value = [value]
    return value


def doubling(levels: int) -> Any:
    value: Any = ["x"]
    for _ in range(levels):
        value = [value, value]
    return value


class Zone(tzinfo):
    """A time zone that fails."""

    def utcoffset(self, _: datetime | None) -> timedelta:
        raise RuntimeError("no zone")


class Impostor:
    """Not a dict, whatever it says."""

    __class__ = dict  # type: ignore[assignment]  # that is the point


TEXTS = {"a\ud800": 1}


@pytest.mark.parametrize(
    ("value", "violations"),
    [
        (float("nan"), [("", "wrong_type")]),
        (float("inf"), [("", "wrong_type")]),
        (Decimal("NaN"), [("", "wrong_type")]),
        (Decimal("sNaN"), [("", "wrong_type")]),
        (Decimal("-Infinity"), [("", "wrong_type")]),
        (10**5000, [("", "out_of_range")]),
        (1 << 10_000_000, [("", "out_of_range")]),
        ("\ud800", [("", "not_unicode")]),
        (TEXTS, [("", "not_unicode")]),
        ({1: 2}, [("", "wrong_type")]),
        ({None: 2, "ok": object()}, [("", "wrong_type"), ("/ok", "wrong_type")]),
        (object(), [("", "wrong_type")]),
        (b"bytes", [("", "wrong_type")]),
        ({1, 2}, [("", "wrong_type")]),
        (date(2026, 1, 1), [("", "wrong_type")]),
        (datetime(2026, 1, 1), [("", "bad_timestamp")]),  # noqa: DTZ001  # naive is what is tested
        (datetime(1969, 1, 1, tzinfo=timezone.utc), [("", "out_of_range")]),
        (datetime(2026, 1, 1, tzinfo=Zone()), [("", "bad_timestamp")]),
        (Impostor(), [("", "wrong_type")]),
        (cycle(), [("/0/again", "too_deep")]),
        ([[b"", [float("nan")]]], [("/0/0", "wrong_type"), ("/0/1/0", "wrong_type")]),
    ],
    ids=count(),
)
def test_refused_with_a_path(value: Any, violations: list[tuple[str, str]]) -> None:
    assert found(value) == [("userAttribute/x" + path, code) for path, code in violations]


def test_depth_is_limited() -> None:
    # The user and its field are two levels, the innermost list is one.
    assert found(nested(125)) == []
    assert found(nested(126)) == [("userAttribute/x" + "/0" * 126, "too_deep")]
    (path, code), *_ = found(nested(100_000))
    assert (code, path[:17]) == ("too_deep", "userAttribute/x/0")


def test_a_body_may_be_as_deep_as_a_user(smile: SmileId, unifyia: Unifyia) -> None:
    doors: list[tuple[Any, dict[str, Any]]] = [
        (unifyia.raw, {"method": "POST", "path": "/groups"}),
        (smile.raw, {"host": "api", "method": "POST", "path": "/v1/x", "auth": "headers"}),
    ]
    for raw, request in doors:
        for text in (False, True):
            deepest, deeper = ({**request, "body": {"x": nested(levels)}} for levels in (126, 127))
            body = raw(json.dumps(deepest) if text else deepest).body
            assert json.loads(body) == deepest["body"]
            with pytest.raises(InvalidInput) as caught:
                raw(json.dumps(deeper) if text else deeper)
            (violation,) = caught.value.violations
            assert (violation.path, violation.code, violation.limit) == ("body/x" + "/0" * 127, "too_deep", 128)


def test_a_field_of_a_back_end_may_be_as_deep_as_any(unifyia: Unifyia) -> None:
    parsed = enrollkit.parse_intent({"action": "unifyia.sign_up", "user": USER})
    deepest, deeper = ({"userAttribute": {"x": nested(levels)}} for levels in (125, 126))
    for door in (deepest, json.dumps(deepest)):
        intent = parsed.with_user_fields(door)
        assert unifyia.call(intent).body
        assert intent.user is not None
        assert intent.user["userAttribute"] == deepest["userAttribute"]
        assert pickle.loads(pickle.dumps(intent)) == enrollkit.Intent.from_dict(intent.to_dict()) == intent
    for door in (deeper, json.dumps(deeper)):
        with pytest.raises(InvalidInput, match="too_deep"):
            parsed.with_user_fields(door)


@pytest.mark.parametrize("value", [None, [], [USER], 5, True, ()])
def test_what_is_no_user(unifyia: Unifyia, value: Any) -> None:
    for door in (value, json.dumps(value)):
        with pytest.raises(InvalidInput) as caught:
            unifyia.sign_up(door, "Acme Bank")
        assert list(caught.value.violations) == enrollkit.check_user(door, "Acme Bank")
        (violation,) = caught.value.violations
        assert (violation.path, violation.code, violation.expected) == ("", "wrong_type", "object")


@pytest.mark.parametrize("value", [doubling(100), ["x" * 1_000_000] * 1000], ids=["doubling", "repeated"])
def test_what_would_never_end_is_refused(value: Any) -> None:
    assert found(value) == [("", "too_long")]


def test_a_key_of_two_minds_is_no_second_key() -> None:
    class Key(str):
        def __hash__(self) -> int:
            return id(self)

        def __eq__(self, other: object) -> bool:
            return self is other

    assert found({Key("a"): 1, Key("a"): 2}) == [("userAttribute/x/a", "duplicate_key")]


def test_a_dict_that_changes_while_it_is_read() -> None:
    holder: dict[str, Any] = {}

    class Growing(tzinfo):
        def utcoffset(self, _: datetime | None) -> timedelta:
            holder.update({f"k{at}": at for at in range(1000)})
            return timedelta(0)

    holder["when"] = datetime(2026, 1, 1, tzinfo=Growing())
    assert found(holder) == []


def test_what_is_around_changes_while_it_is_read() -> None:
    class Emptying(tzinfo):
        def utcoffset(self, _: datetime | None) -> timedelta:
            user.clear()
            return timedelta(0)

    user: dict[str, Any] = {
        "userAttribute": {"when": datetime(2026, 1, 1, tzinfo=Emptying()), "behind": 1},
        **{key: value for key, value in USER.items() if key != "userAttribute"},
    }
    body = Unifyia(base_url="https://id.bank.example").sign_up(user).body or b""
    assert user == {}
    written = json.loads(body)
    assert written == {**USER, "userAttribute": {"when": "2026-01-01T00:00:00.000Z", "behind": 1}}


def test_garbage_that_changes_what_is_read(unifyia: Unifyia) -> None:
    """Python before 3.12 may collect garbage whenever it makes an object, and so run a finalizer."""

    class Changing:
        def __del__(self) -> None:
            user["userAttribute"] = {}
            user[str(len(user))] = 1

    user: dict[str, Any] = {}
    before = gc.get_threshold()
    gc.set_threshold(1, 1, 1)
    try:
        for _ in range(50):
            user.clear()
            cycle = Changing()
            cycle.self = cycle  # type: ignore[attr-defined]  # an object of its own is what garbage is made of
            del cycle
            user.update(USER, id=1 << 70, userAttribute={"\ud800": 1.5, "a": "\ud800", "b": 1 << 70})
            with pytest.raises(InvalidInput) as caught:
                unifyia.sign_up(user)
            assert ("id", "out_of_range") in [(one.path, one.code) for one in caught.value.violations]
    finally:
        gc.set_threshold(*before)


@pytest.mark.parametrize("now", [5, 5.0, True, b"2026-11-22T10:00:00.000Z", "yesterday", "\ud800", date(2026, 1, 1), object()])
def test_a_time_is_a_datetime_or_a_text(smile: SmileId, now: Any) -> None:
    with pytest.raises(InvalidInput, match="bad_timestamp") as caught:
        smile.re_enroll("u", now=now)
    assert [one.path for one in caught.value.violations] == ["now"]


def test_a_naive_time_is_refused_and_says_why(smile: SmileId) -> None:
    with pytest.raises(InvalidInput) as caught:
        smile.re_enroll("u", now=datetime(2026, 1, 1))  # noqa: DTZ001  # naive is what is tested
    (violation,) = caught.value.violations
    assert "no time zone" in violation.message


def test_times_are_floored_in_any_zone(smile: SmileId) -> None:
    assert smile.sign(now=NOON).timestamp == "2026-11-22T10:00:00.999Z"
    assert smile.sign(now="2026-11-22T10:00:00.000999Z").timestamp == "2026-11-22T10:00:00.000Z"
    assert smile.sign().timestamp[:-1] <= datetime.now(timezone.utc).isoformat()


def test_json_text_is_exact() -> None:
    text = json.dumps(USER)[:-1] + ', "id": 9007199254740993, "userVoterID": {"n": 1.10, "e": 1E400}}'
    unifyia = Unifyia(base_url="https://id.bank.example")
    for door in (text, text.encode(), bytearray(text.encode()), memoryview(text.encode())):
        body = unifyia.sign_up(door).body or b""
        assert b'"id":9007199254740993' in body
        assert b'{"n":1.10,"e":1E400}' in body
    with pytest.raises(InvalidInput, match="not_unicode"):
        unifyia.sign_up(b"\xff")


def test_wrong_arguments_are_violations_together() -> None:
    with pytest.raises(InvalidInput) as caught:
        SmileId(partner_id=85, environment="prod", operator=1, api_key=b"k")  # type: ignore[arg-type]  # that is the point
    codes = {(one.path, one.code) for one in caught.value.violations}
    assert codes == {
        ("partner_id", "wrong_type"),
        ("environment", "unknown_value"),
        ("operator", "wrong_type"),
        ("api_key", "wrong_type"),
    }
    with pytest.raises(InvalidInput) as caught:
        Verifier(partner_id="x", keys=["", 5], max_age_seconds="300")  # type: ignore[arg-type]  # that is the point
    assert sorted(one.path for one in caught.value.violations) == ["keys/0", "keys/1", "max_age_seconds", "partner_id"]


@pytest.mark.parametrize("arguments", [{}, {"partner_id": "085"}, {"partnerId": "085"}])
def test_wrong_names_are_pythons_own_errors(arguments: Any) -> None:
    with pytest.raises(TypeError):
        SmileId(**arguments)
    with pytest.raises(TypeError, match="not both"):
        SmileId(partner_id="085", environment="sandbox", api_key="k", pair={})  # type: ignore[typeddict-item]  # as above


ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**20, max_value=10**5000)
    | st.floats()
    | st.decimals()
    | st.text()
    | st.text(st.characters(categories=["Cs"]), min_size=1)
    | st.binary()
    | st.datetimes()
    | st.datetimes(timezones=st.timezones())
    | st.dates()
    | st.builds(object)
    | st.builds(LoudStr)
    | st.sampled_from([cycle(), nested(200), Impostor(), *USER, *USER.values(), "smile_id.re_enroll", "unifyia.sign_up"]),
    lambda inner: (
        st.lists(inner)
        | st.tuples(inner, inner)
        | st.dictionaries(st.sampled_from([*USER, "action", "user_id", "user", "confirm", "path", "method"]), inner)
        | st.dictionaries(st.text() | st.integers(), inner)
        | st.builds(LoudDict, st.dictionaries(st.text(), inner))
        | st.builds(LoudList, st.lists(inner))
    ),
    max_leaves=12,
)

SMILE = SmileId(partner_id="085", environment="sandbox", operator="ops@bank.example", api_key="not-a-real-key")
UNIFYIA = Unifyia(base_url="https://id.bank.example")
VERIFIER = Verifier(partner_id="085", keys=["not-a-real-key"])
ENTRIES: dict[str, Any] = {
    "parse_intent": enrollkit.parse_intent,
    "check": enrollkit.check,
    "check_user": lambda value: enrollkit.check_user(value, self_service=True),
    "smile call": SMILE.call,
    "smile raw": SMILE.raw,
    "re_enroll": SMILE.re_enroll,
    "delete": lambda value: SMILE.delete_permanently(value, value),
    "now": lambda value: SMILE.sign(now=value),
    "smile options": lambda value: SmileId(partner_id=value, environment=value, operator=value, base_url=value, api_key=value),
    "pair": lambda value: SmileId(partner_id="085", environment="sandbox", pair=value),
    "relay": SmileIdRelay,
    "unifyia relay": UnifyiaRelay,
    "factory": lambda value: Intent.delete_permanently(value, value),
    "factory of a sign-up": lambda value: Intent.sign_up(value, value),
    "operator": SMILE.with_operator,
    "unifyia call": UNIFYIA.call,
    "unifyia raw": UNIFYIA.raw,
    "sign_up": lambda value: UNIFYIA.sign_up(value, value),
    "token": UNIFYIA.with_token,
    "unifyia options": lambda value: Unifyia(base_url=value, token=value, wrapping=value, allow_http=value),
    "branding": UNIFYIA.branding,
    "read body": lambda value: SMILE.re_enroll("u").read(200, value),
    "read status": lambda value: SMILE.re_enroll("u").read(value, b"{}", max_bytes=value),
    "read headers": lambda value: SMILE.re_enroll("u").read(200, b"{}", value),
    "callback": lambda value: VERIFIER.callback_refusal(value),
    "webhook": lambda value: VERIFIER.webhook(value, value),
    "keys": lambda value: Verifier(partner_id="085", keys=value, max_age_seconds=value),
    "answer": enrollkit.relay.answer,
    "refused": enrollkit.relay.refused,
    "confirmed_by": lambda value: enrollkit.confirmed_by(value, value),
    "signature": lambda value: enrollkit.signature(value, value, value),
    "error": EnrollkitError.from_dict,
    "fields": lambda value: enrollkit.parse_intent({"action": "unifyia.sign_up", "user": USER}).with_user_fields(value),
    **{
        f"{name}.from_dict": getattr(enrollkit, name).from_dict
        for name in ("Acknowledged", "EnrolleeInfo", "SignedUp", "Branding", "RawReply", "EnrolledUser")
        + ("HistoryEntry", "PartnerParams", "IdCheck", "Violation", "Verified", "Intent")
    },
}


@pytest.mark.parametrize("entry", ENTRIES)
@given(value=ANY)
def test_only_our_exceptions(entry: str, value: Any) -> None:
    try:
        ENTRIES[entry](value)
    except EnrollkitError as error:
        assert str(error)
        assert EnrollkitError.from_dict(error.to_dict()) == error


class Shouting:
    """Every method fails."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(name)

    def __iter__(self) -> Any:
        raise RuntimeError("iter")


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_object_whose_every_method_fails(entry: str) -> None:
    with pytest.raises((EnrollkitError, AssertionError)) as caught:
        raise AssertionError(ENTRIES[entry](Shouting()))
    assert not isinstance(caught.value, AssertionError) or entry in ("check", "check_user")


def test_deep_in_the_stack_it_is_the_same() -> None:
    def at(depth: int) -> Any:
        return at(depth - 1) if depth else found(nested(120))

    assert at(sys.getrecursionlimit() // 2) == []
