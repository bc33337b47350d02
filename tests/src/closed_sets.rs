//! The one list of the core's closed sets: a new one is a line here, and is then generated for every language and tested.

/// Gives the names of the core's closed sets to a macro.
#[macro_export]
macro_rules! closed_sets {
    ($with:ident) => {
        $with![
            Acknowledgement,
            Action,
            Cause,
            Confirmation,
            Environment,
            ErrorCode,
            ErrorKind,
            Method,
            Operation,
            PartnerIdForm,
            PathSpelling,
            RawAuth,
            RawHost,
            RefusalReason,
            Retry,
            Service,
            UnreadableReason,
            ViolationCode,
            Wrapping,
        ]
    };
}
