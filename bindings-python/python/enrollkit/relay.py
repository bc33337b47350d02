"""The back end's side of a relay: front ends bring intents, the back end applies its policy, signs and sends.

A route, in order: `route_refusal` (method, origin, content type); the session; `parse_intent`; your policy (deny by default; an end
user's `user_id` comes from the session); `client.call`; send; `answer`.
"""

from __future__ import annotations

from ._enrollkit import Answer, answer, parse_intent, refused, route_refusal

__all__ = ["Answer", "answer", "parse_intent", "refused", "route_refusal"]
