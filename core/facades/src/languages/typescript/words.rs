//! The closed sets, and the user object of a sign-up.

use crate::catalogue::{Catalogue, Set, UserField, UserFieldKind};

use super::text::{doc, quoted};

/// Every closed set, as a type of its words.
pub(super) fn words(catalogue: &Catalogue) -> String {
    let sets: Vec<String> = catalogue.sets.iter().map(set).collect();
    sets.join("\n")
}

fn set(set: &Set) -> String {
    let word = |slug: &str, about: &str| {
        let about = if about.is_empty() { String::new() } else { doc("  ", about) };
        format!("{about}  | {}", quoted(slug))
    };
    let words: Vec<String> = set.words.iter().map(|each| word(&each.slug, &each.doc)).collect();
    format!("{}export type {} =\n{};\n", doc("", &set.doc), set.name, words.join("\n"))
}

/// The user object, and where its status can stand.
pub(super) fn sign_up_user(catalogue: &Catalogue) -> String {
    let statuses: Vec<String> = catalogue.enrollment_statuses.iter().map(|word| quoted(word)).collect();
    let fields: String = catalogue.user.iter().map(user_field).collect();
    [
        doc(
            "",
            "An open JSON object: its shape depends on the organization's workflow. Sent exactly as given.",
        ),
        "export type OpenObject = { readonly [key: string]: unknown };\n\n".into(),
        doc("", "Where `status` and `enrollmentStatus` can stand; the literal words, spaces included."),
        format!("export const ENROLLMENT_STATUSES = [{}] as const;\n\n", statuses.join(", ")),
        doc("", "The user object of a sign-up, with the wire's own names and the documentation's words."),
        format!("export interface SignUpUser {{\n{fields}}}\n"),
    ]
    .concat()
}

fn user_field(field: &UserField) -> String {
    let by = if field.set_by_server { " Set by the organization, not in a self-service form." } else { "" };
    let kind = match field.kind {
        UserFieldKind::Text => "string",
        UserFieldKind::Status => "(typeof ENROLLMENT_STATUSES)[number]",
        UserFieldKind::Instant => "string | Date",
        UserFieldKind::Long => "bigint | number",
        UserFieldKind::Flag => "boolean",
        UserFieldKind::Object => "OpenObject",
        UserFieldKind::Array => "readonly OpenObject[]",
        UserFieldKind::ObjectOrArray => "readonly OpenObject[] | OpenObject",
    };
    let (optional, null) = if field.required { ("", "") } else { ("?", " | null | undefined") };
    let about = doc("  ", &format!("{}{by}", field.doc));
    format!("{about}  readonly {}{optional}: {kind}{null};\n", field.name)
}
