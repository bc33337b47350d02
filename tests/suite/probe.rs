//! The core as WebAssembly imports nothing, so it can do nothing but compute; and it computes the same as here.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use enrollkit::Json;
use enrollkit::json::Object;
use enrollkit_tests::run;
use wasmi::{Engine, Instance, Linker, Memory, Module, Store, TypedFunc};

use crate::vectors::{Case, cases};

const TARGET: &str = "wasm32-unknown-unknown";

/// Says where the module is when somebody else built it.
const VARIABLE: &str = "ENROLLKIT_PROBE_WASM";

/// A probe without the core in it would be a few kilobytes, and would import nothing, too.
const FLOOR: usize = 150 * 1024;

/// Built once, whichever test asks first.
static WASM: LazyLock<Vec<u8>> = LazyLock::new(|| std::fs::read(module_path()).unwrap());

struct Probe {
    store: Store<()>,
    memory: Memory,
    allocate: TypedFunc<u32, u32>,
    run: TypedFunc<(u32, u32), u32>,
}

impl Probe {
    fn new(module: &Module, engine: &Engine) -> Self {
        let mut store = Store::new(engine, ());
        let instance: Instance = Linker::new(engine).instantiate_and_start(&mut store, module).unwrap();
        let memory = instance.get_memory(&store, "memory").unwrap();
        let allocate = instance.get_typed_func(&store, "allocate").unwrap();
        let run = instance.get_typed_func(&store, "run").unwrap();
        Self { store, memory, allocate, run }
    }

    /// The hand-over that the probe's own header describes.
    fn run(&mut self, case: &Case) -> String {
        let mut text = Object::new();
        text.insert("kind", case.kind.as_str());
        text.insert("input", case.input.clone());
        let text = Json::Object(text).to_text();
        let length = u32::try_from(text.len()).unwrap();
        let start = self.allocate.call(&mut self.store, length).unwrap();
        self.memory.write(&mut self.store, start as usize, text.as_bytes()).unwrap();
        let result = self.run.call(&mut self.store, (start, length)).unwrap();
        let size = self.read(result as usize, 4);
        let size = u32::from_le_bytes(size.try_into().unwrap());
        String::from_utf8(self.read(result as usize + 4, size as usize)).unwrap()
    }

    fn read(&self, start: usize, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.memory.read(&self.store, start, &mut bytes).unwrap();
        bytes
    }
}

#[test]
fn it_imports_nothing_and_computes_the_same() {
    assert!(WASM.len() > FLOOR, "{} bytes: where is the core?", WASM.len());

    let engine = Engine::default();
    let module = Module::new(&engine, &WASM[..]).unwrap();
    let imports: Vec<_> = module.imports().map(|it| format!("{}.{}", it.module(), it.name())).collect();
    assert!(imports.is_empty(), "it imports {imports:?}");
    let exports: Vec<_> = module.exports().map(|it| it.name().to_owned()).collect();
    for wanted in ["allocate", "run", "memory"] {
        assert!(exports.iter().any(|name| name == wanted), "no `{wanted}` in {exports:?}");
    }

    let mut probe = Probe::new(&module, &engine);
    let cases = cases();
    let different: Vec<_> = cases
        .iter()
        .filter(|case| run(&case.kind, &case.input).map(|it| it.to_text()) != Ok(probe.run(case)))
        .map(|case| case.id.as_str())
        .collect();
    assert!(different.is_empty(), "of {} vectors, WebAssembly differs in {different:?}", cases.len());
}

#[test]
fn a_case_that_is_none_comes_back_as_such() {
    let engine = Engine::default();
    let module = Module::new(&engine, &WASM[..]).unwrap();
    let case = Case { kind: "no such kind".into(), id: String::new(), input: Json::Null, expect: Json::Null };
    assert!(Probe::new(&module, &engine).run(&case).starts_with("wrong case"));
}

/// The module's file; without the variable it is built here.
fn module_path() -> PathBuf {
    match std::env::var_os(VARIABLE) {
        Some(path) => path.into(),
        None => build(),
    }
}

fn build() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let printed =
        Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]).output().unwrap();
    let libraries = String::from_utf8(printed.stdout).unwrap();
    assert!(Path::new(libraries.trim()).is_dir(), "the probe needs a target: rustup target add {TARGET}");

    // A folder of its own: the cargo that runs this test holds the lock of the other.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("probe");
    let built = Command::new(cargo)
        .args(["build", "--quiet", "-p", "enrollkit-probe", "--release", "--target", TARGET])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("CARGO_TARGET_DIR", &folder)
        .status()
        .unwrap();
    assert!(built.success(), "the probe was not built: {built}");
    folder.join(TARGET).join("release/enrollkit_probe.wasm")
}
