// Its functions are internal: Java does not see them.
@file:JvmSynthetic

package org.enrollkit

import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.JsonUnquotedLiteral
import kotlinx.serialization.json.booleanOrNull

/** As deep as a user or a body may nest, inside of something of ours. */
internal const val DEPTH_AROUND = MAX_DEPTH + 1

/** Deeper than anything that the core takes or writes, which then says so itself. */
internal const val DEPTH_OF_ANY = 2 * MAX_DEPTH

/**
 * Gives [use] the JSON text of a value. What it refuses and what was wrong before are one list; a wrong value stands in the
 * text as null.
 */
internal fun <T> withJson(element: JsonElement, depth: Int = MAX_DEPTH, use: (String) -> T): T {
    val walk = JsonWalk(depth)
    val text = walk.write(element)
    val own = walk.findings
    val result =
        try {
            use(text)
        } catch (refused: InvalidInputException) {
            if (own.isEmpty()) throw refused
            throw invalidInput(merged(own, refused.violations))
        }
    if (own.isNotEmpty()) throw invalidInput(own)
    return result
}

/** The facade's findings, and those of the core that are about something else. */
internal fun merged(own: List<Finding>, others: List<Violation>): List<Violation> {
    if (own.isEmpty()) return others
    val first = invalidInput(own).violations
    fun known(path: String) = own.any { it.path.isEmpty() || path == it.path || path.startsWith("${it.path}/") }
    return first + others.filterNot { known(it.path) }
}

/** Writes JSON text, and notes what has none: lone surrogates, `NaN`, a literal that is no JSON, endless depth. */
internal class JsonWalk(private val depth: Int = MAX_DEPTH) {
    val findings = ArrayList<Finding>()
    private val out = StringBuilder()
    private val steps = ArrayList<String>()

    fun write(element: JsonElement): String {
        append(element)
        return out.toString()
    }

    private fun append(element: JsonElement) {
        when (element) {
            is JsonPrimitive -> append(element)
            is JsonArray -> nested('[', ']', element.withIndex(), { it.index.toString() }) { append(it.value) }
            is JsonObject -> nested('{', '}', element.entries, { it.key }) { (key, value) -> member(key, value) }
        }
    }

    private fun <I> nested(open: Char, close: Char, items: Iterable<I>, step: (I) -> String, each: (I) -> Unit) {
        if (steps.size >= depth) return refuse(ViolationCode.TOO_DEEP, limit = MAX_DEPTH.toLong())
        out.append(open)
        var first = true
        for (item in items) {
            if (!first) out.append(',')
            first = false
            steps.add(step(item))
            each(item)
            steps.removeAt(steps.size - 1)
        }
        out.append(close)
    }

    private fun member(key: String, value: JsonElement) {
        if (!isUnicode(key)) findings.add(Finding(path(), ViolationCode.NOT_UNICODE))
        out.quoted(wellFormed(key)).append(':')
        append(value)
    }

    private fun append(primitive: JsonPrimitive) {
        val content = primitive.content
        when {
            primitive is JsonNull -> out.append("null")
            primitive.isString && isUnicode(content) -> out.quoted(content)
            primitive.isString -> refuse(ViolationCode.NOT_UNICODE)
            content == "true" || content == "false" || NUMBER.matches(content) -> out.append(content)
            else -> refuse(ViolationCode.WRONG_TYPE, "finite number")
        }
    }

    private fun refuse(code: ViolationCode, expected: String? = null, limit: Long? = null) {
        findings.add(Finding(path(), code, expected, limit))
        out.append("null")
    }

    private fun path() = steps.joinToString("/") { it.replace("~", "~0").replace("/", "~1") }

    private companion object {
        val NUMBER = Regex("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")
    }
}

/** Reads what the core wrote, for callers, who may encode it: of plain literals, `Json` writes `1.10` as `1.1` and can't write `1E400`. */
internal fun exactJson(text: String): JsonElement = exactJson(Json.parseToJsonElement(text))

@OptIn(ExperimentalSerializationApi::class)
private fun exactJson(element: JsonElement): JsonElement =
    when (element) {
        is JsonObject -> JsonObject(element.mapValues { exactJson(it.value) })
        is JsonArray -> JsonArray(element.map(::exactJson))
        is JsonNull -> element
        is JsonPrimitive -> if (element.isString || element.booleanOrNull != null) element else JsonUnquotedLiteral(element.content)
    }
