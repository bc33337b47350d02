package org.enrollkit.support

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** Where and how the two differ first: members that are not expected may be there, null means absent; numbers to the last digit. */
fun difference(expected: JsonElement, actual: JsonElement?, path: String = ""): String? {
    fun wrong() = "${path.ifEmpty { "(the whole)" }}: expected $expected, came $actual"
    return when (expected) {
        is JsonNull -> if (actual == null || actual is JsonNull) null else wrong()
        is JsonPrimitive ->
            if (actual is JsonPrimitive && actual.isString == expected.isString && actual.content == expected.content) null else wrong()
        is JsonArray ->
            if (actual !is JsonArray || actual.size != expected.size) {
                wrong()
            } else {
                expected.indices.firstNotNullOfOrNull { difference(expected[it], actual[it], "$path/$it") }
            }
        is JsonObject ->
            if (actual !is JsonObject) {
                wrong()
            } else {
                expected.entries.firstNotNullOfOrNull { (key, value) -> difference(value, actual[key], "$path/$key") }
            }
    }
}
