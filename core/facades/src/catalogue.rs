//! What the core's tables say, as plain values that a writer reads: nothing here knows a language.

/// Everything that a facade is written from.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// The version of the packages.
    pub version: String,
    /// The closed sets, by name.
    pub sets: Vec<Set>,
    /// The services, each with its operations.
    pub services: Vec<Service>,
    /// What a call can come to.
    pub outcomes: Vec<Record>,
    /// The parts of outcomes; one stands behind those that it is made of.
    pub records: Vec<Record>,
    /// Options of clients, verifiers and routes.
    pub options: Vec<Options>,
    /// Numbers that more than one language has to know.
    pub constants: Vec<Constant>,
    /// The user object of a sign-up.
    pub user: Vec<UserField>,
    /// The words that a user's status can be.
    pub enrollment_statuses: Vec<String>,
    /// The messages of the violations.
    pub violations: Vec<Template>,
    /// What the JVM can ask of the core, in the order of the numbers.
    pub doors: Vec<String>,
}

/// A closed set of words.
#[derive(Clone, Debug, Default)]
pub struct Set {
    /// `ErrorKind`
    pub name: String,
    /// One sentence.
    pub doc: String,
    /// In order.
    pub words: Vec<Word>,
}

/// A word of a closed set.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// `user_not_found`
    pub slug: String,
    /// One sentence, or more.
    pub doc: String,
}

/// A service and what can be called of it.
#[derive(Clone, Debug, Default)]
pub struct Service {
    /// `smile_id`
    pub slug: String,
    /// `SmileId`: the client's name; the relay's is `SmileIdRelay`, what both can do `SmileIdActions`.
    pub name: String,
    /// Whether its calls are signed at a time: then methods take `now`.
    pub signed: bool,
    /// In order; the raw call, which is no action, comes last.
    pub operations: Vec<Operation>,
}

/// What can be called.
#[derive(Clone, Debug, Default)]
pub struct Operation {
    /// `smile_id.re_enroll`
    pub slug: String,
    /// One sentence, without a link: `Lets a user submit one more enrollment job under the same id.`
    pub doc: String,
    /// `re_enroll`: the client's method and the intent's factory. `None` for the raw call, which is written by hand.
    pub method: Option<String>,
    /// The keys of its intent, in order, which are the method's parameters, too.
    pub keys: Vec<Key>,
    /// Whether it may change something.
    pub is_mutation: bool,
    /// The name of the outcome.
    pub outcome: String,
    /// What a look-up says of it; `None` for the raw call.
    pub confirmed: Option<Confirmed>,
}

/// Whether an action is in effect, by a look-up that was made after it: words of `Confirmation`.
#[derive(Clone, Debug, Default)]
pub struct Confirmed {
    /// The flag of the user that says it: `inactive`. Where it is missing, nothing is known; `None` where no flag tells.
    pub flag: Option<String>,
    /// What it says when it is true.
    pub set: String,
    /// What it says when it is false.
    pub unset: String,
    /// What it says that the look-up found a deleted user.
    pub deleted: String,
}

impl Operation {
    /// Whether it can be an intent, and go through a relay.
    #[must_use]
    pub fn is_action(&self) -> bool {
        self.method.is_some()
    }

    /// Whether its intent is one user's id and nothing more: the most common form, which facades write without a walk.
    #[must_use]
    pub fn is_about_user(&self) -> bool {
        matches!(self.keys.as_slice(), [Key { name, kind: KeyKind::Text, required: true, .. }] if name == "user_id")
    }
}

/// A key of an intent.
#[derive(Clone, Debug)]
pub struct Key {
    /// `user_id`
    pub name: String,
    /// One sentence.
    pub doc: String,
    /// What it holds.
    pub kind: KeyKind,
    /// Whether it must be there.
    pub required: bool,
}

/// What a key of an intent holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// Text.
    Text,
    /// The user object of a sign-up.
    SignUpUser,
}

/// An outcome, or a part of one.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// `EnrolleeInfo`
    pub name: String,
    /// One sentence, or more.
    pub doc: String,
    /// In order. An outcome has its operation, its raw body and whether that is lossy besides.
    pub fields: Vec<Field>,
}

/// A field of an outcome.
#[derive(Clone, Debug)]
pub struct Field {
    /// The plain form's name: `allow_new_enroll`
    pub name: String,
    /// One sentence, or more.
    pub doc: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether the plain form always has it.
    pub always: bool,
    /// Whether it may be shown by what prints an object: nothing personal, nothing that the service wrote.
    pub shown: bool,
}

/// What a field of an outcome holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Text.
    Text,
    /// True or false.
    Flag,
    /// The HTTP status.
    Status,
    /// A word of a closed set, by the set's name.
    Word(String),
    /// JSON of any shape, its own keys kept.
    Json,
    /// A record, by its name.
    Record(String),
    /// Records, by their name.
    List(String),
}

/// The options of something that is made of plain data.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// `SmileIdOptions`
    pub name: String,
    /// In order.
    pub keys: Vec<OptionKey>,
}

/// One option.
#[derive(Clone, Debug)]
pub struct OptionKey {
    /// The wire's name: `base_url`. Every language respells it in its own way, in paths and in `expected`, too.
    pub name: String,
    /// One sentence, or more.
    pub doc: String,
    /// What it holds.
    pub kind: OptionKind,
    /// Whether it must be there.
    pub required: bool,
}

/// What an option holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// Text.
    Text,
    /// True or false; false when it is missing.
    Flag,
    /// A word of a closed set, by the set's name.
    Word(String),
    /// Seconds, which may have a fraction.
    Seconds,
    /// Texts.
    Texts,
}

/// A number that more than one language has to know.
#[derive(Clone, Debug)]
pub struct Constant {
    /// `MAX_RESPONSE_BYTES`
    pub name: String,
    /// One sentence, or more.
    pub doc: String,
    /// Its value.
    pub value: u64,
}

/// The message of a violation.
#[derive(Clone, Debug)]
pub struct Template {
    /// The violation's code.
    pub code: String,
    /// In English; `{expected}` and `{limit}` stand for the parameters.
    pub message: String,
    /// What is added when there is an `expected` that the message does not name; `{expected}` stands for it.
    pub addition: Option<String>,
}

/// A field of the user object.
#[derive(Clone, Debug)]
pub struct UserField {
    /// The wire's name, which every language keeps.
    pub name: String,
    /// One sentence, or more.
    pub doc: String,
    /// What it holds.
    pub kind: UserFieldKind,
    /// The JSON type in a word or two.
    pub expected: String,
    /// Whether a sign-up needs it.
    pub required: bool,
    /// Whether only the organization's own server may set it.
    pub set_by_server: bool,
}

/// What a field of the user object holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserFieldKind {
    /// Text.
    Text,
    /// One of the enrollment statuses.
    Status,
    /// A time, as text.
    Instant,
    /// An integer of 64 bits.
    Long,
    /// True or false.
    Flag,
    /// An open object.
    Object,
    /// An array of open objects.
    Array,
    /// An array of open objects, or one.
    ObjectOrArray,
}
