//! The keys of an intent, as arguments of a method or a factory of its action's name.

use enrollkit::json::{MAX_DEPTH, Object};
use enrollkit::{Intent, InvalidInput, Json, SignUpRules, User, Violation, ViolationCode};
use pyo3::prelude::*;

use crate::error::violation;
use crate::from_python::{Given, Objects, given, text};

pub(crate) struct Keys {
    object: Object,
    /// The user object; in the object there is null for it.
    user: Option<User>,
    wrong: Vec<Violation>,
    /// What is said instead, since of a user object that is none there is nothing more to say.
    refused: Option<InvalidInput>,
}

impl Keys {
    pub(crate) fn of(action: &str) -> Self {
        let mut object = Object::new();
        object.insert("action", action);
        Self { object, user: None, wrong: Vec::new(), refused: None }
    }

    /// A text. One that is missing is for the core to miss.
    pub(crate) fn text<'a, 'py: 'a>(
        mut self,
        key: &str,
        value: impl Into<Option<&'a Bound<'py, PyAny>>>,
    ) -> Self {
        if let Some(value) = value.into().filter(|value| !value.is_none()) {
            let wrong = &mut self.wrong;
            let refused = |invalid: InvalidInput| {
                wrong.extend_from_slice(invalid.violations());
                Json::Null
            };
            let json = text(value, key).map_or_else(refused, Json::from);
            self.object.insert(key, json);
        }
        self
    }

    /// A user object, as a dict or as JSON text. Paths inside it begin at the user.
    pub(crate) fn user(mut self, key: &str, value: &Bound<'_, PyAny>) -> Self {
        match user(value) {
            Ok((user, violations)) => {
                self.object.insert(key, Json::Null);
                self.user = Some(user);
                self.wrong.extend(violations);
            }
            Err(refused) => self.refused = Some(refused),
        }
        self
    }

    pub(crate) fn intent(self, rules: SignUpRules) -> Result<Intent, InvalidInput> {
        let Self { object, user, wrong, refused } = self;
        if let Some(refused) = refused {
            return Err(refused);
        }
        let members = Objects { text: String::new(), violations: wrong };
        members.make(|_| Intent::from_members(object, user, rules))
    }
}

/// A user object, with what was wrong inside it.
fn user(value: &Bound<'_, PyAny>) -> Result<(User, Vec<Violation>), InvalidInput> {
    match given(value, MAX_DEPTH)? {
        Given::Text(text) => Ok((User::from_json(&text)?, Vec::new())),
        Given::Objects(objects) if objects.text.starts_with('{') => {
            Ok((User::from_json(&objects.text)?, objects.violations))
        }
        Given::Objects(objects) => {
            objects.make(|_| Err(violation("", ViolationCode::WrongType, Some("object"), None).into()))
        }
    }
}
