//! The npm package's acceptance matrix: the packed file, installed into a fresh project for each engine and tool.
//!
//! A row is a folder in `bindings-wasm/npm/acceptance`: its `package.json` says what it shows (`description`), which tools it
//! wants (`devDependencies`), how it is run (`scripts.acceptance`), and under `acceptance` whether only `--full` runs it
//! (`full`) and what it needs besides (`needs`, a list): `chromium`, which `CHROMIUM` names, and `sandbox`, which
//! `ENROLLKIT_SANDBOX` names. A row can do more where `ENROLLKIT_FULL` is set: with `--full`.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::bring;
use crate::languages::npm;
use crate::run::error::{Error, Result, failed};
use crate::run::{self, paths};
use crate::steps::{self, Done, Extent, Given, Need};
use crate::tools::node;

/// How much of a failed row's output is shown; the rest is in its log.
const TAIL_LINES: usize = 40;
const LINE_CHARS: usize = 400;

/// What a row's `needs` can hold.
const NEEDS: [(&str, Need); 2] = [("chromium", Need::Chromium), ("sandbox", Need::Sandbox)];

struct Row {
    name: String,
    shows: String,
    tools: String,
    full: bool,
    needs: Vec<Need>,
}

struct End {
    row: Row,
    took: Duration,
    result: Result<Done>,
}

pub(crate) fn main(args: &[String]) -> Result {
    let full = args.iter().any(|arg| arg == "--full");
    let names: Vec<&str> = args.iter().map(String::as_str).filter(|arg| *arg != "--full").collect();
    let known = rows()?;
    if let Some(unknown) = names.iter().find(|name| known.iter().all(|row| row.name != **name)) {
        let known: Vec<&str> = known.iter().map(|row| row.name.as_str()).collect();
        return Err(Error::Usage(format!("no row `{unknown}`; there are: {}", known.join(", "))));
    }
    let needs = bring::needs(if full { Extent::Full } else { Extent::Usual });
    run(&needs.bring(&[Need::NpmPackage])?, &names)
}

/// Runs the rows that are named, or all of the extent.
pub(crate) fn run(given: &Given<'_>, names: &[&str]) -> Result {
    let full = given.extent() == Extent::Full;
    let work = run::target_dir()?.join("acceptance");
    let chosen = rows()?
        .into_iter()
        .filter(|row| if names.is_empty() { full || !row.full } else { names.contains(&row.name.as_str()) });
    let mut ends = Vec::new();
    for row in chosen {
        eprintln!("    {}: {}", row.name, row.shows);
        let start = Instant::now();
        let ran = given.with(&row.needs).and_then(|given| row.run(&given, &work).map(|()| Done::Ran));
        let result = ran.or_else(|error| steps::skipped(error, steps::everything_must_run()));
        if let Err(error) = &result {
            eprintln!("{} FAILED: {}", row.name, error.text());
        }
        ends.push(End { row, took: start.elapsed(), result });
    }
    let table = table(&ends)?;
    let file = work.join("table.md");
    fs::write(&file, &table).map_err(failed(format!("can't write {}", file.display())))?;
    say!("{table}");
    let count = |of: fn(&Result<Done>) -> bool| ends.iter().filter(|end| of(&end.result)).count();
    let failures = count(Result::is_err);
    let passed = count(|result| matches!(result, Ok(Done::Ran)));
    say!("{passed} passed, {failures} failed, {} skipped", ends.len() - passed - failures);
    if failures == 0 {
        return Ok(());
    }
    let failed: Vec<&str> =
        ends.iter().filter(|end| end.result.is_err()).map(|end| end.row.name.as_str()).collect();
    Err(Error::Failed(format!(
        "failed: {}; to repeat it: cargo xtask acceptance {}",
        failed.join(", "),
        failed.join(" ")
    )))
}

fn templates() -> PathBuf {
    npm::folder().join("acceptance")
}

fn rows() -> Result<Vec<Row>> {
    let folder = templates();
    let unreadable = || failed(format!("can't read {}", folder.display()));
    let mut rows = Vec::new();
    for entry in fs::read_dir(&folder).map_err(unreadable())? {
        let entry = entry.map_err(unreadable())?;
        let Ok(manifest) = fs::read_to_string(entry.path().join("package.json")) else { continue };
        let name = entry.file_name().to_string_lossy().into_owned();
        rows.push(Row::new(name, &manifest)?);
    }
    // What every run has comes first, so that the order is the same with and without `--full`.
    rows.sort_by(|a, b| (a.full, &a.name).cmp(&(b.full, &b.name)));
    Ok(rows)
}

impl Row {
    fn new(name: String, manifest: &str) -> Result<Self> {
        let manifest: Value =
            serde_json::from_str(manifest).map_err(failed(format!("acceptance/{name}/package.json")))?;
        let tools = manifest["devDependencies"].as_object().into_iter().flatten();
        let tools = tools.map(|(tool, version)| format!("{tool} {}", version.as_str().unwrap_or("?")));
        let tools: Vec<String> = tools.collect();
        Ok(Self {
            shows: manifest["description"].as_str().unwrap_or_default().to_owned(),
            tools: tools.join(", "),
            full: manifest["acceptance"]["full"] == true,
            needs: needs(&manifest["acceptance"]["needs"])
                .map_err(failed(format!("acceptance/{name}/package.json")))?,
            name,
        })
    }

