//! Public enums that cross language borders as stable words.

/// Declares a `#[non_exhaustive]` enum with `ALL`, `slug()`, `from_slug()` and `Display`.
macro_rules! slugs {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident { $( $(#[$variant_attribute:meta])* $variant:ident = $slug:literal, )+ }
    ) => {
        $(#[$attribute])*
        #[non_exhaustive]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $( $(#[$variant_attribute])* #[doc = concat!("\n\nSlug: `", $slug, "`")] $variant, )+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )+];

            /// The value of a member where only these words may stand.
            #[allow(dead_code, reason = "not every set is read from options")]
            pub(crate) fn of_member(fields: &mut $crate::fields::Fields<'_>, key: &str, required: bool) -> Option<Self> {
                let place = fields.word(key, required, &[$( $slug, )+])?;
                Self::ALL.get(place).copied()
            }

            /// The stable word for this value, the same in every language.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self { $( Self::$variant => $slug, )+ }
            }

            /// The value of a stable word.
            #[must_use]
            pub fn from_slug(slug: &str) -> Option<Self> {
                // By the table that `slug` has: a comparison of its own for each word would be there once for each reader.
                Self::ALL.iter().copied().find(|known| known.slug() == slug)
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.slug())
            }
        }
    };
}

pub(crate) use slugs;
