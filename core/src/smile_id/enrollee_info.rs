//! `POST {host}/api/v2/partner/enrollee/info`
//!
//! Source: Smile ID's documentation of the user look-up. The body has no `email`. The answer holds names, identity
//! numbers, addresses and photos: everything below hides them from `Debug`.

use core::fmt;

use super::account::Context;
use super::user_keys::UserKeys;
use crate::http::{BodyWriter, Request};
use crate::input::InvalidInput;
use crate::record::{outcome, record};

const PATH: &str = "/api/v2/partner/enrollee/info";

#[expect(clippy::unnecessary_wraps, reason = "has the form of every endpoint's")]
pub(super) fn request(context: &Context<'_>, keys: &UserKeys) -> Result<Request, InvalidInput> {
    let user_id = keys.user_id.as_str();
    let mut body = BodyWriter::for_texts(&[user_id]);
    context.write_credentials(&mut body);
    body.text("user_id", user_id);
    Ok(context.account.post(PATH, body))
}

outcome! {
    /// What Smile ID knows of a user. What the answer leaves out, or gives in another type, is missing; nothing is lost, since the
    /// raw body has it all.
    pub struct EnrolleeInfo of object {
        /// The user's flags; missing when the answer has no such object, which then confirms nothing.
        enrolled_user("enrolled_user"): Record(EnrolledUser), shown;
        /// The user's jobs.
        history("history"): List(HistoryEntry), shown;
    }
}

record! {
    /// A user's flags; one that the answer left out is missing.
    pub struct EnrolledUser: Copy, Debug {
        /// One more enrollment job is allowed.
        allow_new_enroll("allow_new_enroll"): Flag, shown;
        /// The enrollment is complete.
        complete("complete"): Flag, shown;
        /// Deleted, for ever.
        deleted("deleted"): Flag, shown;
        /// Deactivated.
        inactive("inactive"): Flag, shown;
        /// Marked as fraudulent.
        is_fraudulent("is_fraudulent"): Flag, shown;
        /// The enrollment is pending.
        pending("pending"): Flag, shown;
        /// The enrollment is provisional.
        provisional("provisional"): Flag, shown;
    }
}

record! {
    /// One job of a user.
    pub struct HistoryEntry {
        /// When, as the service wrote it.
        created_at("created_at"): Code;
        /// What the partner sent along.
        partner_params("partner_params"): Part(PartnerParams);
        /// The job's id.
        job_id("job_id"): Code;
        /// The result's code, as text: `"0840"`.
        result_code("result_code"): Code, shown;
        /// The result in words.
        result_message("result_message"): Code;
        /// The identity document that was checked. Withheld by a relay unless its policy gives it.
        id_check("id_check"): Record(IdCheck), withheld;
    }
}

record! {
    /// What the partner sent along with a job.
    pub struct PartnerParams {
        /// The job's id.
        job_id("job_id"): Code;
        /// The user's id.
        user_id("user_id"): Code;
        /// The kind of job, as text.
        job_type("job_type"): Code;
    }
}

record! {
    /// An identity document that was checked: heavy personal data.
    pub struct IdCheck {
        /// The holder's name.
        name("name"): Code;
        /// The document's number.
        id_number("id_number"): Code;
        /// The country that issued it.
        country("country"): Code;
        /// The kind of document.
        id_type("id_type"): Code;
        /// The holder's date of birth, as the service wrote it.
        dob("dob"): Code;
        /// The document's last day, as the service wrote it.
        expiration_date("expiration_date"): Code;
        /// The holder's photo, base64.
        photo("photo"): Code;
        /// The holder's address.
        address("address"): Code;
        /// The holder's gender.
        gender("gender"): Code;
        /// The holder's phone number.
        phone_number("phone_number"): Code;
        /// The check's code, as text.
        result_code("result_code"): Code;
        /// The check's result in words.
        result_text("result_text"): Code;
        /// Whatever the authority answered.
        full_data("full_data"): Json;
    }
}

impl fmt::Debug for HistoryEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HistoryEntry(..)")
    }
}

impl fmt::Debug for PartnerParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PartnerParams(..)")
    }
}

impl fmt::Debug for IdCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdCheck(..)")
    }
}
