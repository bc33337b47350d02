package org.enrollkit.support

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals

/** What a Kotlin object says of itself by its getters must be what its JSON says, member by member. */
fun checkMembers(value: Any, plain: JsonElement) {
    plain as JsonObject
    for ((key, expected) in plain) {
        val name = key.split('_').mapIndexed { at, word -> if (at == 0) word else word.replaceFirstChar(Char::uppercase) }.joinToString("")
        val getter =
            value.javaClass.methods.find { it.parameterCount == 0 && it.name in setOf("get${name.replaceFirstChar(Char::uppercase)}", name) }
                ?: error("${value.javaClass.simpleName} has no `$name`")
        check(getter.invoke(value), expected, key)
    }
}

private fun check(actual: Any?, expected: JsonElement, key: String) {
    when {
        actual is JsonElement -> assertEquals(expected, actual, key)
        actual is Enum<*> -> assertEquals((expected as JsonPrimitive).content, slugOf(actual), key)
        expected is JsonNull -> assertEquals(null, actual, key)
        expected is JsonPrimitive -> assertEquals(expected.content, actual.toString(), key)
        expected is JsonArray -> {
            val items = actual as List<*>
            assertEquals(expected.size, items.size, key)
            items.forEachIndexed { at, item -> check(item, expected[at], "$key/$at") }
        }
        else -> checkMembers(checkNotNull(actual) { key }, expected)
    }
}

fun slugOf(value: Enum<*>): String = value.javaClass.getMethod("getSlug").invoke(value) as String
