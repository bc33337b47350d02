//! Public enums that cross language borders as stable words.

/// A set of words, for what reads any of them.
pub(crate) trait ClosedSet: Copy + 'static {
    /// Every value.
    const VALUES: &'static [Self];
    /// The word of each, in the same order.
    const WORDS: &'static [&'static str];
}

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

        impl $crate::slug::ClosedSet for $name {
            const VALUES: &'static [Self] = Self::ALL;
            const WORDS: &'static [&'static str] = &[$( $slug, )+];
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.slug())
            }
        }
    };
}

pub(crate) use slugs;
