//! What is wrong with one field of the user object.

use super::fields::{ENROLLMENT_STATUSES, Field, FieldKind, ORGANIZATION_KEY};
use super::rules::SignUpRules;
use crate::input::{Violation, ViolationCode, Violations, wrong_type};
use crate::json::{Json, Kind, Value};
use crate::text::{concat, count, has_any, integer, is_blank, is_integer, join};
use crate::value::{EXAMPLE, Timestamp, email_fault, name_fault, organization_rules};

pub(super) fn check_field(
    field: &Field,
    value: Option<Value<'_>>,
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
    if value.kind() != Kind::Null {
        check_value(field, value, violations);
    } else if field.required {
        violations.add(field.name, ViolationCode::Required);
    }
}

/// A required field can't be left out, so a form may send it empty.
fn is_harmless(field: &Field, value: Value<'_>) -> bool {
    field.required && value.is_empty_array()
}

fn check_value(field: &Field, value: Value<'_>, violations: &mut Violations) {
    match (field.kind, value.kind()) {
        (FieldKind::Text, Kind::String) if !field.required => {}
        (
            FieldKind::Text | FieldKind::Name | FieldKind::Email | FieldKind::Status | FieldKind::Instant,
            Kind::String,
        ) => check_text(field, &value.string().unwrap_or_default(), violations),
        (FieldKind::Long, Kind::Number) => check_long(field, value.number().unwrap_or_default(), violations),
        (FieldKind::Flag, Kind::Bool) | (FieldKind::Object | FieldKind::ObjectOrArray, Kind::Object) => {}
        (FieldKind::Array | FieldKind::ObjectOrArray, Kind::Array) => {
            if value.has_others_than_objects() {
                check_items(field.name, &value.to_json(), violations);
            }
        }
        _ => violations.push(wrong_type(field.name, field.kind.expected())),
    }
}

fn check_text(field: &Field, text: &str, violations: &mut Violations) {
    let path = field.name;
    match field.kind {
        FieldKind::Text | FieldKind::Name if field.required && is_blank(text) => {
            violations.add(path, ViolationCode::Required);
        }
        FieldKind::Name => match name_fault(text) {
            Some(code) => violations.add(path, code),
            // It is a step of the path, too.
            None if path == ORGANIZATION_KEY => organization_rules(text, path, violations),
            None => {}
        },
        FieldKind::Email => {
            if let Some(code) = email_fault(text).filter(|_| !text.is_empty()) {
                violations.add(path, code);
            }
        }
        FieldKind::Status if !ENROLLMENT_STATUSES.contains(&text) => {
            violations.push(
                Violation::new(path, ViolationCode::UnknownValue).expected(join(&ENROLLMENT_STATUSES, ", ")),
            );
        }
        // Assumption: "Instant" is text as Java's `Instant` writes it.
        FieldKind::Instant if Timestamp::parse(text).is_err() || !has_any(text, b"T") => {
            violations.push(Violation::new(path, ViolationCode::BadTimestamp).expected(EXAMPLE));
        }
        _ => {}
    }
}

fn check_long(field: &Field, number: &str, violations: &mut Violations) {
    if !is_integer(number) {
        violations.push(wrong_type(field.name, field.kind.expected()));
    } else if integer(number).is_none() {
        violations
            .push(Violation::new(field.name, ViolationCode::OutOfRange).expected("an integer of 64 bits"));
    }
}

fn check_items(path: &str, items: &Json, violations: &mut Violations) {
    for (place, item) in items.as_array().unwrap_or_default().iter().enumerate() {
        if item.as_object().is_none() {
            violations.push(wrong_type(&concat(&[path, "/", &count(place)]), "object"));
        }
    }
}