    fn run(&self, given: &Given<'_>, work: &Path) -> Result {
        let project = work.join(&self.name);
        if project.exists() {
            fs::remove_dir_all(&project).map_err(failed(format!("can't remove {}", project.display())))?;
        }
        copy(&templates().join(&self.name), &project)?;
        // The same checks in all of them, for both kinds of modules.
        let smoke = templates().join("smoke.js");
        let smoke = fs::read_to_string(&smoke).map_err(failed(format!("can't read {}", smoke.display())))?;
        write(&project.join("smoke.mjs"), &format!("{smoke}\nexport {{ smoke, smokeOfPage }};\n"))?;
        write(&project.join("smoke.cjs"), &format!("{smoke}\nmodule.exports = {{ smoke, smokeOfPage }};\n"))?;

        let mut acceptance = node::npm();
        acceptance.args(["run", "--silent", "acceptance"]).current_dir(&project);
        // Where the vectors are.
        given.tell(&mut acceptance).env("ENROLLKIT_ROOT", paths::root());
        if given.extent() == Extent::Full {
            acceptance.env("ENROLLKIT_FULL", "1");
        }
        let log = project.join("acceptance.log");
        let mut install = node::npm();
        // One cache for all rows. Packages' own scripts are not run: nothing here may need them.
        install
            .args(["install", "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"])
            .arg(given.file(Need::NpmPackage)?);
        for command in [install.current_dir(&project), &mut acceptance] {
            let open = File::options().create(true).append(true).open(&log);
            let out = open.map_err(failed(format!("can't write {}", log.display())))?;
            let again = out.try_clone().map_err(failed(format!("can't write {}", log.display())))?;
            let status = command.stdout(out).stderr(again).status().map_err(failed("can't start npm"))?;
            if !status.success() {
                let said = fs::read(&log).unwrap_or_default();
                return Err(Error::Failed(format!(
                    "{status}; all it said is in {}\n{}",
                    log.display(),
                    tail(&String::from_utf8_lossy(&said))
                )));
            }
        }
        Ok(())
    }
}

fn needs(listed: &Value) -> std::result::Result<Vec<Need>, String> {
    let need = |name: &Value| NEEDS.iter().find(|(known, _)| name == known).map(|(_, need)| *need);
    let unknown = || {
        let known = NEEDS.map(|(name, _)| name).join(", ");
        format!("`needs` is a list of: {known}")
    };
    match listed {
        Value::Null => Ok(Vec::new()),
        Value::Array(names) => names.iter().map(|name| need(name).ok_or_else(unknown)).collect(),
        _ => Err(unknown()),
    }
}

fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let last = lines[lines.len().saturating_sub(TAIL_LINES)..].iter();
    // A bundle's line can be the bundle.
    last.map(|line| line.chars().take(LINE_CHARS).collect::<String>()).collect::<Vec<_>>().join("\n")
}

fn table(ends: &[End]) -> Result<String> {
    let node = node::version()?;
    let mut out = format!("Node {node}, {} {}\n\n", std::env::consts::OS, std::env::consts::ARCH);
    out.push_str("| row | what it shows | with | result | seconds |\n|---|---|---|---|---:|\n");
    for End { row, took, result } in ends {
        let result = match result {
            Ok(Done::Ran) => "passed".to_owned(),
            Ok(Done::Skipped(reason)) => format!("skipped: {reason}"),
            Err(_) => "**failed**".to_owned(),
        };
        let with = if row.tools.is_empty() { "Node" } else { &row.tools };
        let seconds = took.as_secs_f64();
        // Writing into a text can't fail.
        let _ = writeln!(out, "| {} | {} | {with} | {result} | {seconds:.1} |", row.name, row.shows);
    }
    Ok(out)
}

fn write(file: &Path, text: &str) -> Result {
    fs::write(file, text).map_err(failed(format!("can't write {}", file.display())))
}

fn copy(from: &Path, to: &Path) -> Result {
    let unable = || failed(format!("can't copy {}", from.display()));
    fs::create_dir_all(to).map_err(unable())?;
    for entry in fs::read_dir(from).map_err(unable())? {
        let entry = entry.map_err(unable())?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            // What somebody left by running it in place is not part of the template.
            if entry.file_name() != "node_modules" {
                copy(&entry.path(), &target)?;
            }
        } else {
            fs::copy(entry.path(), target).map_err(unable())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_says_what_it_shows_and_pins_its_tools() {
        let rows = rows().expect("the templates");
        assert!(rows.len() > 10);
        for row in rows {
            assert!(!row.shows.is_empty(), "{}", row.name);
            assert!(!row.tools.contains(['^', '~', '*', '>', '?']), "{}: {}", row.name, row.tools);
        }
    }

    #[test]
    fn a_failure_shows_its_last_lines() {
        let text = "first\n".repeat(100) + &"last\n".repeat(TAIL_LINES);
        assert_eq!(tail(&text), "last\n".repeat(TAIL_LINES).trim_end());
        assert_eq!(tail("one\n"), "one");
    }

    #[test]
    fn what_a_row_needs_is_of_a_closed_list() {
        assert_eq!(needs(&Value::Null), Ok(vec![]));
        assert_eq!(
            needs(&serde_json::json!(["sandbox", "chromium"])),
            Ok(vec![Need::Sandbox, Need::Chromium])
        );
        for wrong in [serde_json::json!(["browser"]), serde_json::json!("chromium"), serde_json::json!([1])] {
            assert_eq!(needs(&wrong), Err("`needs` is a list of: chromium, sandbox".into()));
        }
    }
}
