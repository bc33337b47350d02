"""Looks a Smile ID user up, carries one action out, and says what is so. The API key comes from ENROLLKIT_API_KEY."""

from __future__ import annotations

import argparse
import os
import sys

import requests
from enrollkit import EnrolleeInfo, EnrollkitError, Intent, InvalidInput, NoResponse, SmileId, confirmed_by, parse_intent, send


def main() -> int:
    given = arguments()
    wanted = {"action": f"smile_id.{given.action.replace('-', '_')}", "user_id": given.user_id}
    if given.action == "delete-permanently":
        wanted["confirm"] = given.confirm
    try:
        intent = parse_intent(wanted)
        key = os.environ.get("ENROLLKIT_API_KEY", "")
        who = {"partner_id": given.partner_id, "environment": given.environment, "operator": given.operator}
        smile = SmileId(**who, base_url=given.base_url, allow_http=given.allow_http, api_key=key)
        with requests.Session() as session:
            print(f"before    {in_words(look_up(smile, intent, session))}")
            return carry_out(smile, intent, session)
    except InvalidInput as error:
        print(*(f"{violation.path} {violation.message}" for violation in error.violations), sep="\n", file=sys.stderr)
        return 2


def carry_out(smile: SmileId, intent: Intent, session: requests.Session) -> int:
    try:
        outcome = send(smile.call(intent), session)
    except EnrollkitError as error:
        print(f"action    {in_words(error)}")
        if isinstance(error, NoResponse) and error.not_sent:
            print("so it is  not_sent: it can be tried again")
        if not error.outcome_unknown:
            return 1
    else:
        said = outcome.to_dict()["acknowledgement"]
        print(f"action    {said}")
        if said == "stated":
            return 0
    # The answer was lost, or does not say that it is done. Nothing is sent again: the user is looked up.
    found = look_up(smile, intent, session)
    print(f"after     {in_words(found)}")
    so = confirmed_by(intent.action, found)
    print(f"so it is  {so}")
    return {"in_effect": 0, "not_in_effect": 1}.get(so, 3)


def look_up(smile: SmileId, intent: Intent, session: requests.Session) -> EnrolleeInfo | EnrollkitError:
    try:
        return send(smile.enrollee_info(intent.user_id or ""), session)
    except EnrollkitError as error:
        return error


def in_words(found: EnrolleeInfo | EnrollkitError) -> str:
    """Flags only: names, identity numbers and photos do not belong on a terminal."""
    if isinstance(found, EnrollkitError):
        # What it means and the usual causes, and neither ids nor secrets.
        return str(found)
    user = found.enrolled_user.to_dict() if found.enrolled_user else {}
    return f"{', '.join(name for name, on in user.items() if on) or 'no flag set'}; {len(found.history)} jobs"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    actions = ["re-enroll", "deactivate", "reactivate", "flag-fraud", "clear-fraud", "delete-permanently"]
    parser.add_argument("user_id")
    parser.add_argument("action", choices=actions, metavar="ACTION", help=", ".join(actions))
    parser.add_argument("--partner-id", required=True, help="leading zeros included")
    parser.add_argument("--environment", required=True, help="sandbox or production")
    parser.add_argument("--operator", required=True, help="your e-mail address")
    parser.add_argument("--base-url", help="a gateway or the local sandbox instead of Smile ID's own hosts")
    parser.add_argument("--allow-http", action="store_true", help="http to another machine, as to a sandbox in a container")
    parser.add_argument("--confirm", default="", help="to delete: the user id once more")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
