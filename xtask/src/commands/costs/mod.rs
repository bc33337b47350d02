//! `cargo xtask costs`: what the hot paths cost, in instructions of callgrind, and what the packages weigh, beside the ledger in
//! `tests/benches/costs.json`. No clock is looked at, so that a busy machine counts as a quiet one does.

mod instructions;
mod ledger;
mod sizes;

use std::collections::BTreeMap;

use crate::bring;
use crate::run;
use crate::run::error::{Result, only_flag};
use crate::steps::{Done, Extent, Given, Need, Step};

use ledger::Ledger;

/// The tests' environment: what is in it besides the wheel is not imported.
const VENV: Need = Need::Venv("requirements/all.txt");

/// What they cost, by the names of rows.
type Costs = BTreeMap<String, u64>;

/// One group of rows: a step of its language's tests, too.
struct Group {
    needs: &'static [Need],
    count: fn(&Given<'_>) -> Result<Costs>,
}

const CORE: Group = Group { needs: &[Need::Valgrind], count: |_| instructions::rust() };
const PYTHON: Group =
    Group { needs: &[Need::Valgrind, VENV], count: |given| instructions::python(given.venv(VENV)?) };
const NPM: Group = Group { needs: &[Need::NpmPackage], count: |_| sizes::npm() };
const WHEEL: Group = Group { needs: &[Need::Wheel], count: |given| sizes::wheel(&given.packed()?.wheel) };
const JVM: Group =
    Group { needs: &[Need::KotlinLibrary], count: |given| sizes::jvm(given.file(Need::KotlinLibrary)?) };

const ALL: &[Group] = &[CORE, PYTHON, NPM, WHEEL, JVM];

pub(super) const CORE_STEP: Step = Step::new(
    "costs of the core",
    "no hot path takes more instructions than the ledger says",
    CORE.needs,
    |given| CORE.check(given),
);
/// Python itself takes a second to start under callgrind.
pub(super) const PYTHON_STEP: Step = Step::new(
    "costs of Python",
    "no hot path takes more instructions than the ledger says",
    PYTHON.needs,
    |given| PYTHON.check(given),
)
.full();
pub(super) const NPM_STEP: Step = Step::new(
    "size of the npm package",
    "no download weighs more than the ledger says",
    NPM.needs,
    |given| NPM.check(given),
);
pub(super) const WHEEL_STEP: Step =
    Step::new("size of the wheel", "it weighs no more than the ledger says", WHEEL.needs, |given| {
        WHEEL.check(given)
    });
pub(super) const JVM_STEP: Step =
    Step::new("size of the JVM's library", "it weighs no more than the ledger says", JVM.needs, |given| {
        JVM.check(given)
    });

pub(crate) fn main(args: &[String]) -> Result {
    let bless = only_flag("costs", "--bless", args)?;
    let needs = bring::needs(Extent::Usual);
    let mut costs = Costs::new();
    for group in ALL {
        costs.extend((group.count)(&needs.bring(group.needs)?)?);
    }
    let ledger = ledger_of(costs)?;
    if bless { ledger.write() } else { ledger.compare() }
}

impl Group {
    fn check(&self, given: &Given<'_>) -> Result<Done> {
        ledger_of((self.count)(given)?)?.compare().map(|()| Done::Ran)
    }
}

/// With the versions of what they were made and counted with: others give other figures.
fn ledger_of(costs: Costs) -> Result<Ledger> {
    let rustc = run::output(run::command("rustc").arg("--version"))?;
    let rustc = rustc.split_whitespace().nth(1).unwrap_or_default();
    Ok(Ledger::new(format!("rustc {rustc}"), costs))
}
