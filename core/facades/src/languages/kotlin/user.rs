//! The user object of a sign-up: a class, and its builder.

use std::fmt::Write;

use super::text::HEAD;
use crate::catalogue::{UserField, UserFieldKind};

fn kotlin_type(field: &UserField) -> &'static str {
    match field.kind {
        UserFieldKind::Text => "String",
        UserFieldKind::Status => "EnrollmentStatus",
        UserFieldKind::Instant => "Instant",
        UserFieldKind::Long => "Long",
        UserFieldKind::Flag => "Boolean",
        UserFieldKind::Object => "JsonObject",
        UserFieldKind::Array => "JsonArray",
        UserFieldKind::ObjectOrArray => "JsonElement",
    }
}

/// What is made of a value that is there, `it`.
fn element(field: &UserField) -> &'static str {
    match field.kind {
        UserFieldKind::Text | UserFieldKind::Long | UserFieldKind::Flag => "JsonPrimitive(it)",
        UserFieldKind::Status => "JsonPrimitive(it.slug)",
        UserFieldKind::Instant => "JsonPrimitive(it.toString())",
        UserFieldKind::Object | UserFieldKind::Array | UserFieldKind::ObjectOrArray => "it",
    }
}

fn doc(field: &UserField) -> String {
    let words = &field.doc;
    let by = if field.set_by_server { " Set by the organization, not in a self-service form." } else { "" };
    format!("{words}{by}")
}

const USER_ABOUT: &str = "/**
 * The user object of a sign-up, with the wire's own names and the documentation's words.
 *
 * It exists whether or not it is valid: [checkUser] says what is wrong with it. Where it comes from JSON already, give that
 * instead: every function that takes a user takes a `JsonObject` or its text, too. Kotlin names the fields,
 * `SignUpUser(name = \"jane\", …)`. Java has the [builder], and so has what must run with a later version, of more fields, without
 * being compiled again.
 *
 * @property extraFields further fields, for clients with `allowExtraKeys`
 */
