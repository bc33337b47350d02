//! The keys of intents: what an endpoint wants to be told.

use alloc::string::String;

use crate::input::InvalidInput;
use crate::json::{Document, Object};
use crate::unifyia::{SignUpRules, User};
use crate::value::{OrganizationName, UserId};

/// The key that says what is wanted; the others are its action's.
pub(crate) const ACTION_KEY: &str = "action";

/// The key of the user object of a sign-up.
pub(crate) const USER_KEY: &str = "user";

/// What a key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// Text.
    Text,
    /// The user object of a sign-up.
    SignUpUser,
}

/// One key, for whoever writes the methods of another language.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// The name.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// What it holds.
    pub kind: KeyKind,
    /// Whether it must be there.
    pub required: bool,
}

impl Key {
    pub(crate) const fn new(name: &'static str, kind: KeyKind, required: bool, doc: &'static str) -> Self {
        Self { name, doc, kind, required }
    }
}

/// An intent that someone else wrote.
pub(crate) struct Written {
    /// Its members; null for a user object.
    pub(crate) object: Object,
    /// The user object, which may be megabytes: never a tree, nor copied.
    pub(crate) user: Option<User>,
}

impl Written {
    pub(crate) fn parse(intent: &str) -> Result<Self, InvalidInput> {
        let (object, user) = Document::parse_around(intent, USER_KEY)?;
        Ok(Self { object, user: user.map(User::from) })
    }
}

/// The keys of one kind of intent, read and written.
pub(crate) trait Keys: Sized {
    /// Each of them.
    const KEYS: &'static [Key];

    /// Reads them out of an intent's object, which has its action, too. Every violation is counted.
    fn read(intent: &mut Written, rules: SignUpRules) -> Result<Self, InvalidInput>;

    /// For what needs a user's id and nothing more.
    fn of_user(_user_id: UserId) -> Option<Self> {
        None
    }
}

/// What can be asked of the keys of any intent.
pub(crate) trait AnyKeys {
    /// Adds them to the object that has the action.
    fn write(&self, intent: &mut Object);

    /// The intent, which begins with the action.
    fn to_object(&self, action: &str) -> Object {
        let mut intent = Object::of_text(ACTION_KEY, action);
        self.write(&mut intent);
        intent
    }

    /// The intent's text.
    fn to_text(&self, action: &str) -> String {
        self.to_object(action).to_text()
    }

    fn user_id(&self) -> Option<&UserId> {
        None
    }

    fn organization(&self) -> Option<&OrganizationName> {
        None
    }

    fn user(&self) -> Option<&User> {
        None
    }
}

/// Declares keys that are texts, each with a type that exists only when valid.
macro_rules! keys {
    ($(#[doc = $doc:literal])+ $visible:vis struct $name:ident {
        $($(#[doc = $key_doc:literal])+ $key:ident: $Type:ident,)+
    }) => {
        $(#[doc = $doc])+
        #[derive(Clone, PartialEq, Eq)]
        $visible struct $name { $(pub(crate) $key: $Type,)+ }

        impl $name {
            pub(crate) fn new($($key: $Type),+) -> Self {
                Self { $($key),+ }
            }
        }

        impl $crate::keys::Keys for $name {
            const KEYS: &'static [$crate::keys::Key] = &[$(
                $crate::keys::Key::new(stringify!($key), $crate::keys::KeyKind::Text, true, concat!($($key_doc),+)),
            )+];

            #[inline(never)]
            fn read(
                intent: &mut $crate::keys::Written,
                _: $crate::unifyia::SignUpRules,
            ) -> Result<Self, $crate::input::InvalidInput> {
                let mut fields = $crate::input::Fields::new(&intent.object);
                fields.only(&[$crate::keys::ACTION_KEY, $(stringify!($key)),+]);
                $(let $key = fields.required(stringify!($key), $Type::parse);)+
                match ($($key,)+) {
                    ($(Some($key),)+) => fields.violations.finish(Some(Self { $($key),+ })),
                    _ => fields.violations.finish(None),
                }
            }

            $crate::keys::keys!(@of_user $($key)+);
        }

        impl $crate::keys::AnyKeys for $name {
            fn write(&self, intent: &mut $crate::json::Object) {
                $(intent.put_text(stringify!($key), self.$key.as_str());)+
            }

            $($crate::keys::keys!(@accessor $key $Type);)+
        }
    };
    // A look at these needs no look at the action first.
    (@accessor user_id UserId) => {
        fn user_id(&self) -> Option<&UserId> {
            Some(&self.user_id)
        }
    };
    (@accessor organization OrganizationName) => {
        fn organization(&self) -> Option<&OrganizationName> {
            Some(&self.organization)
        }
    };
    (@accessor $key:ident $Type:ident) => {};
    (@of_user user_id) => {
        fn of_user(user_id: UserId) -> Option<Self> {
            Some(Self { user_id })
        }
    };
    (@of_user $($key:ident)+) => {};
}

pub(crate) use keys;
