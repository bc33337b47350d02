//! The macro that declares an outcome.

/// What each kind of field of an outcome is: those of a part, and those that an answer has beside its body.
macro_rules! outcome_field {
    (type Status) => { u16 };
    (type Acknowledgement) => { $crate::reply::Acknowledgement };
    (type Message) => { Option<alloc::string::String> };
    (type Body) => { Option<$crate::json::Json> };
    (type $($part:tt)+) => { $crate::record::field_kind!(type $($part)+) };

    (borrowed Status) => { u16 };
    (borrowed Acknowledgement) => { $crate::reply::Acknowledgement };
    (borrowed Message) => { Option<&str> };
    (borrowed Body) => { Option<&$crate::json::Json> };
    (borrowed Text) => { Option<&str> };
    (borrowed Code) => { Option<&str> };
    (borrowed Flag) => { Option<bool> };
    (borrowed Json) => { Option<&$crate::json::Json> };
    (borrowed Record($Inner:ident)) => { Option<&$Inner> };
    (borrowed Part($Inner:ident)) => { &$Inner };
    (borrowed List($Inner:ident)) => { &[$Inner] };

    (borrow Status, $value:expr) => { $value };
    (borrow Acknowledgement, $value:expr) => { $value };
    (borrow Message, $value:expr) => { $value.as_deref() };
    (borrow Text, $value:expr) => { $value.as_deref() };
    (borrow Code, $value:expr) => { $value.as_deref() };
    (borrow Flag, $value:expr) => { $value };
    (borrow Part($Inner:ident), $value:expr) => { &$value };
    (borrow List($Inner:ident), $value:expr) => { &$value };
    (borrow $Kind:ident$(($Inner:ident))?, $value:expr) => { $value.as_ref() };

    (read Status, $reply:expr, $wire:expr) => { $reply.status };
    (read Acknowledgement, $reply:expr, $wire:expr) => { $reply.acknowledgement() };
    (read Message, $reply:expr, $wire:expr) => { $reply.message() };
    // The last field: what is before it has looked at the body.
    (read Body, $reply:expr, $wire:expr) => { $reply.body.json.take() };
    (read $Kind:ident$(($Inner:ident))?, $reply:expr, $wire:expr) => {
        $crate::record::field_kind!(
            read $Kind$(($Inner))?,
            $reply.body.json.as_ref().and_then(|json| json.get($wire)),
            $crate::record::Form::Wire
        )
    };

    (of_plain Status, $json:expr, $name:expr) => {
        $json.get($name)?.as_number()?.as_i64()?.try_into().ok()?
    };
    (of_plain Acknowledgement, $json:expr, $name:expr) => {
        $crate::reply::Acknowledgement::from_slug($json.get($name)?.as_str()?)?
    };
    // A relay's word, which may be shown as the service's is.
    (of_plain Message, $json:expr, $name:expr) => {
        $json.get($name).and_then($crate::json::Json::as_str).map($crate::text::safe_to_show)
    };
    (of_plain Body, $json:expr, $name:expr) => { $json.get($name).cloned() };
    (of_plain $Kind:ident$(($Inner:ident))?, $json:expr, $name:expr) => {
        $crate::record::field_kind!(read $Kind$(($Inner))?, $json.get($name), $crate::record::Form::Plain)
    };

    (write Status, $object:expr, $name:expr, $value:expr, $details:expr) => {
        $object.put_integer($name, Some(i64::from($value)))
    };
    (write Acknowledgement, $object:expr, $name:expr, $value:expr, $details:expr) => {
        $object.put_text($name, $value.slug())
    };
    (write Message, $object:expr, $name:expr, $value:expr, $details:expr) => {
        $object.put_some_text($name, $value.as_deref())
    };
    (write Body, $object:expr, $name:expr, $value:expr, $details:expr) => {
        $crate::record::field_kind!(write Json, $object, $name, $value, $details)
    };
    (write $Kind:ident$(($Inner:ident))?, $object:expr, $name:expr, $value:expr, $details:expr) => {
        $crate::record::field_kind!(write $Kind$(($Inner))?, $object, $name, $value, $details)
    };

    (kind Status) => { $crate::record::FieldKind::Status };
    (kind Acknowledgement) => { $crate::record::FieldKind::Acknowledgement };
    (kind Message) => { $crate::record::FieldKind::Text };
    (kind Body) => { $crate::record::FieldKind::Json };
    (kind $($part:tt)+) => { $crate::record::field_kind!(kind $($part)+) };

    (plain Body) => { $crate::record::PlainKind::Json };
    (plain $($part:tt)+) => { $crate::record::field_kind!(plain $($part)+) };

    (debug shown, $out:expr, $name:expr, $value:expr) => { $out.field($name, &$value); };
    (debug $mark:ident, $out:expr, $name:expr, $value:expr) => {};

    (is_relayed) => { true };
    (is_relayed never_relayed) => { false };

    // An answer that must be a JSON object, since all that it says stands in one.
    (check object, $reply:expr) => {
        if $reply.body.json.as_ref().and_then($crate::json::Json::as_object).is_none() {
            let $crate::reply::Reply { operation, status, body, .. } = $reply;
            let reason = $crate::error::UnreadableReason::NotJson;
            return Err($crate::error::Unreadable::new(operation, reason, status, body.raw).into());
        }
    };
    (check anything, $reply:expr) => {};
}

