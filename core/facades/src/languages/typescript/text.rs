//! Pieces of TypeScript.

use std::collections::BTreeSet;

/// The longest line of a comment.
const WIDTH: usize = 128;

/// A comment of documentation, in lines that each begin with `indent`.
pub(super) fn doc(indent: &str, text: &str) -> String {
    let text = text.replace("*/", "* /");
    let one = format!("{indent}/** {text} */\n");
    if one.trim_end().chars().count() <= WIDTH {
        return one;
    }
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if indent.len() + 3 + line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.extend([" ", word]);
            }
            _ => lines.push(word.into()),
        }
    }
    let lines = each(lines, |line| format!("{indent} * {line}\n"));
    format!("{indent}/**\n{lines}{indent} */\n")
}

/// What each of some items is written as.
pub(super) fn each<T>(items: impl IntoIterator<Item = T>, write: impl FnMut(T) -> String) -> String {
    items.into_iter().map(write).collect()
}

/// `"text"`
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// One of some texts, as a type that stands behind a colon or an equals sign: on its line if it is one, else each on its own.
pub(super) fn union<'a>(indent: &str, texts: impl Iterator<Item = &'a str>) -> String {
    let texts: Vec<String> = texts.map(quoted).collect();
    match texts.as_slice() {
        [only] => format!(" {only}"),
        _ => each(texts, |text| format!("\n{indent}| {text}")),
    }
}

/// The import of what a file uses of another; nothing where it uses nothing.
pub(super) fn import_types<'a>(names: impl IntoIterator<Item = &'a str>, from: &str) -> String {
    let names: BTreeSet<&str> = names.into_iter().collect();
    if names.is_empty() {
        return String::new();
    }
    format!("import type {{ {} }} from \"{from}\";\n", Vec::from_iter(names).join(", "))
}

/// `16_777_216`
pub(super) fn number(value: u64) -> String {
    let digits = value.to_string();
    let first = digits.len() % 3;
    let (head, tail) = digits.split_at(first);
    let groups = tail.as_bytes().chunks(3).map(String::from_utf8_lossy);
    let mut out = head.to_owned();
    for group in groups {
        if !out.is_empty() {
            out.push('_');
        }
        out.push_str(&group);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{doc, number};

    #[test]
    fn numbers_have_groups_of_three_digits() {
        assert_eq!([number(60), number(300), number(16_777_216)], ["60", "300", "16_777_216"]);
    }

    #[test]
    fn a_long_comment_has_lines() {
        assert_eq!(doc("  ", "Short."), "  /** Short. */\n");
        let long = doc("  ", &"word ".repeat(30));
        assert_eq!(long.lines().next(), Some("  /**"));
        assert!(long.lines().all(|line| line.len() <= super::WIDTH));
        assert_eq!(long.matches("word").count(), 30);
    }
}
