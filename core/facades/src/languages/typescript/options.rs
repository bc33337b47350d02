//! Options: their types, and their names on the wire.

use crate::catalogue::{Catalogue, OptionKey, OptionKind, Options};
use crate::names::{camel, constant};

use super::text::{doc, each, import_types, quoted};

fn keys(catalogue: &Catalogue) -> impl Iterator<Item = &OptionKey> {
    catalogue.options.iter().flat_map(|options| &options.keys)
}

/// The types of options.
pub(super) fn types(catalogue: &Catalogue) -> String {
    let sets = keys(catalogue).filter_map(|key| match &key.kind {
        OptionKind::Word(set) => Some(set.as_str()),
        _ => None,
    });
    let interface = |options: &Options| {
        let fields = each(&options.keys, field);
        format!("\nexport interface {} {{\n{fields}}}\n", options.name)
    };
    import_types(sets, "./words.js") + &each(&catalogue.options, interface)
}

/// What options are called on the wire.
pub(super) fn names(catalogue: &Catalogue) -> String {
    let mut respelled: Vec<(&str, String)> = Vec::new();
    for key in keys(catalogue) {
        let own = camel(&key.name);
        if own != key.name && respelled.iter().all(|(wire, _)| *wire != key.name) {
            respelled.push((&key.name, own));
        }
    }
    let pairs = each(respelled, |(wire, own)| format!("  [{}, {}],\n", quoted(wire), quoted(&own)));
    let lists = each(&catalogue.options, |options| {
        let wire: Vec<String> = options.keys.iter().map(|key| quoted(&key.name)).collect();
        let about = doc("", &format!("The wire's names of `{}`.", options.name));
        format!("{about}export const {} = [{}] as const;\n\n", constant(&options.name), wire.join(", "))
    });
    let about = "The wire's names of options, and this language's, where they differ. A `Map`, since an object has `__proto__` and \
                 whatever a page has added.";
    let map = format!("export const OPTION_NAMES: ReadonlyMap<string, string> = new Map([\n{pairs}]);\n");
    [lists, doc("", about), map].concat()
}

fn field(key: &OptionKey) -> String {
    let kind = match &key.kind {
        OptionKind::Text => "string",
        OptionKind::Flag => "boolean",
        OptionKind::Word(set) => set,
        OptionKind::Seconds => "number",
        OptionKind::Texts => "readonly string[]",
    };
    // Settings come from the environment, where each may be missing.
    let (optional, undefined) = if key.required { ("", "") } else { ("?", " | undefined") };
    format!("{}  readonly {}{optional}: {kind}{undefined};\n", doc("  ", &key.doc), camel(&key.name))
}
