//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Manage Smile ID users and sign users up with Unifyia, from the command line.
#[derive(Parser)]
#[command(
    name = "enrollkit-quickstart",
    version,
    about,
    after_help = "\
Secrets are never flags. The API key comes from ENROLLKIT_API_KEY or --api-key-file,
a Unifyia token from ENROLLKIT_TOKEN or --token-file; a file's last line break is not
part of the secret.

Exit codes: 0 done; 1 refused, failed, or never sent; 2 input that can't become a request;
3 it is unknown whether it took effect.

Try it without sending anything:
  enrollkit-quickstart re-enroll user-42 --dry-run \\
      --partner-id 085 --environment sandbox --operator ops@bank.example"
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) settings: Settings,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Let a user submit one more enrollment job under the same id
    ReEnroll(User),
    /// Keep a user from running jobs, until reactivated
    Deactivate(User),
    /// Undo a deactivation
    Reactivate(User),
    /// Mark a user as fraudulent: jobs still run, all are marked failed
    FlagFraud(User),
    /// Take the fraud mark away
    ClearFraud(User),
    /// Delete a user for ever; the id can never be used again
    DeletePermanently {
        #[command(flatten)]
        user: User,
        /// The user id once more: deletion can't be undone
        #[arg(long, value_name = "USER_ID", default_value = "")]
        confirm: String,
    },
    /// Look a user up: flags and jobs
    LookUp(User),
    /// Sign a user up with Unifyia, from a JSON file with the user object
    SignUp(Form),
    /// Check a user object without sending anything; needs no credentials
    Check {
        #[command(flatten)]
        form: Form,
        /// As for whoever fills in their own form: what only the organization may set is refused
        #[arg(long)]
        self_service: bool,
    },
    /// Fetch an organization's branding from Unifyia
    Branding {
        /// The organization's name
        organization: String,
    },
}

#[derive(Args)]
pub(crate) struct User {
    /// The user's id, exactly as it was enrolled
    pub(crate) user_id: String,
}

#[derive(Args)]
pub(crate) struct Form {
    /// The file with the user object, `-` for standard input
    pub(crate) file: PathBuf,
    /// The organization of the path, if not the user's `organisationName`
    #[arg(long)]
    pub(crate) organization: Option<String>,
}

/// The words are the core's, so that there is no second spelling of an environment.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Environment {
    Sandbox,
    Production,
}

#[derive(Args)]
#[command(next_help_heading = "Settings")]
pub(crate) struct Settings {
    /// The Smile ID partner id, leading zeros included
    #[arg(long, global = true, env = "ENROLLKIT_PARTNER_ID", value_name = "DIGITS")]
    pub(crate) partner_id: Option<String>,
    /// Smile ID's environment; there is no default
    #[arg(long, global = true, env = "ENROLLKIT_ENVIRONMENT")]
    pub(crate) environment: Option<Environment>,
    /// Your e-mail address, which every change to a user needs
    #[arg(long, global = true, env = "ENROLLKIT_OPERATOR", value_name = "EMAIL")]
    pub(crate) operator: Option<String>,
    /// The file with the API key
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) api_key_file: Option<PathBuf>,
    /// The file with the Unifyia bearer token
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// Unifyia's base URL, prefix included; for Smile ID a gateway or the sandbox in place of its hosts
    #[arg(long, global = true, env = "ENROLLKIT_BASE_URL", value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// Let the base URL be `http` on another machine than this one, in a network that nobody listens to
    #[arg(long, global = true)]
    pub(crate) allow_http: bool,
    /// How long to wait for an answer
    #[arg(long, global = true, default_value_t = 30, value_name = "N")]
    pub(crate) timeout_seconds: u64,
    /// Print the request with `<signature>` in it, send nothing, need no key
    #[arg(long, global = true)]
    pub(crate) dry_run: bool,
    /// Print one line of JSON instead of text
    #[arg(long, global = true)]
    pub(crate) json: bool,
}
