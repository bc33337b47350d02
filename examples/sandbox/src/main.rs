//! The command line around the library: start, say so, wait, stop.

mod cli;

use std::io::{Read, Write};
use std::process::ExitCode;
use std::thread;

use clap::Parser;
use enrollkit_sandbox::StartError;
use tokio::sync::mpsc;

use crate::cli::{Cli, KeyNotes};

const USAGE: u8 = 2;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let config = match cli.config() {
        Ok(config) => config,
        Err(trouble) => return fail(&trouble, 1),
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.to_string(), 1),
    };
    let notes = KeyNotes::of(&config);
    // Before the server starts: whoever read the ready line may already send a signal.
    let (stop, mut stopped) = mpsc::unbounded_channel();
    if let Err(error) = runtime.block_on(async { watch_signals(&stop) }) {
        return fail(&error.to_string(), 1);
    }
    let sandbox = match enrollkit_sandbox::start(config) {
        Ok(sandbox) => sandbox,
        Err(error @ StartError::Config(_)) => return fail(&error.to_string(), USAGE),
        Err(error) => return fail(&error.to_string(), 1),
    };
    if cli.stop_with_stdin {
        watch_stdin(stop.clone());
    }
    let mut out = std::io::stdout().lock();
    // Nobody reading it is no reason to stop.
    let _ = writeln!(out, "{}", cli.ready(sandbox.url(), sandbox.control_token(), &notes));
    let _ = out.flush();
    drop(out);

    runtime.block_on(stopped.recv());
    sandbox.stop();
    ExitCode::SUCCESS
}

fn fail(trouble: &str, code: u8) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "enrollkit-sandbox: {trouble}");
    ExitCode::from(code)
}

/// Must run inside the runtime that later waits.
#[cfg(unix)]
fn watch_signals(stop: &mpsc::UnboundedSender<()>) -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
        let (mut signal, stop) = (signal(kind)?, stop.clone());
        tokio::spawn(async move {
            signal.recv().await;
            let _ = stop.send(());
        });
    }
    Ok(())
}

/// Must run inside the runtime that later waits.
#[cfg(windows)]
fn watch_signals(stop: &mpsc::UnboundedSender<()>) -> std::io::Result<()> {
    let (mut signal, stop) = (tokio::signal::windows::ctrl_c()?, stop.clone());
    tokio::spawn(async move {
        signal.recv().await;
        let _ = stop.send(());
    });
    Ok(())
}

fn watch_stdin(stop: mpsc::UnboundedSender<()>) {
    thread::spawn(move || {
        let mut buffer = [0; 1024];
        // What is written there does not matter; its end does.
        while matches!(std::io::stdin().read(&mut buffer), Ok(1..)) {}
        let _ = stop.send(());
    });
}
