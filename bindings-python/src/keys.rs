//! The keys of an intent, as arguments of a method or a factory of its action's name.

use enrollkit::json::Object;
use enrollkit::{Intent, InvalidInput, Json, SignUpRules, User, Violation};
use pyo3::prelude::*;

use crate::from_python::{and_ours, text, user};

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
        and_ours(wrong, Intent::from_members(object, user, rules))
    }
}