public class SignUpUser private constructor(
";

const USER_MEMBERS: &str = "    public val extraFields: Map<String, JsonElement>,
    private val json: JsonObject,
) {
    /** The object as it is sent: fields that are null are left out. */
    public fun toJson(): JsonObject = json

    /** Equal when the same would be sent. */
    override fun equals(other: Any?): Boolean = other is SignUpUser && other.json == json

    override fun hashCode(): Int = json.hashCode()

    /** Shows nothing of the user: it is personal data. */
    override fun toString(): String = \"SignUpUser(…)\"

";

const BUILDER_ABOUT: &str = "    /**
     * Collects the fields of a user, in any order. What is null or never named is left out. A field that is JSON takes its text,
     * too, as any library writes it: it is sent to the last digit. For one thread at a time.
     */
    public class Builder internal constructor() {
        private val extraFields = LinkedHashMap<String, JsonElement>()
";

const BUILDER_FURTHER: &str = "
        /** A further field, for clients with `allowExtraKeys`. The fields that have a method of their own go before it. */
        public fun extraField(name: String, value: JsonElement?): Builder = apply {
            if (value == null) extraFields.remove(name) else extraFields[name] = value
        }

        /**
         * As above, of JSON text: a string has its quotes.
         *
         * @throws InvalidInputException when it is not the text of one value
         */
        public fun extraField(name: String, json: String?): Builder = extraField(name, json?.let { jsonValueOf(name, it) })

";

const BUILD_ABOUT: &str = "
        /**
         * The user.
         *
         * @throws InvalidInputException when required fields are missing: it names all of them, in the words of [checkUser], which
         *   says what else is wrong. Of a form that is half filled in, check [toJson]
         */
        public fun build(): SignUpUser {
";

const BUILDER_END: &str = "
        /** Shows nothing of the user: it is personal data. */
        override fun toString(): String = \"SignUpUser.Builder(…)\"
    }
";

/// The user object, and its builder. What is required comes first, so that the rest can be left out.
pub(super) fn file(given: &[UserField]) -> String {
    let mut out = format!("{HEAD}package org.enrollkit\n\n");
    for import in ["JsonArray", "JsonElement", "JsonObject", "JsonPrimitive"] {
        let _ = writeln!(out, "import kotlinx.serialization.json.{import}");
    }
    out.push_str("import java.time.Instant\n\n");
    out.push_str(USER_ABOUT);
    let (required, optional): (Vec<&UserField>, Vec<&UserField>) =
        given.iter().partition(|field| field.required);
    let fields: Vec<&UserField> = required.iter().chain(&optional).copied().collect();
    for field in &fields {
        let mark = if field.required { "" } else { "?" };
        let _ = writeln!(out, "    /** {} */", doc(field));
        let _ = writeln!(out, "    public val {}: {}{mark},", field.name, kotlin_type(field));
    }
    out.push_str(USER_MEMBERS);
    builder(&mut out, &fields, given);
    companion(&mut out, &fields);
    out.push_str("}\n");
    out
}

fn builder(out: &mut String, fields: &[&UserField], given: &[UserField]) {
    out.push_str(BUILDER_ABOUT);
    for field in fields {
        let _ = writeln!(out, "        private var {}: {}? = null", field.name, kotlin_type(field));
    }
    for field in fields {
        setters(out, field);
    }
    out.push_str(BUILDER_FURTHER);
    out.push_str("        /** The object as far as it goes, for [checkUser] while one types. */\n");
    out.push_str("        public fun toJson(): JsonObject {\n");
    out.push_str("            val out = LinkedHashMap<String, JsonElement>()\n");
    for field in given {
        let (name, element) = (&field.name, element(field));
        let _ = writeln!(out, "            {name}?.let {{ out[\"{name}\"] = {element} }}");
    }
    out.push_str("            for ((name, value) in extraFields) out.putIfAbsent(name, value)\n");
    out.push_str("            return JsonObject(out)\n        }\n");
    out.push_str(BUILD_ABOUT);
    out.push_str("            val required = listOf(\n");
    for field in fields.iter().filter(|field| field.required) {
        let _ = writeln!(out, "                \"{0}\" to {0},", field.name);
    }
    out.push_str("            )\n");
    out.push_str("            val missing = required.filter { (_, value) -> value == null }\n");
    out.push_str("            if (missing.isNotEmpty()) throw invalidInput(missing.map { (field, _) -> Finding(field, ViolationCode.REQUIRED) })\n");
    out.push_str("            return SignUpUser(\n");
    for field in fields {
        let name = &field.name;
        let value = if field.required { format!("checkNotNull({name})") } else { name.clone() };
        let _ = writeln!(out, "                {value},");
    }
    out.push_str(
        "                extraFields.toMap(),\n                toJson(),\n            )\n        }\n",
    );
    out.push_str(BUILDER_END);
}

/// Each takes null, for Java's sake: it leaves the field out.
fn setters(out: &mut String, field: &UserField) {
    let (name, kind) = (&field.name, kotlin_type(field));
    let _ = writeln!(out, "\n        /** {} */", doc(field));
    let _ = writeln!(out, "        public fun {name}(value: {kind}?): Builder = apply {{ {name} = value }}");
    let (words, read) = match field.kind {
        UserFieldKind::Object => ("an object", "jsonObjectOf"),
        UserFieldKind::Array => ("an array", "jsonArrayOf"),
        UserFieldKind::ObjectOrArray => ("an array or an object", "jsonArrayOrObjectOf"),
        _ => return,
    };
    out.push_str("\n        /**\n         * As above, of JSON text.\n         *\n");
    let _ = writeln!(out, "         * @throws InvalidInputException when it is not the text of {words}");
    out.push_str("         */\n");
    let _ = writeln!(
        out,
        "        public fun {name}(json: String?): Builder = {name}(json?.let {{ {read}(\"{name}\", it) }})"
    );
}

fn companion(out: &mut String, fields: &[&UserField]) {
    out.push_str("\n    public companion object {\n");
    out.push_str("        /** A builder with nothing set. */\n");
    out.push_str("        @JvmStatic\n        public fun builder(): Builder = Builder()\n\n");
    out.push_str("        /** The user with these fields, by their names. Java, which has no named arguments, does not see it. */\n");
    out.push_str("        @JvmSynthetic\n        public operator fun invoke(\n");
    for field in fields {
        let (mark, default) = if field.required { ("", "") } else { ("?", " = null") };
        let _ = writeln!(out, "            {}: {}{mark}{default},", field.name, kotlin_type(field));
    }
    out.push_str(
        "            extraFields: Map<String, JsonElement> = emptyMap(),\n        ): SignUpUser {\n",
    );
    out.push_str("            val from = Builder()\n");
    for field in fields {
        let _ = writeln!(out, "            from.{0}({0})", field.name);
    }
    out.push_str("            for ((name, value) in extraFields) from.extraField(name, value)\n");
    out.push_str("            return from.build()\n        }\n    }\n");
}
