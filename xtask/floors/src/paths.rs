//! What the items of a module name: imports, and paths in signatures, bodies and macros. Comments, texts and tests name nothing.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, ImplItemFn, Item, ItemFn, ItemMod, ItemUse, Macro, Visibility};

use crate::tree::{is_for_tests, used};

/// A path that stands somewhere.
#[derive(Debug, PartialEq)]
pub(crate) struct Named {
    pub(crate) path: Vec<String>,
    pub(crate) line: usize,
    pub(crate) form: Form,
}

/// How a path is written.
#[derive(Debug, PartialEq)]
pub(crate) enum Form {
    /// In a signature, a body, or what is given to a macro.
    Path,
    /// As the macro that is called.
    Macro,
    /// As `crate::$room::…`, in a macro: what is behind `crate` is given elsewhere.
    Root,
    /// By a `use`, under this name.
    Import(String),
    /// By a `use` with a star.
    Star,
}

/// Every path that the items of one module name, modules inside it left out.
pub(crate) fn named(items: &[Item]) -> Vec<Named> {
    let mut finder = Finder::default();
    for item in items {
        finder.visit_item(item);
    }
    finder.named
}

/// The macros of `macro_rules!` that the items of one module define: the name, and the paths in the body that begin in whatever
/// file the macro is called from.
pub(crate) fn macros(items: &[Item]) -> Vec<(String, Vec<Vec<String>>)> {
    let rules = items.iter().filter_map(|item| match item {
        Item::Macro(item) => Some((item.ident.as_ref()?.to_string(), &item.mac.tokens)),
        _ => None,
    });
    let body = |tokens: &TokenStream| {
        let mut finder = Finder::default();
        finder.tokens(tokens.clone());
        finder.named.into_iter().map(|named| named.path).filter(|path| is_bare(path)).collect()
    };
    rules.map(|(name, tokens)| (name, body(tokens))).collect()
}

/// Whether a path begins with a name of the place where it stands.
pub(crate) fn is_bare(path: &[String]) -> bool {
    path.first().is_some_and(|first| !matches!(first.as_str(), "crate" | "self" | "super"))
}

#[derive(Default)]
struct Finder {
    named: Vec<Named>,
}

impl Finder {
    fn path(&mut self, path: Vec<String>, line: usize) {
        self.named.push(Named { path, line, form: Form::Path });
    }

    /// The paths among the tokens of a macro.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                TokenTree::Ident(ident) if is_separator(&tokens, at + 1) => {
                    at = self.path_in_tokens(&tokens, at, &[], ident.span().start().line);
                    continue;
                }
                // `pub(in path)` says who may see, and imports nothing.
                TokenTree::Group(group) if !says_where(group) => self.tokens(group.stream()),
                _ => {}
            }
            at += 1;
        }
    }

    /// Reads one path, which begins at a name; gives the place behind it.
    fn path_in_tokens(
        &mut self,
        tokens: &[TokenTree],
        mut at: usize,
        before: &[String],
        line: usize,
    ) -> usize {
        let mut path = before.to_vec();
        loop {
            match tokens.get(at) {
                Some(TokenTree::Ident(ident)) => {
                    path.push(ident.to_string());
                    at += 1;
                }
                // `{a, b::c}`
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    let mut place = 0;
                    while let Some(token) = inner.get(place) {
                        place = match token {
                            TokenTree::Ident(ident) => {
                                self.path_in_tokens(&inner, place, &path, ident.span().start().line)
                            }
                            _ => place + 1,
                        };
                    }
                    return at + 1;
                }
                Some(TokenTree::Punct(punct)) if punct.as_char() == '*' => {
                    self.named.push(Named { path, line, form: Form::Star });
                    return at + 1;
                }
                Some(TokenTree::Punct(punct))
                    if punct.as_char() == '$' && path.len() == 1 && path[0] == "crate" =>
                {
                    self.named.push(Named { path, line, form: Form::Root });
                    return at + 1;
                }
                // `::<T>` and the like: what is behind is read on its own.
                _ => break,
            }
            if !is_separator(tokens, at) {
                break;
            }
            at += 2;
        }
        self.path(path, line);
        at
    }
}

