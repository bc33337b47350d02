//! `POST {host}/api/v2/partner/enrollee`
//!
//! Source: Smile ID, "How to re-enroll, deactivate or delete a user?". Every example there has exactly one action, so
//! that is what is sent. `allow_new_enroll: false` and `delete: false` are documented nowhere and not offered.

use alloc::string::String;

use super::account::Context;
use super::user_keys::{AboutUser, UserKeys};
use crate::http::{BodyWriter, Request};
use crate::input::{Fields, InvalidInput, Violation, ViolationCode};
use crate::json::Object;
use crate::keys::{ACTION_KEY, AnyKeys, Key, KeyKind, Keys, Written};
use crate::unifyia::SignUpRules;
use crate::value::UserId;

const PATH: &str = "/api/v2/partner/enrollee";

/// Which user is deleted, said twice.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct DeletionKeys(UserKeys);

impl DeletionKeys {
    pub(crate) fn new(user_id: UserId, confirm: &str) -> Result<Self, InvalidInput> {
        if confirm != user_id.as_str() {
            let code = if confirm.is_empty() { ViolationCode::Required } else { ViolationCode::Mismatch };
            return Err(Violation::new("confirm", code).expected("user_id").into());
        }
        Ok(Self(UserKeys::new(user_id)))
    }
}

impl Keys for DeletionKeys {
    const KEYS: &'static [Key] = &[
        Key::new("user_id", KeyKind::Text, true, "The user's id, as you gave it to Smile ID."),
        Key::new("confirm", KeyKind::Text, true, "The user's id again: a deletion can't be undone."),
    ];

    fn read(intent: &mut Written, _: SignUpRules) -> Result<Self, InvalidInput> {
        let mut fields = Fields::new(&intent.object);
        fields.only(&[ACTION_KEY, "user_id", "confirm"]);
        let user_id = fields.required("user_id", UserId::parse);
        let confirm = fields.required("confirm", |text| Ok(String::from(text)));
        let keys = user_id
            .zip(confirm)
            .and_then(|(user_id, confirm)| fields.violations.keep(Self::new(user_id, &confirm)));
        fields.violations.finish(keys)
    }
}

impl AnyKeys for DeletionKeys {
    fn write(&self, intent: &mut Object) {
        self.0.write(intent);
        intent.put_text("confirm", self.0.user_id.as_str());
    }

    fn user_id(&self) -> Option<&UserId> {
        self.0.user_id()
    }
}

impl AboutUser for DeletionKeys {
    fn about(&self) -> &UserId {
        self.0.about()
    }
}

/// The body's member that stands for an action.
type Flag = (&'static str, bool);

pub(super) fn request(
    context: &Context<'_>,
    keys: &impl AboutUser,
    flag: Flag,
) -> Result<Request, InvalidInput> {
    request_about(context, keys.about(), flag)
}

fn request_about(
    context: &Context<'_>,
    user_id: &UserId,
    (flag, value): Flag,
) -> Result<Request, InvalidInput> {
    let operator = context.operator()?;
    let user_id = user_id.as_str();
    let mut body = BodyWriter::for_texts(&[operator.as_str(), user_id]);
    body.flag(flag, value);
    body.text("email", operator.as_str());
    context.write_credentials(&mut body);
    body.text("user_id", user_id);
    Ok(context.account.post(PATH, body))
}
