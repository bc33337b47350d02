//! The ledger: what each row may cost.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::Costs;
use crate::run::error::{Error, Result, failed};
use crate::run::paths;

/// How much more than its row something may cost, in percent: what moves when something beside it changes.
const TOLERANCE: u64 = 3;

/// The same, when other versions of the tools counted than those the ledger was written with.
const TOLERANCE_OF_OTHERS: u64 = 15;

/// What was found, and with what.
#[derive(Debug)]
pub(super) struct Ledger {
    counted_with: String,
    costs: Costs,
}

impl Ledger {
    pub(super) fn new(counted_with: String, costs: Costs) -> Self {
        Self { counted_with, costs }
    }

    /// Writes it down as what is right from now on.
    pub(super) fn write(&self) -> Result {
        let rows = BTreeMap::from([
            ("counted_with", Value::from(self.counted_with.as_str())),
            ("costs", self.costs.iter().map(|(name, cost)| (name.as_str(), *cost)).collect()),
        ]);
        let text = serde_json::to_string_pretty(&rows).map_err(failed("the ledger"))?;
        fs::write(file(), text + "\n").map_err(failed(file().display()))
    }

    /// Says what each row costs, and which costs too much.
    pub(super) fn compare(&self) -> Result {
        let text = fs::read_to_string(file()).map_err(failed(file().display()))?;
        let (lines, wrong) = self.beside(&Self::read(&text)?);
        for line in &lines {
            println!("{line}");
        }
        if wrong.is_empty() {
            return Ok(());
        }
        Err(Error::Failed(format!(
            "{}; if that is worth it: cargo xtask costs --bless, and say why in the commit",
            wrong.join("; ")
        )))
    }

    fn read(text: &str) -> Result<Self> {
        let json: Value = serde_json::from_str(text).map_err(failed("the ledger"))?;
        let rows = json["costs"].as_object().into_iter().flatten();
        let costs = rows.filter_map(|(name, cost)| Some((name.clone(), cost.as_u64()?))).collect();
        Ok(Self { counted_with: json["counted_with"].as_str().unwrap_or_default().into(), costs })
    }

    /// A line for each row, and what is wrong.
    fn beside(&self, right: &Self) -> (Vec<String>, Vec<String>) {
        let (mut lines, mut wrong) = (Vec::new(), Vec::new());
        let same = self.counted_with == right.counted_with;
        let tolerance = if same { TOLERANCE } else { TOLERANCE_OF_OTHERS };
        if !same {
            lines.push(format!(
                "counted with {}; the ledger with {}, so that {tolerance} % more are let pass",
                self.counted_with, right.counted_with
            ));
        }
        for (name, &cost) in &self.costs {
            let Some(&row) = right.costs.get(name) else {
                wrong.push(format!("{name} is not in the ledger: {cost}"));
                continue;
            };
            lines.push(format!("{name:<44} {cost:>10}   ledger {row:>10}"));
            if cost.saturating_mul(100) > row.saturating_mul(100 + tolerance) {
                wrong.push(format!("{name} costs {cost}, the ledger says {row}"));
            }
        }
        (lines, wrong)
    }
}

fn file() -> PathBuf {
    paths::root().join("tests/benches/costs.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger(counted_with: &str, rows: &[(&str, u64)]) -> Ledger {
        let costs = rows.iter().map(|(name, cost)| ((*name).to_owned(), *cost)).collect();
        Ledger::new(counted_with.to_owned(), costs)
    }

    #[test]
    fn a_row_that_costs_more_is_named() {
        let right = ledger("a", &[("core: sign", 1000), ("page.wasm", 500)]);
        let wrong = |found: &[(&str, u64)], with| ledger(with, found).beside(&right).1;
        assert!(wrong(&[("core: sign", 1030), ("page.wasm", 400)], "a").is_empty());
        assert_eq!(wrong(&[("core: sign", 1031)], "a"), ["core: sign costs 1031, the ledger says 1000"]);
        assert!(wrong(&[("core: sign", 1031)], "b").is_empty());
        assert_eq!(wrong(&[("core: sign", 1151)], "b").len(), 1);
        assert_eq!(wrong(&[("core: read", 1)], "a"), ["core: read is not in the ledger: 1"]);
    }

    #[test]
    fn the_ledger_has_what_is_written_into_it() {
        let text = r#"{"counted_with": "rustc 1", "costs": {"core: sign": 12}}"#;
        let read = Ledger::read(text).expect("a ledger");
        assert_eq!((read.counted_with.as_str(), read.costs["core: sign"]), ("rustc 1", 12));
    }
}
