// Its functions are internal: Java does not see them.
@file:JvmSynthetic

package org.enrollkit

/** Collects a client's options as the core reads them, and gives refusals this language's names back. */
internal class Options {
    private val text = StringBuilder("{")
    private val findings = ArrayList<Finding>()

    fun text(wire: String, value: String?): Options {
        if (value == null) return this
        if (isUnicode(value)) {
            member(wire).quoted(value)
        } else {
            findings.add(Finding(camel(wire), ViolationCode.NOT_UNICODE))
            member(wire).append("null")
        }
        return this
    }

    fun flag(wire: String, value: Boolean): Options {
        if (value) member(wire).append("true")
        return this
    }

    /** A secret, which is no part of the options. */
    fun secret(wire: String, value: String?): Options {
        if (value != null && !isUnicode(value)) findings.add(Finding(camel(wire), ViolationCode.NOT_UNICODE))
        return this
    }

    private fun member(wire: String): StringBuilder {
        if (text.length > 1) text.append(',')
        return text.append('"').append(wire).append("\":")
    }

    fun <T> build(make: (String) -> T): T {
        val made =
            try {
                if (findings.any { it.path in SECRETS }) null else attempt { make("$text}") }
            } catch (refused: InvalidInputException) {
                throw invalid(merged(findings, refused.violations.map(::spelled)))
            }
        if (findings.isNotEmpty() || made == null) throw invalid(findings)
        return made
    }
}

private val SECRETS = setOf("apiKey", "token", "pair")

private val WIRE =
    setOf("partner_id", "base_url", "allow_http", "api_key", "auth_header", "path_spelling", "allow_extra_keys", "max_age_seconds", "max_ahead_seconds", "received_at")

private fun camel(wire: String): String = Regex("_([a-z])").replace(wire) { it.groupValues[1].uppercase() }

/** A violation of options, under the names that they have here. */
internal fun spelled(violation: Violation): Violation {
    val expected = violation.expected
    return Violation(
        if (violation.path in WIRE) camel(violation.path) else violation.path,
        violation.code,
        if (expected in WIRE) violation.message.replace(expected!!, camel(expected)) else violation.message,
        violation.limit,
        if (expected in WIRE) camel(expected!!) else expected,
    )
}
