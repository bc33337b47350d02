//! The files of a crate as modules.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use syn::{Item, ItemMod, UseTree};

/// The text of every file, by its path from the crate's source folder.
pub(crate) type Sources = BTreeMap<String, String>;

/// Every Rust file below a folder.
pub(crate) fn sources(folder: &Path) -> Result<Sources, String> {
    let mut sources = Sources::new();
    read_folder(folder, "", &mut sources)?;
    Ok(sources)
}

fn read_folder(folder: &Path, prefix: &str, sources: &mut Sources) -> Result<(), String> {
    let in_words = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(in_words)? {
        let path = entry.map_err(in_words)?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() {
            read_folder(&path, &format!("{prefix}{name}/"), sources)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            sources.insert(format!("{prefix}{name}"), text);
        }
    }
    Ok(())
}

/// A module, by its place in a [`Crate`].
pub(crate) type ModuleId = usize;

/// The modules of a crate that are not for tests alone.
pub(crate) struct Crate {
    /// The first is the root.
    pub(crate) modules: Vec<Module>,
    /// The files that are for tests alone: no floor is theirs.
    pub(crate) of_tests: Vec<String>,
}

/// A module.
pub(crate) struct Module {
    /// Where it is written: a file of its own, or one that it shares with the module around it.
    pub(crate) file: String,
    pub(crate) parent: Option<ModuleId>,
    pub(crate) items: Vec<Item>,
    names: BTreeMap<String, Vec<Name>>,
    /// What `pub use path::*` adds.
    pub(crate) globs: Vec<Vec<String>>,
}

/// What a name in a module is.
#[derive(Clone, Debug)]
pub(crate) enum Name {
    /// Written there.
    Item,
    Module(ModuleId),
    /// Brought there by a `use` of this path.
    Used(Vec<String>),
}

impl Module {
    /// What is called so; a type, a function and a module can share a name.
    pub(crate) fn named(&self, name: &str) -> &[Name] {
        self.names.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether nothing but modules, their items and documentation stands there: then nobody can import what is written in it.
    pub(crate) fn only_re_exports(&self) -> bool {
        self.items.iter().all(|item| match item {
            Item::Mod(item) => item.content.is_none(),
            Item::Use(_) | Item::ExternCrate(_) => true,
            _ => false,
        })
    }
}

impl Crate {
    /// Reads `lib.rs` and every module that it declares.
    pub(crate) fn read(sources: &Sources) -> Result<Self, String> {
        let mut tree = Self { modules: Vec::new(), of_tests: Vec::new() };
        tree.read_file("lib.rs", "", None, sources)?;
        Ok(tree)
    }

    /// A file and those that it declares, which lie in a folder that ends with `/` or is empty.
    fn read_file(
        &mut self,
        file: &str,
        folder: &str,
        parent: Option<ModuleId>,
        sources: &Sources,
    ) -> Result<ModuleId, String> {
        let text = sources.get(file).ok_or_else(|| format!("{file}: there is no such file"))?;
        let parsed = syn::parse_file(text)
            .map_err(|error| format!("{file}:{}: {error}", error.span().start().line))?;
        self.add(file, folder, parent, parsed.items, sources)
    }

    fn add(
        &mut self,
        file: &str,
        folder: &str,
        parent: Option<ModuleId>,
        items: Vec<Item>,
        sources: &Sources,
    ) -> Result<ModuleId, String> {
        let id = self.modules.len();
        let (items, of_tests): (Vec<Item>, Vec<Item>) =
            items.into_iter().partition(|item| !is_for_tests(attributes(item)));
        self.modules.push(Module {
            file: file.into(),
            parent,
            items: Vec::new(),
            names: BTreeMap::new(),
            globs: Vec::new(),
        });
        for item in of_tests {
            if let Item::Mod(ItemMod { ident, content: None, .. }) = item {
                let inner = format!("{folder}{ident}");
                let beside = |name: &&String| {
                    **name == format!("{inner}.rs") || name.starts_with(&format!("{inner}/"))
                };
                self.of_tests.extend(sources.keys().filter(beside).cloned());
            }
        }
        for item in &items {
            for (name, what) in own_names(item) {
                self.modules[id].names.entry(name).or_default().push(what);
            }
            match item {
                Item::Use(item) => {
                    for used in used(&item.tree) {
                        match used.name {
                            Some(name) => {
                                self.modules[id].names.entry(name).or_default().push(Name::Used(used.path));
                            }
                            None => self.modules[id].globs.push(used.path),
                        }
                    }
                }
                Item::Mod(item) => {
                    let child = self.add_child(item, file, folder, id, sources)?;
                    self.modules[id]
                        .names
                        .entry(item.ident.to_string())
                        .or_default()
                        .push(Name::Module(child));
                }
                _ => {}
            }
        }
        self.modules[id].items = items;
        Ok(id)
    }

