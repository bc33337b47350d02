//! What comes of a `raw` call.

use crate::record::outcome;

outcome! {
    /// The answer to a `raw` call: the JSON as it came.
    pub struct RawReply of anything, never_relayed {
        /// The HTTP status.
        status("status"): Status, shown;
        /// The JSON as it came, numbers exact; missing when the body is not JSON.
        json("json"): Body;
    }
}