/// Declares an outcome. `of object`: another answer is unreadable; `of anything`: every answer that is no failure will do; `of
/// anything, never_relayed`: what has no plain form to be read back from.
macro_rules! outcome {
    ($(#[doc = $doc:literal])+ pub struct $name:ident of $body:ident $(, $relayed:ident)? {
        $($(#[doc = $field_doc:literal])+ $field:ident($wire:literal): $Kind:ident$(($Inner:ident))? $(, $mark:ident)*;)+
    }) => {
        $(#[doc = $doc])+
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name {
            operation: $crate::operation::Operation,
            $($field: $crate::record::outcome_field!(type $Kind$(($Inner))?),)+
            raw: $crate::http::RawBody,
        }

        impl $name {
            pub(crate) const RECORD: $crate::record::Record = $crate::record::Record {
                name: stringify!($name),
                doc: concat!($($doc),+),
                fields: &[$($crate::record::Field::new(
                    stringify!($field),
                    $wire,
                    concat!($($field_doc),+),
                    $crate::record::outcome_field!(kind $Kind$(($Inner))?),
                    &[$(stringify!($mark)),*],
                ),)+],
            };

            /// The fields of the plain form, if it is read back from one. Apart from the record: who reads by it links no documentation.
            pub(crate) const PLAIN: Option<&'static [$crate::record::PlainField]> =
                if $crate::record::outcome_field!(is_relayed $($relayed)?) {
                    Some(&[$($crate::record::PlainField {
                        name: stringify!($field),
                        kind: $crate::record::outcome_field!(plain $Kind$(($Inner))?),
                    },)+])
                } else {
                    None
                };

            /// What was called.
            #[must_use]
            pub fn operation(&self) -> $crate::operation::Operation {
                self.operation
            }

            $(
                $(#[doc = $field_doc])+
                #[must_use]
                pub fn $field(&self) -> $crate::record::outcome_field!(borrowed $Kind$(($Inner))?) {
                    $crate::record::outcome_field!(borrow $Kind$(($Inner))?, self.$field)
                }
            )+

            /// The body as it came, the call's secrets masked. Empty for what came through a relay.
            #[must_use]
            pub fn raw(&self) -> &$crate::http::RawBody {
                &self.raw
            }
        }

        impl $crate::reply::AnyOutcome for $name {
            fn operation(&self) -> $crate::operation::Operation {
                self.operation
            }

            fn raw(&self) -> &$crate::http::RawBody {
                &self.raw
            }

            #[allow(unused_variables, reason = "not every outcome has something to withhold")]
            fn write_to(&self, object: &mut $crate::json::Object, details: $crate::details::Details) {
                $(
                    if true $(&& $crate::record::field_kind!(given $mark, details))* {
                        $crate::record::outcome_field!(
                            write $Kind$(($Inner))?, object, stringify!($field), self.$field, details
                        );
                    }
                )+
            }
        }

        impl $crate::reply::sealed::Sealed for $name {}

        impl $crate::reply::ReadOutcome for $name {
            #[allow(unused_mut, reason = "only one that keeps the body takes it")]
            fn read(mut reply: $crate::reply::Reply<'_>) -> Result<Self, $crate::error::Error> {
                $crate::record::outcome_field!(check $body, reply);
                Ok(Self {
                    operation: reply.operation,
                    $($field: $crate::record::outcome_field!(read $Kind$(($Inner))?, reply, $wire),)+
                    raw: reply.body.raw,
                })
            }

            fn of_operation(
                json: &$crate::json::Json,
                operation: $crate::operation::Operation,
            ) -> Option<Self> {
                if !$crate::record::outcome_field!(is_relayed $($relayed)?) {
                    return None;
                }
                Some(Self {
                    operation,
                    $($field: $crate::record::outcome_field!(of_plain $Kind$(($Inner))?, json, stringify!($field)),)+
                    raw: $crate::http::RawBody::default(),
                })
            }
        }

        /// What may be shown of it.
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                let mut out = f.debug_struct(stringify!($name));
                out.field("operation", &self.operation);
                $($($crate::record::outcome_field!(debug $mark, out, stringify!($field), self.$field);)*)+
                out.finish_non_exhaustive()
            }
        }
    };
}

pub(crate) use {outcome, outcome_field};