    fn add_child(
        &mut self,
        item: &ItemMod,
        file: &str,
        folder: &str,
        parent: ModuleId,
        sources: &Sources,
    ) -> Result<ModuleId, String> {
        let name = item.ident.to_string();
        let inner = format!("{folder}{name}/");
        if let Some((_, items)) = &item.content {
            return self.add(file, &inner, Some(parent), items.clone(), sources);
        }
        if item.attrs.iter().any(|attribute| attribute.path().is_ident("path")) {
            return Err(format!(
                "{file}:{}: a module with a `#[path]` can't be followed",
                item.ident.span().start().line
            ));
        }
        let room = format!("{inner}mod.rs");
        let own = if sources.contains_key(&room) { room } else { format!("{folder}{name}.rs") };
        self.read_file(&own, &inner, Some(parent), sources)
    }
}

/// Whether an item is there for tests alone.
pub(crate) fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        if attribute.path().is_ident("test") {
            return true;
        }
        let mut for_tests = false;
        if attribute.path().is_ident("cfg") {
            // `test`, or a list of which all must hold.
            let _ = attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("test") {
                    for_tests = true;
                } else if meta.path.is_ident("all") {
                    meta.parse_nested_meta(|inner| {
                        for_tests |= inner.path.is_ident("test");
                        Ok(())
                    })?;
                }
                Ok(())
            });
        }
        for_tests
    })
}

fn attributes(item: &Item) -> &[syn::Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::ForeignMod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// The names that an item gives to its module, but for those of `use` and `mod`. What a macro makes is not seen.
fn own_names(item: &Item) -> Vec<(String, Name)> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::TraitAlias(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        Item::Macro(item) => match &item.ident {
            Some(ident) => ident,
            None => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    vec![(ident.to_string(), Name::Item)]
}

/// One path of a `use`.
pub(crate) struct Used {
    pub(crate) path: Vec<String>,
    /// How it is called here; `None` for a star.
    pub(crate) name: Option<String>,
    pub(crate) line: usize,
}

/// The paths of a `use`, groups spelled out.
pub(crate) fn used(tree: &UseTree) -> Vec<Used> {
    let mut out = Vec::new();
    spell_out(tree, &[], &mut out);
    out
}

fn spell_out(tree: &UseTree, before: &[String], out: &mut Vec<Used>) {
    let with = |ident: &syn::Ident| {
        let mut path = before.to_vec();
        // `use a::{self}` is `use a`.
        if ident != "self" || before.is_empty() {
            path.push(ident.to_string());
        }
        path
    };
    match tree {
        UseTree::Path(tree) => spell_out(&tree.tree, &with(&tree.ident), out),
        UseTree::Name(tree) => {
            let path = with(&tree.ident);
            let name = path.last().cloned();
            out.push(Used { path, name, line: tree.ident.span().start().line });
        }
        UseTree::Rename(tree) => {
            let line = tree.ident.span().start().line;
            out.push(Used { path: with(&tree.ident), name: Some(tree.rename.to_string()), line });
        }
        UseTree::Glob(tree) => {
            let line = tree.star_token.spans[0].start().line;
            out.push(Used { path: before.to_vec(), name: None, line });
        }
        UseTree::Group(tree) => tree.items.iter().for_each(|tree| spell_out(tree, before, out)),
    }
}
