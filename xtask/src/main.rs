//! `cargo xtask …`: the project's own commands. Each does its own set-up and says what it sets up.

#[macro_use]
mod run;

mod bring;
mod commands;
mod languages;
mod sandbox;
mod steps;
mod tools;

use std::process::ExitCode;

use commands::{acceptance, bench, costs, demo, exercise, generate, lint, package, public_api, test};
use run::error::{Error, Result};

struct Command {
    name: &'static str,
    options: &'static str,
    help: &'static str,
    run: fn(&[String]) -> Result,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "demo",
        options: "[web [--check]]",
        help: "a user's whole life over HTTP against the sandbox, as a table; `web`: a page for it. No credentials",
        run: demo::main,
    },
    Command {
        name: "test",
        options: "[LANGUAGE…] [--full]",
        help: "run the tests, of every language or of those named; --full adds what is too slow for every run",
        run: test::main,
    },
    Command {
        name: "package",
        options: "PACKAGE",
        help: "build what a registry would get, into dist/",
        run: package::main,
    },
    Command {
        name: "acceptance",
        options: "[ROW…] [--full]",
        help: "the npm package in fresh projects of every kind: all rows but the slow ones, those named, or all",
        run: acceptance::main,
    },
    Command {
        name: "lint",
        options: "",
        help: "formatting, clippy, the core's dependency rules, licences and bans, documentation, spelling",
        run: lint::main,
    },
    Command {
        name: "public-api",
        options: "[--bless]",
        help: "compare the core's public API with core/public-api.txt; --bless writes that file",
        run: public_api::main,
    },
    Command {
        name: "gen",
        options: "[--check]",
        help: "write the generated files; --check only says whether they are up to date",
        run: generate::main,
    },
    Command {
        name: "exercise",
        options: "",
        help: "add a made-up action and endpoint to a scratch copy, by the edits that ARCHITECTURE.md lists",
        run: exercise::main,
    },
    Command {
        name: "bench",
        options: "[LANGUAGE…]",
        help: "measure calls beside what else people use, as ratios: in every language, or in those named",
        run: bench::main,
    },
    Command {
        name: "costs",
        options: "[--bless]",
        help: "count the hot paths' instructions and the packages' bytes, beside tests/benches/costs.json; --bless writes that file",
        run: costs::main,
    },
    Command { name: "help", options: "", help: "this text", run: help },
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Error::Usage(text)) => {
            eprintln!("xtask: {text}");
            ExitCode::from(2)
        }
        Err(error) => {
            eprintln!("xtask: {}", error.text());
            ExitCode::FAILURE
        }
    }
}

fn dispatch(args: &[String]) -> Result {
    let Some((name, rest)) = args.split_first() else { return help(&[]) };
    // Also `cargo xtask test --help`, where anything else would start a long run.
    if args.iter().take_while(|arg| *arg != "--").any(|arg| arg == "--help" || arg == "-h") {
        return help(&[]);
    }
    match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => (command.run)(rest),
        None => Err(Error::Usage(format!(
            "no command `{name}`; there are: {}",
            COMMANDS.iter().map(|command| command.name).collect::<Vec<_>>().join(", ")
        ))),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "has the form of every command")]
fn help(_args: &[String]) -> Result {
    println!("The project's own commands. Each does its own set-up.\n");
    for Command { name, options, help, .. } in COMMANDS {
        println!("  cargo xtask {:<28}{help}", format!("{name} {options}"));
    }
    println!("\nLanguages of `test`: {}. Packages: {}.", test::known(), package::known());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn an_unknown_command_or_option_is_a_usage_error_in_one_line() {
        for line in [
            "tset",
            "test klingon",
            "test rust --fast",
            "lint now",
            "public-api --bles",
            "costs --bles",
            "bench cobol",
            "demo page",
            "demo web --now",
            "gen check",
            "package",
            "package deb",
        ] {
            match dispatch(&words(line)) {
                Err(Error::Usage(text)) => assert!(!text.contains('\n'), "{line}: {text}"),
                other => panic!("{line}: {other:?}"),
            }
        }
    }

    #[test]
    fn help_is_given_wherever_it_is_asked_for() {
        for line in ["", "help", "--help", "-h", "test --help", "lint -h"] {
            assert!(dispatch(&words(line)).is_ok(), "{line}");
        }
    }
}
