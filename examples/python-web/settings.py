"""The settings, all from the environment: other users of a machine can read a process's arguments."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from enrollkit import SmileId, Unifyia, Verifier

from act import act
from audit import Audit
from database import Database
from deliveries import Deliveries
from look_ups import FIRST_PAUSE_SECONDS, LOOK_UPS_FOR_SECONDS, LookUps
from receiver import Receiver


@dataclass(frozen=True)
class Settings:
    partner_id: str
    environment: str
    api_key: str = field(repr=False)
    database: Path
    base_url: str | None
    allow_http: bool
    look_up_pause: float
    look_ups_for: float

    @staticmethod
    def from_env(env: Mapping[str, str] = os.environ) -> Settings:
        return Settings(
            partner_id=required(env, "ENROLLKIT_PARTNER_ID"),
            environment=required(env, "ENROLLKIT_ENVIRONMENT"),
            api_key=secret(env, "ENROLLKIT_API_KEY") or required(env, "ENROLLKIT_API_KEY"),
            database=Path(required(env, "DATABASE")),
            base_url=env.get("ENROLLKIT_BASE_URL") or None,
            allow_http=switch(env, "ENROLLKIT_ALLOW_HTTP"),
            look_up_pause=float(env.get("LOOK_UP_PAUSE_SECONDS") or FIRST_PAUSE_SECONDS),
            look_ups_for=look_ups_for(env),
        )

    def smile_id(self) -> SmileId:
        return SmileId(
            partner_id=self.partner_id,
            environment=self.environment,
            api_key=self.api_key,
            base_url=self.base_url,
            allow_http=self.allow_http,
        )

    def receiver(self) -> Receiver:
        """The webhooks' receiver, at work."""
        database = Database(self.database)
        Audit(database)
        # While a key is being replaced: both keys.
        verifier = Verifier(partner_id=self.partner_id, keys=[self.api_key])
        deliveries = Deliveries(database)
        look_ups = LookUps(self.smile_id(), deliveries, act, look_ups_for=self.look_ups_for, first_pause=self.look_up_pause)
        receiver = Receiver(verifier, deliveries, look_ups)
        receiver.start()
        return receiver


@dataclass(frozen=True)
class RelaySettings:
    """What the relay needs beyond that."""

    origin: str
    operator: str
    organization: str
    unifyia_url: str
    allow_http: bool
    allow_no_origin: bool
    token: str | None = field(repr=False)

    @staticmethod
    def from_env(env: Mapping[str, str] = os.environ) -> RelaySettings:
        return RelaySettings(
            origin=required(env, "PUBLIC_ORIGIN"),
            operator=required(env, "ENROLLKIT_OPERATOR"),
            organization=required(env, "ENROLLKIT_ORGANIZATION"),
            unifyia_url=required(env, "ENROLLKIT_UNIFYIA_URL"),
            allow_http=switch(env, "ENROLLKIT_ALLOW_HTTP"),
            allow_no_origin=switch(env, "ALLOW_NO_ORIGIN"),
            token=secret(env, "ENROLLKIT_TOKEN"),
        )

    @property
    def cookie(self) -> str:
        # A browser takes a cookie of the prefix only from this very host: no sister of ours can slip one in. It wants https.
        return "__Host-session" if self.origin.startswith("https:") else "session"

    def unifyia(self) -> Unifyia:
        return Unifyia(base_url=self.unifyia_url, token=self.token, allow_http=self.allow_http)


def required(env: Mapping[str, str], name: str) -> str:
    value = env.get(name)
    if not value:
        raise SystemExit(f"{name} is not set; README.md lists the settings")
    return value


def switch(env: Mapping[str, str], name: str) -> bool:
    """Off unless it is `1`; a word that could be meant either way is neither."""
    value = env.get(name) or "0"
    if value not in ("0", "1"):
        raise SystemExit(f"{name} is 1 or 0")
    return value == "1"


def look_ups_for(env: Mapping[str, str]) -> float:
    return float(env.get("LOOK_UPS_FOR_SECONDS") or LOOK_UPS_FOR_SECONDS)


def secret(env: Mapping[str, str], name: str) -> str | None:
    """A secret, from the file that NAME_FILE names, or from NAME."""
    file = env.get(f"{name}_FILE")
    if not file:
        return env.get(name) or None
    # An editor's line break is not part of the key; anything else that is wrong with it, enrollkit says.
    return Path(file).read_text(encoding="utf-8").removesuffix("\n").removesuffix("\r")
