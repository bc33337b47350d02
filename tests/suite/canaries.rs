//! Texts that must not show, and the search for them.

use std::collections::BTreeSet;
use std::fmt::{Debug, Display};

/// A leak may be cut: so much of a canary in a row is one. No two canaries have as much in common.
const WINDOW: usize = 8;

/// Who gets at one of these can act as the partner.
pub(crate) const KEY: &str = "K3yq8ZtVw1Rb6NcX0pLm";
pub(crate) const TOKEN: &str = "T0k7JdHs5GfQ2yUe9WaB";

pub(crate) const OPERATOR: &str = "Op4eR8tOr1Zx6Ly@d0Ma1nC7Vb3n.M9mQ";
pub(crate) const USER_ID: &str = "Us3rId9PqWx5TyLk2Zv7";
pub(crate) const NAME: &str = "F1rstNam3Xc8Vb2Nm4Qw";
pub(crate) const BIOMETRICS: &str = "B1oM3tr1cD4t4Hj7Kl9s";
pub(crate) const DOCUMENT: &str = "1dD0cum3ntGh5Jk8Ty2e";
pub(crate) const ANSWER: &str = "4nsw3rT3xt6Re9Wq1ZxP";
pub(crate) const HEADER: &str = "H34d3rV4lu3Yt7Ui3OpA";
/// What was refused.
pub(crate) const REFUSED: &str = "R3fus3dV4lu3Sd5Fg8Hj";

const ALL: [&str; 10] = [KEY, TOKEN, OPERATOR, USER_ID, NAME, BIOMETRICS, DOCUMENT, ANSWER, HEADER, REFUSED];

/// The canaries, signatures that were made meanwhile included.
pub(crate) struct Canaries(Vec<String>);

impl Canaries {
    pub(crate) fn all() -> Self {
        Self(ALL.map(str::to_owned).into())
    }

    /// For texts that show a person's data on purpose, though never what the caller acts with.
    pub(crate) fn credentials() -> Self {
        Self([KEY, TOKEN].map(str::to_owned).into())
    }

    pub(crate) fn add<'a>(&mut self, secrets: impl IntoIterator<Item = &'a str>) {
        self.0.extend(secrets.into_iter().map(str::to_owned));
    }

    /// The canaries that a text shows, whole or cut.
    pub(crate) fn leaked_by(&self, text: &str) -> Vec<&str> {
        let parts: BTreeSet<&[u8]> = text.as_bytes().windows(WINDOW).collect();
        let is_cut_from =
            |canary: &&String| canary.as_bytes().windows(WINDOW).any(|part| parts.contains(part));
        self.0.iter().filter(is_cut_from).map(String::as_str).collect()
    }
}

/// Everything that was formatted, with the names of its types.
#[derive(Default)]
pub(crate) struct Shown {
    pub(crate) types: BTreeSet<String>,
    /// A set: most values of a type are formatted alike, which is the point.
    texts: BTreeSet<(String, String)>,
}

impl Shown {
    /// In both forms of `Debug`.
    pub(crate) fn debug<T: Debug>(&mut self, value: &T) {
        let name = std::any::type_name::<T>().trim_start_matches("enrollkit::");
        let name = name.split('<').next().unwrap_or(name);
        self.types.insert(name.to_owned());
        self.texts.insert((name.to_owned(), format!("{value:?}\n{value:#?}")));
    }

    /// In `Display` as well.
    pub(crate) fn both<T: Debug + Display>(&mut self, value: &T) {
        self.debug(value);
        self.texts.insert((std::any::type_name::<T>().to_owned(), format!("{value}\n{value:#}")));
    }

    /// What leaked, and through what.
    pub(crate) fn leaks(&self, canaries: &Canaries) -> Vec<String> {
        let leaking = self.texts.iter().map(|(name, text)| (name, text, canaries.leaked_by(text)));
        leaking
            .filter(|(.., leaked)| !leaked.is_empty())
            .map(|(name, text, leaked)| format!("{name} shows {leaked:?}: {text}"))
            .collect()
    }
}

#[test]
fn the_search_finds_what_leaks() {
    #[derive(Debug)]
    #[expect(dead_code, reason = "it is there to be shown")]
    struct Careless {
        user_id: &'static str,
    }
    let mut shown = Shown::default();
    shown.debug(&Careless { user_id: USER_ID });
    assert_eq!(shown.leaks(&Canaries::all()).len(), 1);
    assert!(shown.leaks(&Canaries::credentials()).is_empty());

    let mut canaries = Canaries::all();
    canaries.add(["gbW8x1SneSt13etDamsAReGuDERlTURhUWK2GM/s2DA="]);
    for text in [KEY, "begins: K3yq8ZtVw…", "ends: …8x1SneSt", "…nC7Vb3n.M9mQ"] {
        assert_eq!(canaries.leaked_by(text).len(), 1, "{text}");
    }
    assert!(canaries.leaked_by("K3yq8Zt").is_empty(), "too short to be told from chance");
    // Else one leak would be called by another's name.
    for canary in ALL {
        assert_eq!(canaries.leaked_by(canary), [canary]);
    }
}