fn is_separator(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |place| matches!(tokens.get(place), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    colon(at) && colon(at + 1)
}

fn says_where(group: &proc_macro2::Group) -> bool {
    matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(first)) if first == "in")
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if is_for_tests(&item.attrs) || item.leading_colon.is_some() {
            return;
        }
        for used in used(&item.tree) {
            let form = used.name.map_or(Form::Star, Form::Import);
            self.named.push(Named { path: used.path, line: used.line, form });
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none()
            && let Some(first) = path.segments.first()
        {
            let names = path.segments.iter().map(|segment| segment.ident.to_string());
            self.path(names.collect(), first.ident.span().start().line);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast Macro) {
        if let Some(first) = item.path.segments.first() {
            let path = item.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.named.push(Named { path, line: first.ident.span().start().line, form: Form::Macro });
        }
        self.tokens(item.tokens.clone());
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        if !is_for_tests(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        if !is_for_tests(&item.attrs) {
            visit::visit_item_fn(self, item);
        }
    }

    // A module of its own.
    fn visit_item_mod(&mut self, _: &'ast ItemMod) {}

    // Documentation, lints and who may see.
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
    fn visit_visibility(&mut self, _: &'ast Visibility) {}
}

#[cfg(test)]
mod tests {
    use super::{Form, named};

    /// Line, path and form of what a file names, without single names.
    fn of(source: &str) -> Vec<String> {
        let file = syn::parse_file(source).expect("Rust");
        let long = named(&file.items).into_iter().filter(|named| {
            named.path.len() > 1 || !matches!(named.form, Form::Path | Form::Macro | Form::Root)
        });
        long.map(|named| {
            let form = match named.form {
                Form::Path | Form::Macro | Form::Root => String::new(),
                Form::Import(name) => format!(" as {name}"),
                Form::Star => "::*".into(),
            };
            format!("{} {}{form}", named.line, named.path.join("::"))
        })
        .collect()
    }

    #[test]
    fn imports_are_spelled_out() {
        let source = "use crate::a::{self, b as c,\n  d::*};\nfn f() { use super::e; }\nuse ::outer::x;";
        assert_eq!(
            of(source),
            ["1 crate::a as a", "1 crate::a::b as c", "2 crate::a::d::*", "3 super::e as e"]
        );
    }

    #[test]
    fn paths_stand_in_signatures_bodies_and_macros() {
        let source = "fn f(x: crate::a::X<crate::b::Y>) -> u8 {\n  let _ = super::g();\n  assert!(self::h(vec![crate::i::J]));\n  1\n}";
        assert_eq!(
            of(source),
            ["1 crate::a::X", "1 crate::b::Y", "2 super::g", "3 self::h", "3 crate::i::J"]
        );
    }

    #[test]
    fn a_macro_of_ours_names_what_it_is_made_of() {
        let source = "macro_rules! m { ($x:ident) => { use $crate::a::{B, c::D};\n $crate::e::f::<$x>(); pub(in crate::g) fn h() {} } }";
        assert_eq!(of(source), ["1 crate::a::B", "1 crate::a::c::D", "2 crate::e::f"]);
    }

    #[test]
    fn texts_comments_and_tests_name_nothing() {
        let source = "/// [`crate::a::B`]\n#[doc = \"crate::c\"]\npub(in crate::d) fn f() { /* crate::e::f() */ g(\"crate::h::i\") }\n\
                      #[cfg(test)] fn t() { crate::j::k() }\n#[test] fn u() { crate::l::m() }\nmod inner { use crate::n::o; }";
        assert!(of(source).is_empty(), "{:?}", of(source));
    }
}
