//! What is written alike everywhere: lines of documentation, and lists that are broken where a line would be too long.

use std::fmt::Write;

/// As wide as what is written by hand.
pub(super) const WIDTH: usize = 132;

/// Lines of documentation.
pub(super) fn doc(out: &mut String, indent: &str, text: &str) {
    wrapped(out, &format!("{indent}/// "), &format!("{indent}/// "), text);
}

/// A parameter's line in documentation, begun in small and without a full stop, as Swift's own are.
pub(super) fn doc_of_parameter(out: &mut String, indent: &str, name: &str, text: &str) {
    let text = text.strip_suffix('.').unwrap_or(text);
    let mut letters = text.chars();
    let begun = match (letters.next(), letters.next()) {
        // An abbreviation stays what it is.
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_owned(),
    };
    wrapped(out, &format!("{indent}///   - {name}: "), &format!("{indent}///     "), &begun);
}

fn wrapped(out: &mut String, first: &str, further: &str, text: &str) {
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in text.split(' ') {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            // Writing to a String can't fail.
            let _ = writeln!(out, "{line}");
            further.clone_into(&mut line);
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    let _ = writeln!(out, "{}", line.trim_end());
}

/// `opening item, item closing` in one line, else the items in lines of their own, one level deeper.
pub(super) fn list(indent: &str, opening: &str, items: &[String], closing: &str) -> String {
    let one = format!("{indent}{opening}{}{closing}", items.join(", "));
    if one.chars().count() <= WIDTH {
        return one;
    }
    let mut out = format!("{indent}{opening}\n");
    let mut line = format!("{indent}    ");
    for (place, item) in items.iter().enumerate() {
        let comma = if place + 1 < items.len() { "," } else { "" };
        let is_begun = !line.trim().is_empty();
        let width = line.chars().count() + usize::from(is_begun) + item.chars().count() + comma.len();
        if is_begun && width > WIDTH {
            let _ = writeln!(out, "{line}");
            line = format!("{indent}    ");
        } else if is_begun {
            line.push(' ');
        }
        line.push_str(item);
        line.push_str(comma);
    }
    let _ = write!(out, "{line}\n{indent}{closing}");
    out
}

/// `case .one, .other: value`; what is too long for a line has the value in one of its own.
pub(super) fn branch(out: &mut String, indent: &str, names: &[String], value: &str) {
    let mut lines = String::new();
    let mut line = format!("{indent}case");
    for (place, name) in names.iter().enumerate() {
        let item = format!(" .{name}{}", if place + 1 < names.len() { "," } else { ":" });
        if line.chars().count() + item.chars().count() > WIDTH {
            lines.push_str(&line);
            lines.push('\n');
            line = format!("{indent}   ");
        }
        line.push_str(&item);
    }
    let is_one = lines.is_empty() && line.chars().count() + 1 + value.chars().count() <= WIDTH;
    let before = if is_one { " ".to_owned() } else { format!("\n{indent}    ") };
    // Writing to a String can't fail.
    let _ = writeln!(out, "{lines}{line}{before}{value}");
}

/// A text between quotation marks.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::{WIDTH, branch, doc, doc_of_parameter, list, quoted};

    #[test]
    fn long_documentation_is_broken_between_words() {
        let mut out = String::new();
        doc(&mut out, "    ", &"seven.. ".repeat(30));
        assert!(out.lines().count() > 1);
        for line in out.lines() {
            assert!(line.starts_with("    /// seven..") && line.len() <= WIDTH, "{line}");
        }
    }

    #[test]
    fn a_parameter_begins_in_small() {
        let mut out = String::new();
        doc_of_parameter(&mut out, "", "a", "The user's id.");
        doc_of_parameter(&mut out, "", "b", "URL of it.");
        assert_eq!(out, "///   - a: the user's id\n///   - b: URL of it\n");
    }

    #[test]
    fn a_long_list_has_lines_of_its_own() {
        let items: Vec<String> = (0..40).map(|item| format!("item{item}")).collect();
        let text = list("    ", "case ", &items, ":");
        assert!(text.lines().count() > 2 && text.lines().all(|line| line.len() <= WIDTH));
        assert_eq!(list("", "f(", &items[..2], ")"), "f(item0, item1)");
    }

    #[test]
    fn many_cases_have_lines_of_their_own() {
        let names: Vec<String> = (0..40).map(|name| format!("name{name}")).collect();
        let mut out = String::new();
        branch(&mut out, "    ", &names, "nil");
        assert!(out.lines().count() > 3 && out.lines().all(|line| line.len() <= WIDTH));
        assert!(out.starts_with("    case .name0, .name1,") && out.ends_with(" .name39:\n        nil\n"));
        out.clear();
        branch(&mut out, "", &names[..2], "nil");
        assert_eq!(out, "case .name0, .name1: nil\n");
    }

    #[test]
    fn quotation_marks_are_escaped() {
        assert_eq!(quoted(r#"a "b" \"#), r#""a \"b\" \\""#);
    }
}
