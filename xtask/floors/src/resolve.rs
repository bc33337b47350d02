//! Which file really has what a path names: re-exports are followed to where the item is written.

use std::collections::{BTreeMap, BTreeSet};

use crate::paths::{Form, Named, is_bare};
use crate::tree::{Crate, ModuleId, Name};

/// Re-exports of re-exports: a real path is far shorter.
const MOST_STEPS: usize = 32;

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    /// Something that is written in this module.
    Item(ModuleId),
    /// The module itself.
    Module(ModuleId),
    /// Nothing that the module says it has, though only re-exports stand there.
    Nothing(ModuleId),
}

/// Finds what the paths of one module lead to.
pub(crate) struct Resolver<'a> {
    tree: &'a Crate,
    module: ModuleId,
    /// The names that a `use` somewhere in the module gives, inside functions, too.
    imported: BTreeMap<&'a str, &'a [String]>,
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(tree: &'a Crate, module: ModuleId, named: &'a [Named]) -> Self {
        let import = |named: &'a Named| match &named.form {
            Form::Import(name) => Some((name.as_str(), named.path.as_slice())),
            Form::Path | Form::Macro | Form::Root | Form::Star => None,
        };
        Self { tree, module, imported: named.iter().filter_map(import).collect() }
    }

    /// Where a path leads: several places, when a type and a function share a name; none, when that is another crate, or a name
    /// that an import has brought, which counts where the import stands.
    pub(crate) fn targets(&self, named: &Named) -> BTreeSet<Target> {
        let mut out = BTreeSet::new();
        let Some(first) = named.path.first() else { return out };
        if is_bare(&named.path) && matches!(named.form, Form::Path | Form::Macro) {
            if named.path.len() > 1 {
                for module in self.modules_called(first) {
                    self.walk(module, &named.path[1..], 0, &mut out);
                }
            }
        } else {
            self.follow(self.module, &named.path, 0, &mut out);
        }
        out
    }

    /// Whether a path would lead somewhere if it began at the crate's root.
    pub(crate) fn is_below_root(&self, path: &[String]) -> bool {
        let names = path.first().map_or(&[][..], |first| self.tree.modules[0].named(first));
        path.len() > 1 && names.iter().any(|name| matches!(name, Name::Module(_)))
    }

    /// The modules in which the macro of this path may be defined.
    pub(crate) fn macro_homes(&self, path: &[String]) -> Vec<ModuleId> {
        let mut out = BTreeSet::new();
        self.follow(self.module, path, 0, &mut out);
        let home = |target: &Target| match target {
            Target::Item(id) => Some(*id),
            Target::Module(_) | Target::Nothing(_) => None,
        };
        out.iter().filter_map(home).collect()
    }

    /// The modules that a single name means here.
    fn modules_called(&self, name: &str) -> Vec<ModuleId> {
        let mut out = BTreeSet::new();
        self.follow(self.module, &[name.to_owned()], 0, &mut out);
        if out.is_empty()
            && let Some(path) = self.imported.get(name)
        {
            self.follow(self.module, path, 0, &mut out);
        }
        let module = |target: &Target| match target {
            Target::Module(id) => Some(*id),
            Target::Item(_) | Target::Nothing(_) => None,
        };
        out.iter().filter_map(module).collect()
    }

    /// A path as it is written in a module.
    fn follow(&self, module: ModuleId, path: &[String], steps: usize, out: &mut BTreeSet<Target>) {
        if steps > MOST_STEPS {
            return;
        }
        let Some((first, rest)) = path.split_first() else { return };
        match first.as_str() {
            "crate" => self.walk(0, rest, steps, out),
            "self" => self.walk(module, rest, steps, out),
            "super" => {
                let mut at = self.tree.modules[module].parent.unwrap_or(0);
                let mut rest = rest;
                while let Some((next, behind)) = rest.split_first()
                    && next == "super"
                {
                    at = self.tree.modules[at].parent.unwrap_or(0);
                    rest = behind;
                }
                self.walk(at, rest, steps, out);
            }
            name if self.tree.modules[module].named(name).is_empty() => {}
            _ => self.walk(module, path, steps, out),
        }
    }

    /// A path as it goes on below a module.
    fn walk(&self, at: ModuleId, path: &[String], steps: usize, out: &mut BTreeSet<Target>) {
        let module = &self.tree.modules[at];
        let Some((first, rest)) = path.split_first() else {
            out.insert(Target::Module(at));
            return;
        };
        let names = module.named(first);
        for name in names {
            match name {
                Name::Item => {
                    out.insert(Target::Item(at));
                }
                Name::Module(child) => self.walk(*child, rest, steps, out),
                Name::Used(used) => {
                    let whole: Vec<String> = used.iter().chain(rest).cloned().collect();
                    self.follow(at, &whole, steps + 1, out);
                }
            }
        }
        if !names.is_empty() || self.through_star(at, path, steps, out) {
            return;
        }
        // What a macro makes has no name here; it is written where the macro is called.
        out.insert(if module.only_re_exports() { Target::Nothing(at) } else { Target::Item(at) });
    }

    /// Whether a star in the module brings the name there.
    fn through_star(&self, at: ModuleId, path: &[String], steps: usize, out: &mut BTreeSet<Target>) -> bool {
        let mut known = false;
        for glob in &self.tree.modules[at].globs {
            let mut starred = BTreeSet::new();
            self.follow(at, glob, steps + 1, &mut starred);
            for target in starred {
                if let (Target::Module(id), Some(name)) = (target, path.first())
                    && !self.tree.modules[id].named(name).is_empty()
                {
                    self.walk(id, path, steps + 1, out);
                    known = true;
                }
            }
        }
        known
    }
}
