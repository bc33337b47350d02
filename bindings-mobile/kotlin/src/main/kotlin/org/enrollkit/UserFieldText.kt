// Its functions are internal: Java does not see them.
@file:JvmSynthetic

package org.enrollkit

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** What no [JsonElement] can hold: it must be refused while it is still text. */
private val OF_TEXT = setOf(ViolationCode.BAD_JSON, ViolationCode.DUPLICATE_KEY, ViolationCode.NOT_UNICODE, ViolationCode.TOO_DEEP)

private val ANY_KEY = SignUpRules(allowExtraKeys = true)

internal fun jsonObjectOf(field: String, json: String): JsonObject =
    jsonValueOf(field, json) as? JsonObject ?: throw wrongType(field, "object")

internal fun jsonArrayOf(field: String, json: String): JsonArray =
    jsonValueOf(field, json) as? JsonArray ?: throw wrongType(field, "array of objects")

internal fun jsonArrayOrObjectOf(field: String, json: String): JsonElement =
    jsonValueOf(field, json).takeIf { it is JsonObject || it is JsonArray } ?: throw wrongType(field, "array of objects or object")

/** The value of a field's JSON text, to the last digit, read by the core: kotlinx.serialization's reader lets more through. */
internal fun jsonValueOf(field: String, json: String): JsonElement {
    val path = unicode("", field).replace("~", "~0").replace("/", "~1")
    val text = unicode(path, json)
    // By itself first: a text that is not one value would bring fields of its own.
    val alone = checkUser(text, ANY_KEY).filter { it.code == ViolationCode.BAD_JSON }.map { it.at(if (it.path.isEmpty()) path else "$path/${it.path}") }
    val violations = alone.ifEmpty { checkUser("{${quote(field)}:$text}", ANY_KEY).filter { it.code in OF_TEXT } }
    if (violations.isNotEmpty()) throw invalidInput(violations.map { if (it.path.isEmpty()) it.at(path) else it })
    return exactJson(text)
}

private fun Violation.at(path: String) = Violation(path, code, message, limit, expected)

private fun wrongType(field: String, expected: String) = invalidInput(Finding(field, ViolationCode.WRONG_TYPE, expected))
