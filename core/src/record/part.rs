//! The macro that declares a part of an outcome.

/// What each kind of field is, by what is asked of it.
macro_rules! field_kind {
    (type Text) => { Option<alloc::string::String> };
    (type Code) => { Option<alloc::string::String> };
    (type Flag) => { Option<bool> };
    (type Json) => { Option<$crate::json::Json> };
    (type Record($Inner:ident)) => { Option<$Inner> };
    (type Part($Inner:ident)) => { $Inner };
    (type List($Inner:ident)) => { alloc::vec::Vec<$Inner> };

    (read Text, $value:expr, $form:expr) => { $crate::record::text($value) };
    (read Code, $value:expr, $form:expr) => { $crate::record::code($value) };
    (read Flag, $value:expr, $form:expr) => { $crate::record::flag($value) };
    (read Json, $value:expr, $form:expr) => { $value.cloned() };
    (read Record($Inner:ident), $value:expr, $form:expr) => {
        $crate::record::record_of($value, $form, $Inner::read)
    };
    (read Part($Inner:ident), $value:expr, $form:expr) => {
        $value.map(|value| $Inner::read(value, $form)).unwrap_or_default()
    };
    (read List($Inner:ident), $value:expr, $form:expr) => {
        $crate::record::list($value, $form, $Inner::read)
    };

    (write Text, $object:expr, $name:expr, $value:expr, $details:expr) => {
        $object.put_some_text($name, $value.as_deref())
    };
    (write Code, $object:expr, $name:expr, $value:expr, $details:expr) => {
        $object.put_some_text($name, $value.as_deref())
    };
    (write Flag, $object:expr, $name:expr, $value:expr, $details:expr) => { $object.put_flag($name, $value) };
    (write Json, $object:expr, $name:expr, $value:expr, $details:expr) => {
        if let Some(value) = &$value {
            $object.put($name, value.clone());
        }
    };
    (write Record($Inner:ident), $object:expr, $name:expr, $value:expr, $details:expr) => {
        if let Some(inner) = &$value {
            $object.put($name, inner.to_json($details));
        }
    };
    (write Part($Inner:ident), $object:expr, $name:expr, $value:expr, $details:expr) => {
        $object.put($name, $value.to_json($details))
    };
    (write List($Inner:ident), $object:expr, $name:expr, $value:expr, $details:expr) => {
        $object.put(
            $name,
            $crate::json::Json::Array($value.iter().map(|inner| inner.to_json($details)).collect()),
        )
    };

    (kind Text) => { $crate::record::FieldKind::Text };
    (kind Code) => { $crate::record::FieldKind::Text };
    (kind Flag) => { $crate::record::FieldKind::Flag };
    (kind Json) => { $crate::record::FieldKind::Json };
    (kind Record($Inner:ident)) => { $crate::record::FieldKind::Record(&$Inner::RECORD) };
    (kind Part($Inner:ident)) => { $crate::record::FieldKind::Part(&$Inner::RECORD) };
    (kind List($Inner:ident)) => { $crate::record::FieldKind::List(&$Inner::RECORD) };

    (plain Record($Inner:ident)) => { $crate::record::PlainKind::Record($Inner::PLAIN) };
    (plain Part($Inner:ident)) => { $crate::record::PlainKind::Part($Inner::PLAIN) };
    (plain List($Inner:ident)) => { $crate::record::PlainKind::List($Inner::PLAIN) };
    (plain $Kind:ident) => { $crate::record::PlainKind::$Kind };

    // What a relay gives only when its policy asks for it.
    (given withheld, $details:expr) => { $details == $crate::details::Details::Included };
    (given $mark:ident, $details:expr) => { true };
}

/// Declares a part of outcomes, whose `Debug` hides it unless it is `shown`.
macro_rules! record {
    ($(#[doc = $doc:literal])+ pub struct $name:ident $(: $($derived:ident),+)? {
        $($(#[doc = $field_doc:literal])+ $field:ident($wire:literal): $Kind:ident$(($Inner:ident))? $(, $mark:ident)*;)+
    }) => {
        $(#[doc = $doc])+
        #[non_exhaustive]
        #[derive(Clone, Default, PartialEq, Eq $(, $($derived),+)?)]
        pub struct $name {
            $($(#[doc = $field_doc])+ pub $field: $crate::record::field_kind!(type $Kind$(($Inner))?),)+
        }

        impl $name {
            pub(crate) const RECORD: $crate::record::Record = $crate::record::Record {
                name: stringify!($name),
                doc: concat!($($doc),+),
                fields: &[$($crate::record::Field::new(
                    stringify!($field),
                    $wire,
                    concat!($($field_doc),+),
                    $crate::record::field_kind!(kind $Kind$(($Inner))?),
                    &[$(stringify!($mark)),*],
                ),)+],
            };

            /// The fields of the plain form. Apart from the record: who reads by it links no documentation.
            pub(crate) const PLAIN: &'static [$crate::record::PlainField] = &[$($crate::record::PlainField {
                name: stringify!($field),
                kind: $crate::record::field_kind!(plain $Kind$(($Inner))?),
            },)+];

            pub(crate) fn read(json: &$crate::json::Json, form: $crate::record::Form) -> Self {
                Self {
                    $($field: $crate::record::field_kind!(
                        read $Kind$(($Inner))?,
                        $crate::record::member(json, form, $wire, stringify!($field)),
                        form
                    ),)+
                }
            }

            /// Reads the plain form; what is missing or of another type is left out.
            #[must_use]
            pub fn from_json(json: &$crate::json::Json) -> Self {
                Self::read(json, $crate::record::Form::Plain)
            }

            /// The plain form, with or without what a relay withholds.
            #[allow(unused_variables, reason = "not every record has something to withhold")]
            #[must_use]
            pub fn to_json(&self, details: $crate::details::Details) -> $crate::json::Json {
                let mut object = $crate::json::Object::new();
                $(
                    if true $(&& $crate::record::field_kind!(given $mark, details))* {
                        $crate::record::field_kind!(
                            write $Kind$(($Inner))?, object, stringify!($field), self.$field, details
                        );
                    }
                )+
                object.into()
            }
        }
    };
}

pub(crate) use {field_kind, record};
