//! One name in the casings of the languages.

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(['_', '.', ' ', '-']).filter(|word| !word.is_empty())
}

fn capital(word: &str) -> String {
    let lower = word.to_lowercase();
    match lower.split_at_checked(1) {
        Some((first, rest)) => first.to_uppercase() + rest,
        None => lower,
    }
}

/// `smile_id.re_enroll` becomes `smileIdReEnroll`.
#[must_use]
pub fn camel(name: &str) -> String {
    words(name)
        .enumerate()
        .map(|(place, word)| if place == 0 { word.to_lowercase() } else { capital(word) })
        .collect()
}

/// `smile_id.re_enroll` becomes `SmileIdReEnroll`.
#[must_use]
pub fn pascal(name: &str) -> String {
    words(name).map(capital).collect()
}

/// `smile_id.re_enroll` becomes `SMILE_ID_RE_ENROLL`, and `SmileIdCall` `SMILE_ID_CALL`.
#[must_use]
pub fn constant(name: &str) -> String {
    snake(name).to_uppercase()
}

/// `SmileIdCall` becomes `smile_id_call`.
#[must_use]
pub fn snake(name: &str) -> String {
    let mut out = String::new();
    let mut before_small = false;
    for letter in name.chars() {
        if matches!(letter, '.' | ' ' | '-' | '_') {
            out.push('_');
            before_small = false;
            continue;
        }
        if letter.is_uppercase() && before_small {
            out.push('_');
        }
        before_small = letter.is_lowercase() || letter.is_ascii_digit();
        out.extend(letter.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{camel, constant, pascal, snake};

    #[test]
    fn a_name_has_each_casing() {
        assert_eq!(camel("smile_id.re_enroll"), "smileIdReEnroll");
        assert_eq!(camel("Ready For Issuance"), "readyForIssuance");
        assert_eq!(pascal("smile_id.re_enroll"), "SmileIdReEnroll");
        assert_eq!(constant("SmileIdFromPair"), "SMILE_ID_FROM_PAIR");
        assert_eq!(constant("smile_id.re_enroll"), "SMILE_ID_RE_ENROLL");
        assert_eq!(snake("EnrolledUser"), "enrolled_user");
    }
}
