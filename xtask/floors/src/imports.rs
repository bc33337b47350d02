//! Which file imports which.

use std::collections::BTreeSet;

use crate::paths::{Form, Named, is_bare, macros, named};
use crate::plan::FOLDER;
use crate::resolve::{Resolver, Target};
use crate::tree::{Crate, Module};

/// One file names what another has.
pub(crate) struct Import {
    pub(crate) from: String,
    pub(crate) line: usize,
    pub(crate) to: String,
    pub(crate) path: String,
}

/// Whether a file is the door of a room: nothing stands there but modules and what they give.
pub(crate) fn is_door(tree: &Crate, file: &str) -> bool {
    let mut own = tree.modules.iter().filter(|module| module.file == file);
    (file == "lib.rs" || file.ends_with("mod.rs")) && own.all(Module::only_re_exports)
}

/// The folder whose door a file is, if it is one: `json/` of `json/mod.rs`.
pub(crate) fn room_of<'a>(tree: &Crate, file: &'a str) -> Option<&'a str> {
    is_door(tree, file).then(|| file.trim_end_matches("lib.rs").trim_end_matches("mod.rs"))
}

/// Every import of a file from another, and what can't be followed.
pub(crate) fn imports(tree: &Crate) -> (Vec<Import>, Vec<String>) {
    let (mut imports, mut unclear) = (Vec::new(), BTreeSet::new());
    let mut seen = BTreeSet::new();
    for (id, module) in tree.modules.iter().enumerate() {
        let named = named(&module.items);
        let resolver = Resolver::new(tree, id, &named);
        let expanded = expanded(tree, &resolver, &named);
        for named in named.iter().chain(&expanded) {
            let path = named.path.join("::");
            let place = format!("{FOLDER}/{}:{}", module.file, named.line);
            for target in resolver.targets(named) {
                let to = match target {
                    Target::Module(_) if named.form == Form::Star => {
                        unclear.insert(format!("{place}: a star hides what is imported of `{path}`"));
                        continue;
                    }
                    Target::Nothing(_) => {
                        unclear.insert(format!("{place}: `{path}` can't be followed to a file"));
                        continue;
                    }
                    // A door is no file that anything could depend on.
                    Target::Module(to) if tree.modules[to].only_re_exports() => continue,
                    Target::Module(to) | Target::Item(to) => &tree.modules[to].file,
                };
                let inside = room_of(tree, &module.file).is_some_and(|room| to.starts_with(room));
                if *to != module.file && !inside && seen.insert((&module.file, named.line, to)) {
                    imports.push(Import {
                        from: module.file.clone(),
                        line: named.line,
                        to: to.clone(),
                        path: path.clone(),
                    });
                }
            }
        }
    }
    imports.sort_by(|a, b| (&a.from, a.line).cmp(&(&b.from, b.line)));
    (imports, unclear.into_iter().collect())
}

/// What stands in a module once the macros are expanded that it calls: a table's paths, say, which begin in whatever file the table
/// is given to, or, where that file's macro writes `crate::$room`, at the root.
fn expanded(tree: &Crate, resolver: &Resolver<'_>, named: &[Named]) -> Vec<Named> {
    let mut out = Vec::new();
    for call in named.iter().filter(|named| named.form == Form::Macro) {
        let name = call.path.last();
        for home in resolver.macro_homes(&call.path) {
            let called = macros(&tree.modules[home].items).into_iter().filter(|(own, _)| Some(own) == name);
            let paths = called.flat_map(|(_, paths)| paths);
            out.extend(paths.map(|path| Named { path, line: call.line, form: Form::Path }));
        }
    }
    if named.iter().any(|named| named.form == Form::Root) {
        let given = named.iter().chain(&out).filter(|named| named.form == Form::Path && is_bare(&named.path));
        let given = given.filter(|named| resolver.is_below_root(&named.path));
        let at_root = |named: &Named| {
            let path = std::iter::once("crate".to_owned()).chain(named.path.iter().cloned()).collect();
            Named { path, line: named.line, form: Form::Path }
        };
        let at_root: Vec<Named> = given.map(at_root).collect();
        out.extend(at_root);
    }
    out
}
