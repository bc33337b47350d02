//! The table of doors. The other side reads its numbers from what `cargo xtask gen` makes of it.

macro_rules! doors {
    ($($(#[$doc:meta])+ $name:ident = $number:literal,)+) => {
        /// What can be asked. Fields are in the order in which they are packed; times and bodies come beside them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(i32)]
        pub enum Door { $($(#[$doc])+ $name = $number,)+ }

        impl Door {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The door of a number.
            #[must_use]
            pub const fn of_number(number: i32) -> Option<Self> {
                match number { $($number => Some(Self::$name),)+ _ => None }
            }

            /// The name, as here.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)+ }
            }
        }
    };
}

impl Door {
    /// Whether keys or tokens are among its fields, which are to be wiped then.
    #[must_use]
    pub const fn takes_secrets(self) -> bool {
        use Door::{Signature, SmileId, SmileIdFromPair, Unifyia, UnifyiaWithToken, Verifier};
        matches!(self, SmileId | SmileIdFromPair | Unifyia | UnifyiaWithToken | Signature | Verifier)
    }
}

doors! {
    /// → the version of the library: text.
    Version = 0,
    /// options, API key → handle.
    SmileId = 1,
    /// options, pair; received at `now` → handle.
    SmileIdFromPair = 2,
    /// e-mail → handle of the same client for another operator.
    SmileIdWithOperator = 3,
    /// intent → call.
    SmileIdCall = 4,
    /// request → call.
    SmileIdRaw = 5,
    /// → pair.
    SmileIdSign = 6,
    /// URL, intent → call.
    SmileIdRelay = 7,
    /// options, token or none → handle, whether extra keys are let through.
    Unifyia = 8,
    /// token → handle of the same client with another token.
    UnifyiaWithToken = 9,
    /// intent, whether it was parsed with extra keys → call.
    UnifyiaCall = 10,
    /// user, organization or none → call.
    UnifyiaSignUp = 11,
    /// request → call.
    UnifyiaRaw = 12,
    /// URL, intent, whether it was parsed with extra keys → call.
    UnifyiaRelay = 13,
    /// URL, user, organization or none → call.
    UnifyiaRelaySignUp = 14,
    /// URL → nothing.
    CheckRelayUrl = 15,
    /// intent, self-service, extra keys → intent.
    ParseIntent = 16,
    /// user, organization or none → intent.
    SignUpIntent = 17,
    /// intent, fields, extra keys → intent.
    WithUserFields = 18,
    /// user, self-service, extra keys, organization or none → array of violations.
    CheckUser = 19,
    /// text, path → milliseconds.
    ParseTime = 20,
    /// key, timestamp, partner id → signature.
    Signature = 21,
    /// reader, status, most bytes, headers; body → outcome.
    Read = 22,
    /// operation, whether nothing was sent → problem.
    NoResponse = 23,
    /// plain form → whether it is one, outcome.
    OutcomeFrom = 24,
    /// plain form → whether it is one, problem.
    ErrorFrom = 25,
    /// action → problem.
    RefusedByPolicy = 26,
    /// plain outcome or none, plain error or none, details → answer.
    RelayAnswer = 27,
    /// rules, method, headers → whether there is one, answer.
    RouteRefusal = 28,
    /// action, plain outcome or none, plain error or none → slug.
    ConfirmedBy = 29,
    /// options, keys → handle.
    Verifier = 30,
    /// body → verified.
    Callback = 31,
    /// headers; body → verified.
    Webhook = 32,
    /// action, user id → call. As an intent with nothing more, which needs no JSON.
    SmileIdCallAbout = 33,
}
