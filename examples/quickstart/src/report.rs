//! What is printed: for people, or one line of JSON.

use std::process::ExitCode;

use enrollkit::json::Object;
use enrollkit::smile_id::{Confirmation, EnrolleeInfo};
use enrollkit::{Acknowledgement, Details, Error, InvalidInput, Json, Outcome};

/// Why nothing came of it.
pub(crate) enum Failure {
    /// The command line can't be carried out.
    Usage(String),
    /// One of enrollkit's own errors.
    Error(Error),
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

/// What came of an intent, told step by step.
pub(crate) struct Report {
    json: bool,
    members: Object,
}

impl Report {
    pub(crate) fn new(json: bool, intent: &str) -> Self {
        let mut report = Self { json, members: Object::new() };
        report.say("intent", intent);
        report
    }

    /// One fact: printed at once for people, kept for the JSON line.
    pub(crate) fn say(&mut self, what: &str, text: &str) {
        if !self.json {
            println!("{what:<9}{text}");
        }
        self.members.insert(what, text);
    }

    /// A fact as data, for the JSON line only.
    pub(crate) fn add(&mut self, what: &str, value: Json) {
        self.members.insert(what, value);
    }

    pub(crate) fn outcome(&mut self, outcome: &Outcome) {
        self.add("result", outcome.to_json(Details::Withheld));
        self.say("outcome", &in_words(outcome));
    }

    pub(crate) fn error(&mut self, error: &Error) {
        self.add("error", error.to_json());
        self.say("outcome", &error_in_words(error));
        for violation in error.violations() {
            let path = if violation.path.is_empty() { "it" } else { &violation.path };
            self.line(&format!("{path} {}", violation.message()));
        }
        if let Error::Api(error) = error {
            let skew = error.clock_skew_seconds().filter(|seconds| seconds.abs() > 60);
            if let Some(seconds) = skew {
                self.line(&format!("the service's clock differs from this one by {seconds} s"));
            }
            for cause in error.causes() {
                self.line(&format!("usual cause: {}", cause.text()));
            }
            if let Some(seconds) = error.retry_after_seconds() {
                self.line(&format!("the service asks to wait {seconds} s"));
            }
        }
    }

    /// A further line of the outcome.
    fn line(&mut self, text: &str) {
        if !self.json {
            println!("{:<9}{text}", "");
        }
        let lines = self.members.get("lines").and_then(Json::as_array).unwrap_or_default();
        let lines: Vec<Json> = lines.iter().cloned().chain([text.into()]).collect();
        self.members.insert("lines", lines);
    }

    pub(crate) fn confirmation(&mut self, confirmation: Confirmation) {
        self.add("confirmation", confirmation.slug().into());
        self.say(
            "look-up",
            match confirmation {
                Confirmation::InEffect => "it is in effect",
                Confirmation::NotInEffect => "it is not in effect: it may be tried again",
                _ => "it is unknown whether it took effect: look again before doing anything else",
            },
        );
    }

    pub(crate) fn finish(self, code: u8) -> ExitCode {
        if self.json {
            println!("{}", Json::Object(self.members).to_text());
        }
        ExitCode::from(code)
    }
}

fn in_words(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Acknowledged(done) => match (done.acknowledgement(), done.message()) {
            (Acknowledgement::Stated, Some(message)) => format!("done: {message}"),
            (Acknowledgement::Stated, None) => "done".into(),
            _ => format!("status {}, but the service did not say that it is done", done.status()),
        },
        Outcome::EnrolleeInfo(info) => flags_in_words(info),
        Outcome::SignedUp(done) if done.acknowledgement() == Acknowledgement::Stated => "signed up".into(),
        Outcome::SignedUp(done) => {
            format!("status {}, but the service did not say that it is done", done.status())
        }
        Outcome::Branding(branding) => {
            let has = |value: Option<&str>| if value.is_some() { "yes" } else { "no" };
            format!(
                "language {}, logo {}, policy {}",
                branding.language().unwrap_or("unknown"),
                has(branding.logo()),
                branding.policy_statement().unwrap_or("none")
            )
        }
        _ => "answered".into(),
    }
}

/// Flags only: the history holds personal data, which a terminal's scrollback should not.
fn flags_in_words(info: &EnrolleeInfo) -> String {
    let Some(user) = info.enrolled_user() else { return "the answer does not say".into() };
    let flags = [
        (user.deleted, "deleted"),
        (user.inactive, "inactive"),
        (user.is_fraudulent, "flagged as fraudulent"),
        (user.allow_new_enroll, "may re-enroll"),
        (user.pending, "pending"),
        (user.provisional, "provisional"),
        (user.complete, "complete"),
    ];
    let set: Vec<&str> =
        flags.iter().filter(|(flag, _)| *flag == Some(true)).map(|(_, name)| *name).collect();
    let flags = if set.is_empty() { "no flag set".into() } else { set.join(", ") };
    format!("{flags}; {} jobs", info.history().len())
}

fn error_in_words(error: &Error) -> String {
    match error {
        Error::InvalidInput(_) => "not sent: the input can't become a request".into(),
        Error::Api(error) => {
            let code = error.service_code().map(|code| format!(", code {code}")).unwrap_or_default();
            format!("refused by the service: {} (status {}{code})", error.kind(), error.status())
        }
        Error::NoResponse(error) if error.not_sent() => "nothing was sent: it may be tried again".into(),
        Error::NoResponse(error) if error.outcome_unknown() => {
            "no answer: it may have taken effect all the same".into()
        }
        Error::NoResponse(_) => "no answer".into(),
        other => other.to_string(),
    }
}

/// For inputs that fail before there is an intent.
pub(crate) fn report_invalid(json: bool, intent: &str, invalid: InvalidInput) -> ExitCode {
    let mut report = Report::new(json, intent);
    report.error(&invalid.into());
    report.finish(2)
}
