//! What the packages weigh, in bytes.

use std::fs;
use std::path::Path;

use super::Costs;
use crate::run;
use crate::run::error::{Error, Result, failed};
use crate::run::paths;

/// What a browser or an app downloads of the npm package, compressed as servers do.
const DOWNLOADED: &[&str] = &["page.wasm", "react-native.cjs", "enrollkit.wasm"];

pub(super) fn npm() -> Result<Costs> {
    let row = |name: &&str| {
        let file = paths::root().join("bindings-wasm/npm/dist").join(name);
        Ok((format!("npm: {name}, bytes of gzip -9"), gzipped(&file)?))
    };
    DOWNLOADED.iter().map(row).collect()
}

pub(super) fn wheel(wheel: &Path) -> Result<Costs> {
    Ok(Costs::from([("Python: the wheel, bytes".to_owned(), size(wheel)?)]))
}

pub(super) fn jvm(library: &Path) -> Result<Costs> {
    Ok(Costs::from([("JVM: the library, bytes".to_owned(), size(library)?)]))
}

fn size(file: &Path) -> Result<u64> {
    fs::metadata(file).map(|metadata| metadata.len()).map_err(failed(file.display()))
}

fn gzipped(file: &Path) -> Result<u64> {
    let out = run::command("gzip").args(["-9", "-n", "-c"]).arg(file).output().map_err(failed("gzip"))?;
    if !out.status.success() {
        return Err(Error::Failed(format!("gzip {}: {}", file.display(), out.status)));
    }
    u64::try_from(out.stdout.len()).map_err(failed(file.display()))
}
