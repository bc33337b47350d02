//! Servers that a command starts and that must not outlive it: not on success, error or panic, nor on a signal.

use std::process::{Child, ChildStdout, Command};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::command::show;
use super::error::{Result, failed};

/// How long a child that was told to stop has before it is killed.
const GRACE: Duration = Duration::from_secs(2);

/// All that run, because a signal's handler can't see anyone's local variables.
static RUNNING: Mutex<Vec<Child>> = Mutex::new(Vec::new());

/// A started child. When it goes out of scope the child ends and is reaped.
pub(crate) struct Guard {
    pid: u32,
}

impl Guard {
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        stop_on_signals()?;
        // Locked before the start: a signal in between would otherwise miss the new child.
        let mut running = running();
        let child = command.spawn().map_err(failed(format!("can't start `{}`", show(command))))?;
        let pid = child.id();
        running.push(child);
        Ok(Self { pid })
    }

    #[cfg(test)]
    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    /// Whether the child has ended by itself.
    pub(crate) fn has_ended(&self) -> bool {
        self.with_child(|child| child.try_wait().is_ok_and(|status| status.is_some())).unwrap_or(true)
    }

    /// The child's standard output, once, and if it was piped.
    pub(crate) fn take_stdout(&self) -> Option<ChildStdout> {
        self.with_child(|child| child.stdout.take()).flatten()
    }

    fn with_child<T>(&self, work: impl FnOnce(&mut Child) -> T) -> Option<T> {
        running().iter_mut().find(|child| child.id() == self.pid).map(work)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Closing its standard input is how a child is told; without one there is nothing to wait for.
        let told = self.with_child(|child| child.stdin.take().is_some()).unwrap_or(false);
        let start = Instant::now();
        // The lock is free between two looks, and the child listed until it is gone: a signal still finds it.
        while told && start.elapsed() < GRACE {
            if self.with_child(|child| child.try_wait().is_ok_and(|status| status.is_some())) != Some(false) {
                break;
            }
            sleep(Duration::from_millis(10));
        }
        let mut running = running();
        if let Some(at) = running.iter().position(|child| child.id() == self.pid) {
            end(&mut running.swap_remove(at));
        }
    }
}

fn running() -> MutexGuard<'static, Vec<Child>> {
    // A panic elsewhere is no reason to leave children behind.
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Harmless for a child that has ended: the standard library remembers that and sends nothing to a reused pid.
fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

fn stop_on_signals() -> Result {
    static ONCE: Once = Once::new();
    let mut result = Ok(());
    ONCE.call_once(|| {
        result = ctrlc::set_handler(|| {
            // Never unlocked again: from here on nothing can be started.
            let mut running = running();
            running.iter_mut().for_each(end);
            std::process::exit(130);
        });
    });
    result.map_err(failed("can't listen for signals"))
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    use super::*;
    use crate::run;
    use crate::run::error::Error;

    fn alive(pid: u32) -> bool {
        run::works(run::command("kill").args(["-0", &pid.to_string()]))
    }

    fn sh(script: &str) -> Command {
        let mut command = run::command("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_child_is_killed_and_reaped_at_the_end_of_the_scope() {
        let guard = Guard::start(&mut sh("exec sleep 60")).expect("sh");
        let pid = guard.pid();
        assert!(alive(pid));
        drop(guard);
        // A child that is killed but not reaped would still answer.
        assert!(!alive(pid));
    }

    #[test]
    fn a_child_that_listens_to_its_input_ends_by_itself() {
        let mut command = sh("read line; echo bye");
        let guard = Guard::start(command.stdin(Stdio::piped()).stdout(Stdio::piped())).expect("sh");
        let mut stdout = BufReader::new(guard.take_stdout().expect("it is piped"));
        assert!(guard.take_stdout().is_none());
        drop(guard);
        let mut said = String::new();
        stdout.read_line(&mut said).expect("text");
        assert_eq!(said, "bye\n");
    }

    #[test]
    fn a_child_that_ignores_its_input_is_killed_all_the_same() {
        let mut command = sh("exec sleep 60");
        let guard = Guard::start(command.stdin(Stdio::piped())).expect("sh");
        let pid = guard.pid();
        drop(guard);
        assert!(!alive(pid));
    }

    #[test]
    fn an_error_names_the_program() {
        let result = Guard::start(&mut run::command("/no/such/program"));
        let Err(Error::Failed(text)) = result else { panic!("it started") };
        assert!(text.starts_with("can't start `/no/such/program`: "), "{text}");
    }

    /// Not a test: the process to which the test below sends signals.
    #[test]
    #[ignore = "run by `no_child_survives_a_signal`"]
    fn start_a_child_and_wait_for_a_signal() {
        let guard = Guard::start(&mut sh("exec sleep 60")).expect("sh");
        println!("child {}", guard.pid());
        sleep(Duration::from_secs(60));
    }

    #[test]
    fn no_child_survives_a_signal() {
        for signal in ["-INT", "-TERM", "-HUP"] {
            let mut parent = Command::new(std::env::current_exe().expect("this test's file"))
                .args(["--exact", "run::process::tests::start_a_child_and_wait_for_a_signal"])
                .args(["--ignored", "--nocapture", "--test-threads=1"])
                .stdout(Stdio::piped())
                .spawn()
                .expect("this test's file");
            let lines = BufReader::new(parent.stdout.take().expect("it is piped")).lines();
            // The harness prints the test's name on the same line.
            let child = lines
                .map_while(std::result::Result::ok)
                .find_map(|line| line.rsplit_once("child ")?.1.trim().parse().ok())
                .expect("the child's number");
            assert!(alive(child));
            assert!(run::works(run::command("kill").args([signal, &parent.id().to_string()])));
            let status = parent.wait().expect("it ends");
            assert_eq!(status.code(), Some(130), "{signal}");
            assert!(!alive(child), "{signal}");
        }
    }
}
