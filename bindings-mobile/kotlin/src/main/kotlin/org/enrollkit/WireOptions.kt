// Its functions are internal: Java does not see them.
@file:JvmSynthetic

package org.enrollkit

/** Collects a client's or a verifier's options as the core reads them, and gives refusals this language's names back. */
internal class WireOptions {
    private val text = StringBuilder("{")
    private val findings = ArrayList<Finding>()

    /** Whether a text beside the options can't be handed on. */
    private var hasBrokenSecret = false

    fun text(wire: String, value: String?): WireOptions {
        if (value == null) return this
        if (isUnicode(value)) {
            member(wire).quoted(value)
        } else {
            findings.add(Finding(parameterName(wire), ViolationCode.NOT_UNICODE))
            member(wire).append("null")
        }
        return this
    }

    fun flag(wire: String, value: Boolean): WireOptions {
        if (value) member(wire).append("true")
        return this
    }

    /** What JSON has no number for, such as endless seconds, is out of every range, as less than none is. */
    fun seconds(wire: String, value: Double?): WireOptions {
        if (value != null) member(wire).append(if (value.isFinite()) value.toString() else "-1")
        return this
    }

    /** A secret, which is no part of the options. */
    fun secret(wire: String, value: String?): WireOptions {
        if (value != null && !isUnicode(value)) {
            findings.add(Finding(parameterName(wire), ViolationCode.NOT_UNICODE))
            hasBrokenSecret = true
        }
        return this
    }

    /** Several, each at its place. */
    fun secrets(wire: String, values: List<String>): WireOptions {
        values.forEachIndexed { place, value -> secret("$wire/$place", value) }
        return this
    }

    private fun member(wire: String): StringBuilder {
        if (text.length > 1) text.append(',')
        return text.append('"').append(wire).append("\":")
    }

    /** What [create] makes of the options' JSON text. What it refuses and what was wrong before are one list. */
    fun <T> use(create: (String) -> T): T {
        val core =
            try {
                if (hasBrokenSecret) null else attempt { create("$text}") }
            } catch (refused: InvalidInputException) {
                throw invalidInput(merged(findings, renamed(refused.violations)))
            }
        if (findings.isNotEmpty() || core == null) throw invalidInput(findings)
        return core
    }
}

/** The name here of an option, or of what is given beside the options. */
private fun parameterName(wire: String): String =
    when (wire) {
        "api_key" -> "apiKey"
        "received_at" -> "receivedAt"
        else -> optionName(wire)
    }

/** Violations of options, under the names that they have here. */
internal fun renamed(violations: List<Violation>): List<Violation> {
    val findings = violations.map { Finding(parameterName(it.path), it.code, it.expected?.let(::parameterName), it.limit) }
    return invalidInput(findings).violations
}
