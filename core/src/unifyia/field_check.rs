//! What is wrong with one field of the user object.

use super::fields::{ENROLLMENT_STATUSES, Field, FieldKind, ORGANIZATION_KEY};
use super::rules::SignUpRules;
use crate::input::{Violation, ViolationCode, Violations, wrong_type};
use crate::json::Json;
use crate::text::{concat, count, has_any, is_blank, join};
use crate::value::{EXAMPLE, Timestamp, email_fault, name_fault, organization_rules};

pub(super) fn check_field(
    field: &Field,
    value: Option<&Json>,
    rules: SignUpRules,
    violations: &mut Violations,
) {
    let Some(value) = value else {
        if field.required {
            violations.add(field.name, ViolationCode::Required);
        }
        return;
    };
    if rules.self_service && field.set_by_server && !is_harmless(field, value) {
        violations.add(field.name, ViolationCode::SetByServer);
        return;
    }
    match value {
        Json::Null => {
            if field.required {
                violations.add(field.name, ViolationCode::Required);
            }
        }
        value => check_value(field, value, violations),
    }
}

/// A required field can't be left out, so a form may send it empty.
fn is_harmless(field: &Field, value: &Json) -> bool {
    field.required && value.as_array().is_some_and(<[Json]>::is_empty)
}

fn check_value(field: &Field, value: &Json, violations: &mut Violations) {
    let path = field.name;
    match (field.kind, value) {
        (FieldKind::Text | FieldKind::Name, Json::String(text)) if field.required && is_blank(text) => {
            violations.add(path, ViolationCode::Required);
        }
        (FieldKind::Name, Json::String(text)) => match name_fault(text) {
            Some(code) => violations.add(path, code),
            // It is a step of the path, too.
            None if path == ORGANIZATION_KEY => organization_rules(text, path, violations),
            None => {}
        },
        (FieldKind::Email, Json::String(text)) => {
            if let Some(code) = email_fault(text).filter(|_| !text.is_empty()) {
                violations.add(path, code);
            }
        }
        (FieldKind::Status, Json::String(text)) => {
            if !ENROLLMENT_STATUSES.contains(&text.as_str()) {
                violations.push(
                    Violation::new(path, ViolationCode::UnknownValue)
                        .expected(join(&ENROLLMENT_STATUSES, ", ")),
                );
            }
        }
        // Assumption: "Instant" is text as Java's `Instant` writes it.
        (FieldKind::Instant, Json::String(text)) => {
            if Timestamp::parse(text).is_err() || !has_any(text, b"T") {
                violations.push(Violation::new(path, ViolationCode::BadTimestamp).expected(EXAMPLE));
            }
        }
        (FieldKind::Long, Json::Number(number)) => {
            if !number.is_integer() {
                violations.push(wrong_type(path, field.kind.expected()));
            } else if number.as_i64().is_none() {
                violations
                    .push(Violation::new(path, ViolationCode::OutOfRange).expected("an integer of 64 bits"));
            }
        }
        (FieldKind::Text, Json::String(_))
        | (FieldKind::Flag, Json::Bool(_))
        | (FieldKind::Object | FieldKind::ObjectOrArray, Json::Object(_)) => {}
        (FieldKind::Array | FieldKind::ObjectOrArray, Json::Array(items)) => {
            for (place, item) in items.iter().enumerate() {
                if item.as_object().is_none() {
                    violations.push(wrong_type(&concat(&[path, "/", &count(place)]), "object"));
                }
            }
        }
        _ => violations.push(wrong_type(path, field.kind.expected())),
    }
}
