//! A call in two parts: its head crosses once, what is its own with each call.

use std::iter;

use enrollkit::{Call, Header, InvalidInput, Method, ReadOutcome, Reader, Timestamp};
use enrollkit_glue::heads::Heads;
use enrollkit_glue::one_text::invalid;

/// What a call has of its own, as lines: the body, which is JSON without a line break, the time that was signed, and the secrets. Whatever
/// its answer is read into, so that it is compiled once.
fn own_lines(body: &str, reader: &Reader) -> String {
    let signed_at = reader.signed_at().map(Timestamp::to_text).unwrap_or_default();
    let behind = || iter::once(&*signed_at).chain(reader.secrets());
    // In one piece: a text that grows is copied.
    let mut lines = String::with_capacity(behind().fold(body.len(), |length, line| length + 1 + line.len()));
    lines.push_str(body);
    for line in behind() {
        lines.push('\n');
        lines.push_str(line);
    }
    lines
}

fn note_head(heads: &Heads, method: Method, url: &str, headers: &[Header], reader: &Reader) {
    let first = [reader.operation().slug(), reader.account().unwrap_or_default(), method.slug(), url];
    heads.note(first.into_iter().chain(headers.iter().flat_map(|header| [header.name(), header.value()])));
}

/// A call in two parts: its head is noted, the rest comes.
pub(crate) fn lines_or_refusal<T: ReadOutcome>(heads: &Heads, call: Result<Call<T>, InvalidInput>) -> String {
    match call {
        Ok(call) => {
            note_head(heads, call.method(), call.url(), call.headers(), call.reader());
            own_lines(call.body(), call.reader())
        }
        Err(error) => invalid(error),
    }
}
