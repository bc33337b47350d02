//! `POST {host}/api/v2/partner/enrollee`
//!
//! Source: Smile ID, "How to re-enroll, deactivate or delete a user?". Every example there has exactly one action, so
//! that is what is sent. `allow_new_enroll: false` and `delete: false` are documented nowhere and not offered.

use super::{Account, Signed};
use crate::body::BodyWriter;
use crate::call::Request;
use crate::ids::{Operator, UserId};
use crate::intent::Action;

const PATH: &str = "/api/v2/partner/enrollee";

/// The body's member that stands for an action; `None` for the look-up, which is another endpoint.
pub(super) fn flag(action: Action) -> Option<(&'static str, bool)> {
    match action {
        Action::ReEnroll => Some(("allow_new_enroll", true)),
        Action::Deactivate => Some(("active", false)),
        Action::Reactivate => Some(("active", true)),
        Action::FlagFraud => Some(("is_fraudulent", true)),
        Action::ClearFraud => Some(("is_fraudulent", false)),
        Action::DeletePermanently => Some(("delete", true)),
        _ => None,
    }
}

pub(super) fn request(
    account: &Account,
    operator: &Operator,
    (flag, value): (&'static str, bool),
    user_id: &UserId,
    signed: &Signed,
) -> Request {
    let mut body = BodyWriter::for_texts(&[operator.as_str(), user_id.as_str()]);
    body.flag(flag, value);
    body.text("email", operator.as_str());
    super::write_credentials(&mut body, account, signed);
    body.text("user_id", user_id.as_str());
    account.post(PATH, body)
}
