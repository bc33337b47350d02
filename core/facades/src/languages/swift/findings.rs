//! What this facade can find wrong itself: of each violation, a function that takes all that its message names.

use std::fmt::Write;

use super::names::case;
use super::text::doc;
use crate::catalogue::Template;

/// Functions that make a finding, one for each violation.
pub(super) fn findings(templates: &[Template]) -> String {
    let mut out = String::from("extension Finding {\n");
    let functions: Vec<String> = templates.iter().map(function).collect();
    out.push_str(&functions.join("\n"));
    out.push_str("}\n");
    out
}

fn function(template: &Template) -> String {
    let name = case(&template.code);
    let names = |parameter: &str| template.message.contains(parameter);
    let is_added = template.addition.as_ref().is_some_and(|text| text.contains("{expected}"));
    let (mut parameters, mut arguments) = (String::from("_ path: String"), format!("path, .{name}"));
    for (parameter, kind, is_named) in
        [("expected", "String", names("{expected}")), ("limit", "Int", names("{limit}"))]
    {
        // Writing to a String can't fail.
        if is_named {
            let _ = write!(parameters, ", {parameter}: {kind}");
        } else if parameter == "expected" && is_added {
            let _ = write!(parameters, ", {parameter}: {kind}? = nil");
        } else {
            continue;
        }
        let _ = write!(arguments, ", {parameter}: {parameter}");
    }
    let mut out = String::new();
    let message = format!("{}{}", template.message, template.addition.as_deref().unwrap_or_default());
    doc(&mut out, "    ", &format!("\"{message}\""));
    let _ = writeln!(out, "    static func {name}({parameters}) -> Finding {{ Finding({arguments}) }}");
    out
}
