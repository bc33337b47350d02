//! Intents: a factory for each action, in the companion of the class that is written by hand.

use super::methods::{Writer, hook, intent_text, list, texts, unicode, user_key};
use crate::catalogue::{Catalogue, Operation};

/// The factories.
pub(super) fn part(catalogue: &Catalogue) -> String {
    let operations = catalogue.services.iter().flat_map(|service| &service.operations);
    let actions = operations.filter(|operation| operation.is_action());
    actions.map(factory).collect::<Vec<_>>().join("\n")
}

fn factory(operation: &Operation) -> String {
    let writer =
        Writer { indent: "        ", annotation: Some("@JvmStatic"), further: None, result: "Intent" };
    if user_key(operation).is_none() {
        return writer.of_texts(operation, &format!("parse({})", intent_text(operation)));
    }
    let arguments = list("unicode(\"\", userJson)", texts(operation).map(unicode));
    writer.of_user(operation, &format!("{}({arguments})", hook(operation, "intent")))
}
