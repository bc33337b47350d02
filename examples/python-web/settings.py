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
from receiver import Receiver


@dataclass(frozen=True)
class Settings:
    partner_id: str
    environment: str
    api_key: str = field(repr=False)
    database: Path
    base_url: str | None
    look_up_pause: float

    @staticmethod
    def from_env(env: Mapping[str, str] = os.environ) -> Settings:
        return Settings(
            partner_id=required(env, "ENROLLKIT_PARTNER_ID"),
            environment=required(env, "ENROLLKIT_ENVIRONMENT"),
            api_key=secret(env, "ENROLLKIT_API_KEY") or required(env, "ENROLLKIT_API_KEY"),
            database=Path(required(env, "DATABASE")),
            base_url=env.get("ENROLLKIT_BASE_URL") or None,
            look_up_pause=float(env.get("LOOK_UP_PAUSE_SECONDS", "1")),
        )

    def smile_id(self) -> SmileId:
        return SmileId(partner_id=self.partner_id, environment=self.environment, api_key=self.api_key, base_url=self.base_url)

    def receiver(self) -> Receiver:
        """The webhooks' receiver, at work."""
        database = Database(self.database)
        Audit(database)
        # While a key is being replaced: both keys.
        verifier = Verifier(partner_id=self.partner_id, keys=[self.api_key])
        receiver = Receiver(self.smile_id(), verifier, Deliveries(database), act, first_pause=self.look_up_pause)
        receiver.start()
        return receiver


@dataclass(frozen=True)
class RelaySettings:
    """What the relay needs beyond that."""

    origin: str
    operator: str
    organization: str
    unifyia_url: str
    token: str | None = field(repr=False)

    @staticmethod
    def from_env(env: Mapping[str, str] = os.environ) -> RelaySettings:
        return RelaySettings(
            origin=required(env, "PUBLIC_ORIGIN"),
            operator=required(env, "ENROLLKIT_OPERATOR"),
            organization=required(env, "ENROLLKIT_ORGANIZATION"),
            unifyia_url=required(env, "ENROLLKIT_UNIFYIA_URL"),
            token=secret(env, "ENROLLKIT_TOKEN"),
        )

    @property
    def cookie(self) -> str:
        # A browser takes a cookie of the prefix only from this very host: no sister of ours can slip one in. It wants https.
        return "__Host-session" if self.origin.startswith("https:") else "session"

    def unifyia(self) -> Unifyia:
        return Unifyia(base_url=self.unifyia_url, token=self.token)


def required(env: Mapping[str, str], name: str) -> str:
    value = env.get(name)
    if not value:
        raise SystemExit(f"{name} is not set; README.md lists the settings")
    return value


def secret(env: Mapping[str, str], name: str) -> str | None:
    """A secret, from the file that NAME_FILE names, or from NAME."""
    file = env.get(f"{name}_FILE")
    if not file:
        return env.get(name) or None
    # An editor's line break is not part of the key; anything else that is wrong with it, enrollkit says.
    return Path(file).read_text(encoding="utf-8").removesuffix("\n").removesuffix("\r")
