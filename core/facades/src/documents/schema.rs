//! What the schemas of vectors and scenarios have of the core: its closed sets.

use enrollkit::Json;

use crate::catalogue::{Catalogue, Set};
use crate::disk::MARK;
use crate::facade::{Facade, File};

/// `tests/schema/generated/words.schema.json`.
pub struct Schema;

impl Facade for Schema {
    fn files(&self, catalogue: &Catalogue) -> Vec<File> {
        vec![File::whole("tests/schema/generated/words.schema.json", words(&catalogue.sets))]
    }
}

/// One definition a line, by the set's name.
fn words(sets: &[Set]) -> String {
    let text = |text: &str| Json::from(text).to_text();
    let definition = |set: &Set| {
        let slugs: Vec<String> = set.words.iter().map(|word| text(&word.slug)).collect();
        let (name, doc) = (text(&set.name), text(&set.doc));
        format!("    {name}: {{ \"description\": {doc}, \"enum\": [{}] }}", slugs.join(", "))
    };
    let definitions: Vec<String> = sets.iter().map(definition).collect();
    format!(
        "{{ \"$comment\": {},\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"title\": \"enrollkit \
         closed sets\",\n  \"$defs\": {{\n{}\n  }}\n}}\n",
        text(MARK),
        definitions.join(",\n")
    )
}

#[cfg(test)]
mod tests {
    use super::Schema;
    use crate::facade::Facade;
    use crate::made_up;

    #[test]
    fn every_closed_set_is_a_definition() {
        made_up::snapshot("schema", &Schema.files(&made_up::catalogue()));
    }
}
