//! `core/catalogue`: violations, closed sets and the user object as JSON, for translators and other readers.

use enrollkit::Json as Value;
use enrollkit::json::Object;

use crate::catalogue::{Catalogue, Set, Template, UserField, UserFieldKind};
use crate::facade::{Facade, File};

/// The JSON files of `core/catalogue`.
pub struct Json;

impl Facade for Json {
    fn files(&self, catalogue: &Catalogue) -> Vec<File> {
        vec![
            File::whole("core/catalogue/violations.json", violations(&catalogue.violations)),
            File::whole("core/catalogue/slugs.json", slugs(&catalogue.sets)),
            File::whole("core/catalogue/user-fields.json", user_fields(catalogue)),
        ]
    }
}

/// One line each, so that a change shows as a line.
fn lines(about: &str, items: &[Value]) -> String {
    let items: Vec<String> = items.iter().map(|item| format!("    {}", item.to_text())).collect();
    format!(
        "{{\n  \"about\": {},\n  \"items\": [\n{}\n  ]\n}}\n",
        Value::from(about).to_text(),
        items.join(",\n")
    )
}

fn object<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    let mut out = Object::new();
    for (key, value) in pairs {
        out.insert(key, value);
    }
    out.into()
}

fn texts<'a>(items: impl Iterator<Item = &'a String>) -> Value {
    items.map(|item| Value::from(item.as_str())).collect::<Vec<_>>().into()
}

fn violations(templates: &[Template]) -> String {
    let about = "What can be wrong with a value. {expected} and {limit} stand for the violation's parameters; an unknown key's \
                 message also names the nearest known one, when there is one.";
    let item = |template: &Template| {
        // An insecure address names the setting that allows it in its addition, which translators may leave out.
        let near = |name: &str| template.code == "unknown_key" && name == "expected";
        let parameters = ["expected", "limit"]
            .into_iter()
            .filter(|name| near(name) || template.message.contains(&format!("{{{name}}}")));
        object([
            ("code", template.code.as_str().into()),
            ("message", template.message.as_str().into()),
            ("parameters", parameters.map(Value::from).collect::<Vec<_>>().into()),
        ])
    };
    lines(about, &templates.iter().map(item).collect::<Vec<_>>())
}

fn slugs(sets: &[Set]) -> String {
    let about =
        "Every closed set of the core. A new version may add to one; an unknown slug must be survived.";
    let item = |set: &Set| {
        object([("set", set.name.as_str().into()), ("slugs", texts(set.words.iter().map(|word| &word.slug)))])
    };
    lines(about, &sets.iter().map(item).collect::<Vec<_>>())
}

fn user_fields(catalogue: &Catalogue) -> String {
    let item = |field: &UserField| {
        let mut item = object([
            ("name", field.name.as_str().into()),
            ("type", field.expected.as_str().into()),
            ("required", field.required.into()),
            ("set_by_server", field.set_by_server.into()),
            ("doc", field.doc.as_str().into()),
        ]);
        if let (UserFieldKind::Status, Value::Object(item)) = (field.kind, &mut item) {
            item.insert("values", texts(catalogue.enrollment_statuses.iter()));
        }
        item
    };
    lines(
        "The user object of a Unifyia sign-up, in the documentation's order.",
        &catalogue.user.iter().map(item).collect::<Vec<_>>(),
    )
}

#[cfg(test)]
mod tests {
    use super::Json;
    use crate::facade::Facade;
    use crate::made_up;

    #[test]
    fn the_catalogue_is_written_as_json() {
        made_up::snapshot("json", &Json.files(&made_up::catalogue()));
    }
}
