//! What a client and its relay both can do: a class above them for each service, with a method for each action, which has its body
//! there.

use std::fmt::Write;

use super::methods::{Writer, hook, intent_text, list, parameter, takes_user, texts, unicode, user_key};
use super::text::{HEAD, declared, kdoc};
use crate::catalogue::{Operation, Service};
use crate::names::constant;

const SIGNED: &str = "Each call is signed at a time, the present unless another one is given; a relay signs nothing, and ignores it.";

/// The class of a service.
pub(super) fn file(service: &Service) -> String {
    let mut out = format!("{HEAD}package org.enrollkit\n\n");
    if takes_user(service) {
        out.push_str("import kotlinx.serialization.json.JsonObject\n");
    }
    out.push_str("import org.enrollkit.jni.CoreCall\n");
    if service.signed {
        out.push_str("import java.time.Instant\n");
    }
    let client = &service.name;
    let about = format!(
        "What [{client}] and [{client}Relay] both can do: a method for each action, and [call] for any intent."
    );
    out.push('\n');
    out.push_str(&kdoc("", &about, service.signed.then(|| SIGNED.to_owned()).as_slice()));
    // Writing to a String can't fail.
    let _ = writeln!(out, "public sealed class {client}Actions {{");
    hooks(&mut out, service);
    calls(&mut out, service);
    for operation in service.operations.iter().filter(|operation| operation.is_action()) {
        out.push('\n');
        out.push_str(&action(service, operation));
    }
    if takes_user(service) {
        out.push_str(CHECK);
    }
    out.push_str("}\n");
    out
}

/// The time as a further parameter, and as a further argument.
fn now(service: &Service) -> (&'static str, &'static str) {
    if service.signed { (", now: Instant", ", now") } else { ("", "") }
}

/// What client and relay do each in its own way. All else is made of these.
fn hooks(out: &mut String, service: &Service) {
    let mut hooked = |doc: &str, declaration: &str| {
        let _ = writeln!(out, "    /** {doc} */\n    @JvmSynthetic\n    internal abstract {declaration}\n");
    };
    let (now, _) = now(service);
    let extra = if takes_user(service) { ", extraKeys: Boolean" } else { "" };
    hooked(
        "The call of an intent's JSON text, which is Unicode.",
        &format!("fun intentCall(intentJson: String{extra}{now}): CoreCall"),
    );
    if service.signed && service.operations.iter().any(Operation::is_about_user) {
        hooked(
            "The call of an intent that is one user's id and nothing more: the most common one.",
            &format!("fun aboutCall(action: Action, userId: String{now}): CoreCall"),
        );
    }
    for operation in service.operations.iter().filter(|operation| user_key(operation).is_some()) {
        let parameters = list("userJson: String", texts(operation).map(parameter));
        hooked(
            "The call of an intent with a user's JSON text, which is Unicode, and so is the rest.",
            &format!("fun {}({parameters}{now}): CoreCall", hook(operation, "call")),
        );
    }
    if takes_user(service) {
        out.push_str("    /** Whether a user may have keys that the documentation does not know. */\n");
        out.push_str("    @get:JvmSynthetic\n    internal abstract val allowsExtraKeys: Boolean\n\n");
    }
}

/// `call`, of intents and of their texts.
fn calls(out: &mut String, service: &Service) {
    let (_, now) = now(service);
    let (own, none) = if takes_user(service) { (", intent.extraKeys", ", false") } else { ("", "") };
    let forms = [
        (
            "intent: Intent",
            format!("intent.toJson(){own}{now}"),
            "The call of any intent; that of another service is refused. Every method below is shorthand for this.",
        ),
        (
            "intentJson: String",
            format!("unicode(\"\", intentJson){none}{now}"),
            "The call of an intent's JSON text.",
        ),
    ];
    let (overloads, time) =
        if service.signed { ("    @JvmOverloads\n", ", now: Instant = Instant.now()") } else { ("", "") };
    let calls = forms.map(|(parameter, arguments, doc)| {
        let declaration = format!("public fun call({parameter}{time}): Call<Outcome>");
        let body = format!("Call(intentCall({arguments}))");
        kdoc("    ", doc, &[]) + overloads + &declared("    ", &declaration, &body)
    });
    out.push_str(&calls.join("\n"));
}

fn action(service: &Service, operation: &Operation) -> String {
    let (_, now) = now(service);
    let writer = Writer {
        indent: "    ",
        annotation: None,
        further: service.signed.then_some(("now: Instant = Instant.now()", "now")),
        result: &format!("Call<{}>", operation.outcome),
    };
    if user_key(operation).is_some() {
        let arguments = list("unicode(\"\", userJson)", texts(operation).map(unicode));
        return writer.of_user(operation, &format!("Call({}({arguments}{now}))", hook(operation, "call")));
    }
    let core_call = if service.signed && operation.is_about_user() {
        format!("aboutCall(Action.{}, userId{now})", constant(&operation.slug))
    } else {
        let extra_keys = if takes_user(service) { ", false" } else { "" };
        format!("intentCall({}{extra_keys}{now})", intent_text(operation))
    };
    writer.of_texts(operation, &format!("Call({core_call})"))
}

const CHECK: &str = r"
    /** What is wrong with a user object, for a form that checks while one types; empty when it can be sent. */
    @JvmOverloads
    public fun check(user: SignUpUser, selfService: Boolean = false, organization: String? = null): List<Violation> =
        checkUser(user, SignUpRules(selfService, allowsExtraKeys), organization)

    /** As [check], of an open object. */
    @JvmOverloads
    public fun check(user: JsonObject, selfService: Boolean = false, organization: String? = null): List<Violation> =
        checkUser(user, SignUpRules(selfService, allowsExtraKeys), organization)

    /** As [check], of an object's JSON text. */
    @JvmOverloads
    public fun check(userJson: String, selfService: Boolean = false, organization: String? = null): List<Violation> =
        checkUser(userJson, SignUpRules(selfService, allowsExtraKeys), organization)
";
