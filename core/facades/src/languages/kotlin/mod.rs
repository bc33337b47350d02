//! Kotlin: what both a client and its relay can do, intents, outcomes, options and the user object as classes, the closed sets as
//! enums, the numbers of the core and of its doors.

mod actions;
mod doors;
mod intents;
mod methods;
mod numbers;
mod options;
mod outcomes;
mod text;
mod user;
mod words;

use crate::catalogue::Catalogue;
use crate::facade::{Facade, File};

/// The facade of the jar.
pub struct Kotlin;

const WRITTEN: &str = "bindings-mobile/kotlin/src/main/kotlin/org/enrollkit";
const GENERATED: &str = "bindings-mobile/kotlin/src/generated/kotlin/org/enrollkit";

impl Facade for Kotlin {
    fn files(&self, catalogue: &Catalogue) -> Vec<File> {
        let file = |name: &str, text| File::whole(&format!("{GENERATED}/{name}.kt"), text);
        let part = |name: &str, part: &str, text| File::part(&format!("{WRITTEN}/{name}.kt"), part, text);
        let mut files = vec![
            file("ClosedSets", words::file(catalogue)),
            file("Outcomes", outcomes::file(catalogue)),
            file("OptionNames", options::names(catalogue)),
            file("SignUpUser", user::file(&catalogue.user)),
            file("jni/Door", doors::file(catalogue)),
            part("Enrollkit", "numbers", numbers::part(catalogue)),
            part("Intent", "factories", intents::part(catalogue)),
        ];
        for service in &catalogue.services {
            files.push(file(&format!("{}Actions", service.name), actions::file(service)));
        }
        for options in options::of_clients(catalogue) {
            files.push(file(&options.name, options::file(options)));
        }
        files
    }
}

#[cfg(test)]
mod tests {
    use super::Kotlin;
    use crate::facade::Facade;
    use crate::made_up;

    #[test]
    fn what_is_written_of_a_made_up_catalogue() {
        made_up::snapshot("kotlin", &Kotlin.files(&made_up::catalogue()));
    }
}
