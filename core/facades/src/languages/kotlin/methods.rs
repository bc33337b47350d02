//! What the methods of clients and the factories of intents have in common.

use super::text::{declared, kdoc, name, tag};
use crate::catalogue::{Key, KeyKind, Operation, Service};
use crate::names::constant;

/// `smile_id.re_enroll`'s is `reEnroll`.
pub(super) fn method(operation: &Operation) -> String {
    name(operation.method.as_deref().unwrap_or_default())
}

/// What a method is made of that is written by hand: `sign_up`'s `call` is `signUpCall`.
pub(super) fn hook(operation: &Operation, kind: &str) -> String {
    name(&format!("{}_{kind}", operation.method.as_deref().unwrap_or_default()))
}

/// The keys that are text.
pub(super) fn texts(operation: &Operation) -> impl Iterator<Item = &Key> {
    operation.keys.iter().filter(|key| key.kind == KeyKind::Text)
}

/// The key that is a user.
pub(super) fn user_key(operation: &Operation) -> Option<&Key> {
    operation.keys.iter().find(|key| key.kind == KeyKind::SignUpUser)
}

/// Whether one of a service's actions has a user.
pub(super) fn takes_user(service: &Service) -> bool {
    service.operations.iter().any(|operation| user_key(operation).is_some())
}

/// Arguments or parameters, after the first.
pub(super) fn list(first: &str, rest: impl Iterator<Item = String>) -> String {
    std::iter::once(first.to_owned()).chain(rest).collect::<Vec<_>>().join(", ")
}

/// A key as a parameter.
pub(super) fn parameter(key: &Key) -> String {
    format!("{}: String{}", name(&key.name), if key.required { "" } else { "?" })
}

/// A key's text, once it is known to be Unicode.
pub(super) fn unicode(key: &Key) -> String {
    let (name, wire) = (name(&key.name), &key.name);
    if key.required {
        format!("unicode(\"{wire}\", {name})")
    } else {
        format!("{name}?.let {{ unicode(\"{wire}\", it) }}")
    }
}

/// The wire form of an intent whose keys are all texts.
pub(super) fn intent_text(operation: &Operation) -> String {
    let action = format!("Action.{}", constant(&operation.slug));
    let keys = operation.keys.iter().map(|key| format!("\"{}\" to {}", key.name, name(&key.name)));
    format!("intentText({})", list(&action, keys))
}

/// The words on each key.
pub(super) fn tags(operation: &Operation) -> Vec<String> {
    operation.keys.iter().map(|key| tag("param", &name(&key.name), &key.doc)).collect()
}

/// One function for each operation, or several that differ in what they take a user as.
pub(super) struct Writer<'a> {
    pub(super) indent: &'a str,
    /// What every function has before it: `@JvmStatic`.
    pub(super) annotation: Option<&'a str>,
    /// A parameter behind the keys: its declaration, and its name.
    pub(super) further: Option<(&'a str, &'a str)>,
    /// What is given.
    pub(super) result: &'a str,
}

impl Writer<'_> {
    /// A function. Java has a form for each parameter that can be left out.
    fn function(
        &self,
        operation: &Operation,
        first: Option<&str>,
        doc: &str,
        tags: &[String],
        body: &str,
    ) -> String {
        let keys = texts(operation)
            .map(|key| format!("{}{}", parameter(key), if key.required { "" } else { " = null" }));
        let further = self.further.map(|(declaration, _)| declaration.to_owned());
        let parameters: Vec<String> =
            first.map(str::to_owned).into_iter().chain(keys).chain(further).collect();
        let overloads =
            parameters.iter().any(|parameter| parameter.contains(" = ")).then_some("@JvmOverloads");
        let annotations: String = [self.annotation, overloads]
            .into_iter()
            .flatten()
            .flat_map(|annotation| [self.indent, annotation, "\n"])
            .collect();
        let declaration =
            format!("public fun {}({}): {}", method(operation), parameters.join(", "), self.result);
        kdoc(self.indent, doc, tags) + &annotations + &declared(self.indent, &declaration, body)
    }

    /// Of an operation whose keys are all texts.
    pub(super) fn of_texts(&self, operation: &Operation, body: &str) -> String {
        self.function(operation, None, &operation.doc, &tags(operation), body)
    }

    /// Of an operation with a user: as an object of ours, as an open object, as text, of which `body` is made.
    pub(super) fn of_user(&self, operation: &Operation, body: &str) -> String {
        let method = method(operation);
        let handed = |user: &str| {
            let further = self.further.map(|(_, name)| name.to_owned());
            format!("{method}({})", list(user, texts(operation).map(|key| name(&key.name)).chain(further)))
        };
        let tags = tags(operation);
        let forms = [
            ("user: SignUpUser", operation.doc.clone(), &*tags, handed("user.toJson()")),
            (
                "user: JsonObject",
                format!("As [{method}], of an open object."),
                &[],
                format!("withJson(user) {{ {} }}", handed("it")),
            ),
            (
                "userJson: String",
                format!("As [{method}], of an object's JSON text, which is sent to the last digit."),
                &[],
                body.to_owned(),
            ),
        ];
        let forms =
            forms.iter().map(|(user, doc, tags, body)| self.function(operation, Some(user), doc, tags, body));
        forms.collect::<Vec<_>>().join("\n")
    }
}
