//! The core's limits and defaults, as constants of the file that Java knows as `Enrollkit`.

use super::text::kdoc;
use crate::catalogue::{Catalogue, Constant};

/// The constants.
pub(super) fn part(catalogue: &Catalogue) -> String {
    catalogue.constants.iter().map(constant).collect::<Vec<_>>().join("\n")
}

fn constant(constant: &Constant) -> String {
    let Constant { name, doc, value } = constant;
    let kind = if i32::try_from(*value).is_ok() { "Int" } else { "Long" };
    kdoc("", doc, &[]) + &format!("public const val {name}: {kind} = {}\n", digits(*value))
}

/// In groups of three: `16_777_216`.
fn digits(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn digits_stand_in_groups() {
        assert_eq!(["0", "128", "1_000", "16_777_216"], [0, 128, 1000, 16_777_216].map(super::digits));
    }
}
