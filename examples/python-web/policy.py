"""Who may do what to whom. What is not written here is refused."""

from __future__ import annotations

from enrollkit import Intent

from sessions import Session

EVERYDAY = frozenset(
    {
        "smile_id.enrollee_info",
        "smile_id.re_enroll",
        "smile_id.deactivate",
        "smile_id.reactivate",
        "smile_id.flag_fraud",
        "smile_id.clear_fraud",
    }
)
# Re-enrolling is not among them: whoever stole a session would put their own face in the place of its owner's.
OWN = frozenset({"smile_id.enrollee_info", "smile_id.deactivate"})
# Never by way of a page: "smile_id.delete_permanently".


def allows(session: Session, intent: Intent) -> bool:
    if session.role == "operator":
        # The bank's own people are somebody else's to deal with.
        return intent.action in EVERYDAY and not str(intent.user_id).startswith("staff-")
    if session.role == "end_user":
        # Whom it is about, the session says; a page that says otherwise is refused, and not corrected in silence.
        return intent.action in OWN and session.user_id is not None and intent.user_id == session.user_id
    return False


def allows_sign_up(intent: Intent, organization: str) -> bool:
    """What somebody without a session may do: sign up, here."""
    if intent.action != "unifyia.sign_up" or intent.user is None:
        return False
    # The path's name and the body's must agree; enrollkit checks it, and this does not rely on it.
    return intent.organization == organization and intent.user.get("organisationName") == organization
