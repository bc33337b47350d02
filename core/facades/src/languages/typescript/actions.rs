//! What a client and a relay both can do: an interface for each service, and its methods, which both inherit.

use crate::catalogue::{Catalogue, KeyKind, Operation, Service};
use crate::names::camel;

use super::intents::{about, arguments, parameters};
use super::text::{doc, import_types, quoted};

pub(super) fn actions(catalogue: &Catalogue) -> String {
    let services: Vec<String> =
        catalogue.services.iter().flat_map(|service| [interface(service), class(service)]).collect();
    format!("{}\n{}", imports(catalogue), services.join("\n"))
}

fn actions_of(service: &Service) -> impl Iterator<Item = &Operation> {
    service.operations.iter().filter(|operation| operation.is_action())
}

/// Whether a service takes users: then they can be checked, too.
fn takes_users(service: &Service) -> bool {
    actions_of(service).flat_map(|action| &action.keys).any(|key| key.kind == KeyKind::SignUpUser)
}

fn imports(catalogue: &Catalogue) -> String {
    let services = &catalogue.services;
    let outcomes = services.iter().flat_map(actions_of).map(|action| action.outcome.clone());
    let maps = services.iter().map(|service| format!("{}Outcomes", service.name));
    let from_outcomes: Vec<String> = outcomes.chain(maps).chain(["OutcomeOf".into()]).collect();
    let users = services.iter().any(takes_users);
    let base = |is_needed: bool, line: &str| if is_needed { line.to_owned() } else { String::new() };
    [
        import_types(["Call"], "../call.js"),
        base(!services.iter().all(takes_users), "import { Caller } from \"../caller.js\";\n"),
        import_types(services.iter().any(|service| service.signed).then_some("Time"), "../time.js"),
        base(users, "import { UserCaller } from \"../user_caller.js\";\n"),
        import_types(users.then_some("CheckRules"), "../user.js"),
        import_types(users.then_some("Violation"), "../violation.js"),
        import_types(["Intent"], "./intents.js"),
        import_types(from_outcomes.iter().map(String::as_str), "./outcomes.js"),
        import_types(users.then_some("SignUpUser"), "./sign_up_user.js"),
    ]
    .concat()
}

fn call(service: &Service) -> String {
    let now = if service.signed { ", now?: Time" } else { "" };
    format!(
        "call<I extends Intent>(intent: I | string{now}): Call<OutcomeOf<{}Outcomes, I[\"action\"]>>",
        service.name
    )
}

fn signature(service: &Service, action: &Operation) -> String {
    let mut parameters = parameters(action);
    if service.signed {
        parameters.push("now?: Time".into());
    }
    let name = camel(action.method.as_deref().unwrap_or_default());
    format!("{name}({}): Call<{}>", parameters.join(", "), action.outcome)
}

fn interface(service: &Service) -> String {
    let name = &service.name;
    let clock = if service.signed {
        " A client signs at `now`, this machine's clock if it is left out; a relay signs nothing, and ignores it."
    } else {
        ""
    };
    let check = if takes_users(service) {
        let about = "What is wrong with a user object, for a form that checks while one types; empty when it can be sent.";
        doc("  ", about) + "  check(user: Partial<SignUpUser> | string, rules?: CheckRules): Violation[];\n\n"
    } else {
        String::new()
    };
    let methods: Vec<String> = actions_of(service)
        .map(|action| format!("{}  {};\n", doc("  ", &about(action)), signature(service, action)))
        .collect();
    [
        doc("", &format!("What `{name}` and `{name}Relay` both can do.{clock}")),
        format!("export interface {name}Actions {{\n"),
        doc("  ", "The call of any intent, or of its JSON text; another service's are refused. Every method below is shorthand for this."),
        format!("  {};\n\n", call(service)),
        check,
        methods.join("\n"),
        "}\n".into(),
    ]
    .concat()
}

fn class(service: &Service) -> String {
    let name = &service.name;
    let base = if takes_users(service) { "UserCaller" } else { "Caller" };
    let now = if service.signed { ", now" } else { "" };
    let methods: Vec<String> = actions_of(service).map(|action| method(service, action, now)).collect();
    [
        doc("", &format!("The methods of `{name}Actions`, for whoever can make a call of an intent's text.")),
        format!("export abstract class {name}Methods extends {base} implements {name}Actions {{\n"),
        format!("  {} {{\n    return this.callOf(intent{now});\n  }}\n\n", call(service)),
        methods.join("\n"),
        "}\n".into(),
    ]
    .concat()
}

fn method(service: &Service, action: &Operation, now: &str) -> String {
    let (with, arguments) = arguments(action);
    let body = if action.is_about_user() && action.keys.len() == 1 {
        format!("callAbout({}, userId{now})", quoted(&action.slug))
    } else if with.is_empty() {
        format!("callOf({arguments}{now})")
    } else {
        format!("call{with}({arguments}{now})")
    };
    format!("  {} {{\n    return this.{body};\n  }}\n", signature(service, action))
}
