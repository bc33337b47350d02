//! The user object of a sign-up as a structure.

use std::fmt::Write;

use super::text::doc;
use crate::catalogue::{UserField, UserFieldKind};

fn swift_type(field: &UserField) -> &'static str {
    match field.kind {
        UserFieldKind::Text => "String",
        UserFieldKind::Status => "Status",
        UserFieldKind::Instant => "Date",
        UserFieldKind::Long => "Int64",
        UserFieldKind::Flag => "Bool",
        UserFieldKind::Object => "JSONValue.Object",
        UserFieldKind::Array => "[JSONValue]",
        UserFieldKind::ObjectOrArray => "JSONValue",
    }
}

fn value(field: &UserField, name: &str) -> String {
    match field.kind {
        UserFieldKind::Text => format!(".string({name})"),
        UserFieldKind::Status => format!(".string({name}.rawValue)"),
        UserFieldKind::Instant => format!(".string(timeText({name}))"),
        UserFieldKind::Long => format!(".number(JSONValue.Number({name}))"),
        UserFieldKind::Flag => format!(".bool({name})"),
        UserFieldKind::Object => format!(".object({name})"),
        UserFieldKind::Array => format!(".array({name})"),
        UserFieldKind::ObjectOrArray => name.to_owned(),
    }
}

/// The user object. What is required comes first, so that the rest can be left out.
pub(super) fn user(fields: &[UserField]) -> String {
    let mut out = String::from(
        "import Foundation\n\n/// The user object of a sign-up, with the wire's own names and the documentation's words.\n///\n\
         /// It exists whether or not it is valid: ``checkUser(_:rules:)`` says what is wrong with it. What is nil is left out. Every\n\
         /// function that takes one takes a ``JSONValue``, too: a form that is half filled in, say.\n\
         public struct SignUpUser: Sendable, Hashable {\n",
    );
    let (required, optional): (Vec<&UserField>, Vec<&UserField>) =
        fields.iter().partition(|field| field.required);
    let ordered: Vec<&UserField> = required.into_iter().chain(optional).collect();
    for field in &ordered {
        let by =
            if field.set_by_server { " Set by the organization, not in a self-service form." } else { "" };
        let mark = if field.required { "" } else { "?" };
        doc(&mut out, "    ", &format!("{}{by}", field.doc));
        // Writing to a String can't fail.
        let _ = writeln!(out, "    public var {}: {}{mark}", field.name, swift_type(field));
    }
    out.push_str("    /// Further fields, for clients with `allowExtraKeys`.\n    public var extraFields: JSONValue.Object\n\n");
    out.push_str(
        "    /// A user with what every sign-up needs, and with what else there is.\n    public init(\n",
    );
    for field in &ordered {
        let (mark, default) = if field.required { ("", "") } else { ("?", " = nil") };
        let _ = writeln!(out, "        {}: {}{mark}{default},", field.name, swift_type(field));
    }
    out.push_str("        extraFields: JSONValue.Object = [:]\n    ) {\n");
    for field in &ordered {
        let _ = writeln!(out, "        self.{0} = {0}", field.name);
    }
    out.push_str("        self.extraFields = extraFields\n    }\n\n");
    out.push_str("    /// The object as it is sent.\n    public var json: JSONValue {\n        var out = JSONValue.Object()\n");
    for field in fields {
        let name = &field.name;
        if field.required {
            let _ = writeln!(out, "        out.append(\"{name}\", {})", value(field, name));
        } else {
            let _ =
                writeln!(out, "        if let {name} {{ out.append(\"{name}\", {}) }}", value(field, name));
        }
    }
    out.push_str("        for (key, value) in extraFields { out.append(key, value) }\n        return .object(out)\n    }\n}\n");
    out
}
