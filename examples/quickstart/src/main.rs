//! A command-line host for enrollkit. `send.rs` is all that talks HTTP, `connect.rs` what tells that nothing was sent.

mod cli;
mod clients;
mod connect;
mod report;
mod send;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use enrollkit::smile_id::Confirmation;
use enrollkit::{
    Acknowledgement, Call, Error, Intent, OrganizationName, Outcome, Preview, Service, SignUpRules, User,
    UserId,
};

use cli::{Cli, Command, Form, Settings};
use report::{Failure, Report};

fn main() -> ExitCode {
    let Cli { command, settings } = Cli::parse();
    let name = described(&command);
    match run(&command, &settings, &name) {
        Ok(code) => code,
        Err(Failure::Usage(text)) => {
            eprintln!("{text}");
            ExitCode::from(2)
        }
        Err(Failure::Error(Error::InvalidInput(invalid))) => {
            report::report_invalid(settings.json, &name, invalid)
        }
        Err(Failure::Error(error)) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command, settings: &Settings, name: &str) -> Result<ExitCode, Failure> {
    if let Command::Check { form, self_service } = command {
        let rules = SignUpRules::default();
        sign_up_intent(form, if *self_service { rules.self_service() } else { rules })?;
        let mut report = Report::new(settings.json, name);
        report.say("outcome", "nothing is wrong with it");
        return Ok(report.finish(0));
    }
    if settings.dry_run {
        println!("{}", both(intent(command), |intent| preview(intent, settings), settings)?.1);
        return Ok(ExitCode::SUCCESS);
    }
    let (intent, call) = both(intent(command), |intent| call(intent, settings), settings)?;
    let agent = send::agent(Duration::from_secs(settings.timeout_seconds));
    let mut report = Report::new(settings.json, name);
    report.say("request", &format!("{} {}", call.method(), call.url()));
    let result = send::send(&agent, &call);
    let unsure = match &result {
        Ok(outcome) => {
            report.outcome(outcome);
            is_unstated(outcome)
        }
        Err(error) => {
            report.error(error);
            error.outcome_unknown()
        }
    };
    let done = match (&result, unsure) {
        // An answer that was lost, or that does not say "done", is not sent again: the user is looked up.
        (_, true) => looked_up(&intent, settings, &agent, &mut report)?,
        (Ok(_), false) => Confirmation::InEffect,
        (Err(_), false) => Confirmation::NotInEffect,
    };
    Ok(report.finish(match done {
        Confirmation::InEffect => 0,
        Confirmation::NotInEffect => 1,
        _ => 3,
    }))
}

/// The intent and what is made of it; on bad input, the violations of intent and settings together.
fn both<T>(
    intent: Result<Intent, Failure>,
    make: impl FnOnce(&Intent) -> Result<T, Failure>,
    settings: &Settings,
) -> Result<(Intent, T), Failure> {
    match intent {
        Ok(intent) => make(&intent).map(|made| (intent, made)),
        Err(Failure::Error(Error::InvalidInput(invalid))) if settings.partner_id.is_some() => {
            Err(match clients::smile_id_without_key(settings) {
                Err(settings) => invalid.and(settings).into(),
                Ok(_) => invalid.into(),
            })
        }
        Err(failure) => Err(failure),
    }
}

fn intent(command: &Command) -> Result<Intent, Failure> {
    let id = |user: &cli::User| UserId::parse(&user.user_id);
    Ok(match command {
        Command::ReEnroll(user) => Intent::re_enroll(id(user)?),
        Command::Deactivate(user) => Intent::deactivate(id(user)?),
        Command::Reactivate(user) => Intent::reactivate(id(user)?),
        Command::FlagFraud(user) => Intent::flag_fraud(id(user)?),
        Command::ClearFraud(user) => Intent::clear_fraud(id(user)?),
        Command::DeletePermanently { user, confirm } => Intent::delete_permanently(id(user)?, confirm)?,
        Command::LookUp(user) => Intent::enrollee_info(id(user)?),
        Command::SignUp(form) | Command::Check { form, .. } => sign_up_intent(form, SignUpRules::default())?,
        Command::Branding { organization } => Intent::branding(OrganizationName::parse(organization)?),
    })
}

fn sign_up_intent(form: &Form, rules: SignUpRules) -> Result<Intent, Failure> {
    let organization = form.organization.as_deref().map(OrganizationName::parse).transpose()?;
    let user = User::from_json(&clients::read(&form.file)?)?;
    Ok(Intent::sign_up(user, organization.as_ref(), rules)?)
}

fn call(intent: &Intent, settings: &Settings) -> Result<Call, Failure> {
    Ok(match intent.action().operation().service() {
        Service::Unifyia => clients::unifyia(settings)?.call(intent)?,
        _ => clients::smile_id(settings)?.call(intent, clients::now()?)?,
    })
}

fn preview(intent: &Intent, settings: &Settings) -> Result<Preview, Failure> {
    Ok(match intent.action().operation().service() {
        Service::Unifyia => clients::unifyia(settings)?.preview(intent)?,
        _ => clients::smile_id_without_key(settings)?.preview(intent, clients::now()?)?,
    })
}

fn is_unstated(outcome: &Outcome) -> bool {
    let acknowledgement = match outcome {
        Outcome::Acknowledged(done) => done.acknowledgement(),
        Outcome::SignedUp(done) => done.acknowledgement(),
        _ => Acknowledgement::Stated,
    };
    acknowledgement == Acknowledgement::Unstated
}

fn looked_up(
    intent: &Intent,
    settings: &Settings,
    agent: &ureq::Agent,
    report: &mut Report,
) -> Result<Confirmation, Failure> {
    // Unifyia documents no look-up of a sign-up.
    let confirmation = match intent.user_id() {
        None => Confirmation::Unknown,
        Some(user_id) => {
            let call = clients::smile_id(settings)?.enrollee_info(user_id, clients::now()?)?;
            intent.action().confirmed_by(&send::send(agent, &call))
        }
    };
    report.confirmation(confirmation);
    Ok(confirmation)
}

/// What is wanted, in words, also when it can't become an intent.
fn described(command: &Command) -> String {
    match command {
        Command::ReEnroll(user) => format!("re-enroll {}", shown(&user.user_id)),
        Command::Deactivate(user) => format!("deactivate {}", shown(&user.user_id)),
        Command::Reactivate(user) => format!("reactivate {}", shown(&user.user_id)),
        Command::FlagFraud(user) => format!("flag {} as fraudulent", shown(&user.user_id)),
        Command::ClearFraud(user) => format!("clear the fraud flag of {}", shown(&user.user_id)),
        Command::DeletePermanently { user, .. } => format!("delete {} for ever", shown(&user.user_id)),
        Command::LookUp(user) => format!("look {} up", shown(&user.user_id)),
        Command::SignUp(form) => format!("sign up the user of {}", form.file.display()),
        Command::Check { form, .. } => format!("check the user of {}", form.file.display()),
        Command::Branding { organization } => format!("fetch the branding of {}", shown(organization)),
    }
}

/// An id as a terminal may show it.
fn shown(text: &str) -> String {
    text.chars()
        .map(|character| if character.is_control() { char::REPLACEMENT_CHARACTER } else { character })
        .collect()
}
