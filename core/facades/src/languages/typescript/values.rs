//! Numbers, messages and names that the facade has to know as it runs.

use std::collections::BTreeSet;

use crate::catalogue::{Catalogue, Confirmed, FieldKind, Template};

use super::text::{doc, number, quoted};

/// The violations that the facade finds by itself, before the core sees a value.
const OWN_VIOLATIONS: [&str; 7] =
    ["required", "wrong_type", "unknown_key", "not_unicode", "too_deep", "out_of_range", "bad_timestamp"];

/// The one that only a server's facade can find: no page downloads what it says.
const KEY_IN_PAGE: &str = "api_key_in_browser";

pub(super) fn constants(catalogue: &Catalogue) -> String {
    let constants: Vec<String> = catalogue
        .constants
        .iter()
        .map(|each| format!("{}export const {} = {};\n", doc("", &each.doc), each.name, number(each.value)))
        .collect();
    constants.join("\n")
}

pub(super) fn messages(catalogue: &Catalogue) -> String {
    let own: Vec<&Template> = catalogue
        .violations
        .iter()
        .filter(|template| OWN_VIOLATIONS.contains(&template.code.as_str()))
        .collect();
    let key_in_page = catalogue.violations.iter().find(|template| template.code == KEY_IN_PAGE);
    let key_in_page = key_in_page.map(|each| {
        let about = "As `MESSAGES`, for a key that is given to what is taken for a page.";
        format!("\n{}export const API_KEY_IN_BROWSER =\n  {};\n", doc("", about), quoted(&each.message))
    });
    let line = |code: &str, text: &str| format!("  {code}: {},\n", quoted(text));
    let messages: String = own.iter().map(|each| line(&each.code, &each.message)).collect();
    let additions: String =
        own.iter().filter_map(|each| Some(line(&each.code, each.addition.as_deref()?))).collect();
    [
        doc("", "The messages of the violations that are found before the core sees a value; `{expected}` and `{limit}` stand for what was."),
        format!("export const MESSAGES = {{\n{messages}}} as const;\n\n"),
        doc("", "What stands behind a message that does not name what was expected, where that is known."),
        format!("export const ADDITIONS: {{ readonly [code in keyof typeof MESSAGES]?: string }} = {{\n{additions}}};\n"),
        key_in_page.unwrap_or_default(),
    ]
    .concat()
}

/// Which fields of outcomes keep their own keys.
pub(super) fn open_fields(catalogue: &Catalogue) -> String {
    let records = catalogue.outcomes.iter().chain(&catalogue.records);
    let open: BTreeSet<&str> = records
        .flat_map(|record| &record.fields)
        .filter(|field| field.kind == FieldKind::Json)
        .map(|field| field.name.as_str())
        .collect();
    let names: Vec<String> = open.into_iter().map(quoted).collect();
    format!(
        "{}export const OPEN_FIELDS: ReadonlySet<string> = new Set([{}]);\n",
        doc(
            "",
            "The fields of outcomes that hold what the services or the caller wrote: its keys are theirs."
        ),
        names.join(", ")
    )
}

/// What a look-up says of each action.
pub(super) fn confirmations(catalogue: &Catalogue) -> String {
    let row = |slug: &str, Confirmed { flag, set, unset, deleted }: &Confirmed| {
        let flag = flag.as_deref().map_or_else(|| "null".into(), quoted);
        format!("  {}: [{flag}, {}, {}, {}],\n", quoted(slug), quoted(set), quoted(unset), quoted(deleted))
    };
    let operations = catalogue.services.iter().flat_map(|service| &service.operations);
    let rows: String =
        operations.filter_map(|each| Some(row(&each.slug, each.confirmed.as_ref()?))).collect();
    format!(
        "import type {{ Action, Confirmation }} from \"./words.js\";\n\n{}export const CONFIRMATIONS: {{ readonly [action in Action]: readonly [flag: string | null, set: Confirmation, unset: Confirmation, deleted: Confirmation] }} = {{\n{rows}}};\n",
        doc(
            "",
            "What a look-up says of each action: by which of the user's flags, what that says when it is true and when it is false, and what it says that the user is deleted."
        ),
    )
}
