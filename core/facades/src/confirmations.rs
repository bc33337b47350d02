//! What a look-up says of each change, asked of the core's own rule: for facades that have to know it where the core is not at hand.

use enrollkit::catalogue::{FieldKind, OUTCOMES};
use enrollkit::json::Object;
use enrollkit::smile_id::{Confirmation, EnrolleeInfo};
use enrollkit::{Action, Error, ErrorKind, Json, Operation, Outcome};

use crate::catalogue::Confirmed;

const LOOK_UP: Operation = Operation::SmileIdEnrolleeInfo;

/// Where a look-up has the user's flags.
const USER: &str = "enrolled_user";

/// What a look-up says of an action.
pub(crate) fn confirmed(action: Action) -> Confirmed {
    let says = |flag: &str, value| action.confirmed_by(&Ok(looked_up(&[(flag, value)])));
    let tells = |flag: &&str| [true, false].map(|value| says(flag, value)) != [Confirmation::Unknown; 2];
    let flags: Vec<&str> = flags().into_iter().filter(tells).collect();
    let deleted = action.confirmed_by(&Err(refused(ErrorKind::UserDeleted)));
    let (flag, [set, unset]) = match flags.as_slice() {
        [] => (None, [Confirmation::Unknown; 2]),
        [flag] => (Some((*flag).into()), [true, false].map(|value| says(flag, value))),
        more => unreachable!("an action is shown by one flag, not by {more:?}"),
    };
    Confirmed { flag, set: set.slug().into(), unset: unset.slug().into(), deleted: deleted.slug().into() }
}

/// The flags of a user.
fn flags() -> Vec<&'static str> {
    let fields = OUTCOMES.iter().flat_map(|outcome| outcome.fields).filter(|field| field.name == USER);
    let inner = |kind| match kind {
        FieldKind::Record(user) => user.fields,
        _ => &[],
    };
    fields.flat_map(|field| inner(field.kind)).map(|field| field.name).collect()
}

/// What a look-up gives of a user with these flags.
fn looked_up(flags: &[(&str, bool)]) -> EnrolleeInfo {
    let mut user = Object::new();
    for &(flag, value) in flags {
        user.insert(flag, value);
    }
    let mut plain = Object::new();
    plain.insert("operation", LOOK_UP.slug());
    plain.insert(USER, user);
    match Outcome::from_json(&plain.into()) {
        Some(Outcome::EnrolleeInfo(info)) => info,
        _ => unreachable!("a look-up with a user is one"),
    }
}

/// The error of a look-up that the service refused.
fn refused(kind: ErrorKind) -> Error {
    let (operation, kind) = (LOOK_UP.slug(), kind.slug());
    let text = format!(
        r#"{{"code":"api_error","operation":"{operation}","kind":"{kind}","status":400,"retry":"never"}}"#
    );
    let error = Json::parse(&text).ok().and_then(|plain| Error::from_json(&plain));
    error.unwrap_or_else(|| unreachable!("a service's refusal is an error"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the row says, as a facade reads it.
    fn read<'a>(
        row: &'a Confirmed,
        look_up: &Result<EnrolleeInfo, ErrorKind>,
        flags: &[(&str, bool)],
    ) -> &'a str {
        match look_up {
            Err(ErrorKind::UserDeleted) => &row.deleted,
            Err(_) => "unknown",
            Ok(_) => match flags.iter().find(|(flag, _)| row.flag.as_deref() == Some(flag)) {
                Some((_, true)) => &row.set,
                Some((_, false)) => &row.unset,
                None => "unknown",
            },
        }
    }

    #[test]
    fn the_rows_say_what_the_rule_says_of_every_user_and_of_every_refusal() {
        let names = flags();
        assert!(names.len() > 3);
        for &action in Action::ALL {
            let row = confirmed(action);
            // Each flag is true, false or missing.
            for state in 0..3_usize.pow(u32::try_from(names.len()).unwrap()) {
                let value = |at: usize| {
                    [Some(true), Some(false), None][state / 3_usize.pow(u32::try_from(at).unwrap()) % 3]
                };
                let given: Vec<(&str, bool)> =
                    names.iter().enumerate().filter_map(|(at, name)| Some((*name, value(at)?))).collect();
                let look_up = looked_up(&given);
                let said = action.confirmed_by(&Ok(look_up.clone()));
                assert_eq!(read(&row, &Ok(look_up), &given), said.slug(), "{action:?} {given:?}");
            }
            for &kind in ErrorKind::ALL {
                let said = action.confirmed_by(&Err(refused(kind)));
                assert_eq!(read(&row, &Err(kind), &[]), said.slug(), "{action:?} {kind:?}");
            }
        }
    }
}
