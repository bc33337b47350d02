//! What of the generated files is public.

use crate::catalogue::Catalogue;

pub(super) fn exports(catalogue: &Catalogue) -> String {
    let of_each = |what: &str| {
        let names: Vec<String> =
            catalogue.services.iter().map(|service| format!("{}{what}", service.name)).collect();
        names.join(", ")
    };
    format!(
        "export type {{ {} }} from \"./actions.js\";\n\
         export {{ Intent }} from \"./factories.js\";\n\
         export type {{ {}, IntentOf }} from \"./intents.js\";\n\
         export type * from \"./outcomes.js\";\n\
         export type * from \"./sign_up_user.js\";\n\
         export {{ ENROLLMENT_STATUSES }} from \"./sign_up_user.js\";\n\
         export type * from \"./words.js\";\n",
        of_each("Actions"),
        of_each("Intent")
    )
}
